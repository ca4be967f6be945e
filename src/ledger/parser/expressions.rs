//! Expressions: sums, products, powers, calls, folds. Untrusted.

use super::{INDICES, Parsed, Parser, chains};
use crate::kernel::number::{Int, Rational};
use crate::kernel::term::Relation;
use crate::ledger::lexer::Token;
use crate::ledger::syntax::{Expr, Fold, Kind, Operation};

/// Most digits of a number in a claim file.
const DIGITS: usize = 1_000;

impl Parser {
    /// A sum: an expression that is no formula.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError).
    pub fn sum(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let first = self.product()?;
        let mut rest = Vec::new();
        loop {
            let operation = match self.peek() {
                Token::Symbol("+") => Operation::Add,
                Token::Symbol("-") => Operation::Subtract,
                _ => return Ok(chains::sum(place, first, rest)),
            };
            self.next += 1;
            rest.push((operation, self.product()?));
        }
    }

    fn product(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let first = self.unary()?;
        let (mut rest, mut divisions) = (Vec::new(), 0);
        loop {
            let operation = match self.peek() {
                Token::Symbol("*") => Operation::Multiply,
                Token::Symbol("/") => Operation::Divide,
                _ => return Ok(chains::product(place, first, rest)),
            };
            divisions += usize::from(operation == Operation::Divide);
            if divisions > chains::LONG {
                return self.fail(format!(
                    "more than {} divisions in one product",
                    chains::LONG
                ));
            }
            self.next += 1;
            rest.push((operation, self.unary()?));
        }
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let place = self.place();
        if self.eat("-") {
            let inner = self.deeper(Self::unary)?;
            return Ok(Expr {
                place,
                kind: Kind::Negative(Box::new(inner)),
            });
        }
        let base = self.postfix()?;
        if self.eat("^") {
            let exponent = self.deeper(Self::unary)?;
            return Ok(Expr {
                place,
                kind: Kind::Binary(Operation::Power, Box::new(base), Box::new(exponent)),
            });
        }
        Ok(base)
    }

    fn postfix(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut base = self.primary()?;
        let mut indices = 0;
        while self.eat("[") {
            indices += 1;
            if indices > INDICES {
                return self.fail(format!("more than {INDICES} indices one after the other"));
            }
            let index = self.deeper(Self::sum)?;
            self.symbol("]")?;
            base = Expr {
                place,
                kind: Kind::Entry(Box::new(base), Box::new(index)),
            };
        }
        Ok(base)
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let kind = match self.peek() {
            Token::Number(digits) => {
                let value = number(&digits);
                let Some(value) = value else {
                    return self.fail(format!("a number has at most {DIGITS} digits"));
                };
                self.next += 1;
                Kind::Number(value)
            }
            Token::Text(text) => {
                self.next += 1;
                Kind::Text(text)
            }
            Token::Symbol("(") => {
                self.next += 1;
                let inner = self.formula()?;
                self.symbol(")")?;
                return Ok(inner);
            }
            Token::Symbol("[") => {
                self.next += 1;
                let items = self.deeper(|parser| parser.commas(Self::sum))?;
                self.symbol("]")?;
                Kind::List(items)
            }
            Token::Symbol("|") => {
                self.next += 1;
                let inner = self.deeper(Self::sum)?;
                self.symbol("|")?;
                Kind::Call("abs".into(), vec![(None, inner)])
            }
            Token::Name(word) if !self.at_reserved() => {
                self.next += 1;
                if self.eat("(") {
                    self.deeper(|parser| parser.call(word))?
                } else {
                    Kind::Name(word)
                }
            }
            Token::Name(_) | Token::Symbol(_) | Token::End => {
                return self.expected("an expression");
            }
        };
        Ok(Expr { place, kind })
    }

    fn call(&mut self, word: String) -> Parsed<Kind> {
        let fold = match word.as_str() {
            "sum" => Some(Fold::Sum),
            "product" => Some(Fold::Product),
            "every" => Some(Fold::Every),
            "some" => Some(Fold::Some),
            "list" => Some(Fold::List),
            _ => None,
        };
        if let Some(fold) = fold {
            let (index, from, to) = self.range()?;
            self.symbol(":")?;
            let body = self.formula()?;
            self.symbol(")")?;
            return Ok(Kind::Range(
                fold,
                index,
                Box::new(from),
                Box::new(to),
                Box::new(body),
            ));
        }
        let arguments = if matches!(self.peek(), Token::Symbol(")")) {
            Vec::new()
        } else {
            self.commas(Self::argument)?
        };
        self.symbol(")")?;
        Ok(Kind::Call(word, arguments))
    }

    /// An index range such as `i in 1..5`.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError).
    pub fn range(&mut self) -> Parsed<(String, Expr, Expr)> {
        let index = self.new_name("an index")?;
        if !self.keyword("in") {
            return self.expected("`in`");
        }
        let from = self.sum()?;
        self.symbol("..")?;
        Ok((index, from, self.sum()?))
    }

    /// An argument, `name = value` or a value.
    fn argument(&mut self) -> Parsed<(Option<String>, Expr)> {
        let value = self.formula()?;
        match value.kind {
            Kind::Chain(left, mut rest) if rest.len() == 1 => match (&left.kind, rest.pop()) {
                (Kind::Name(name), Some((Relation::Equal, false, value))) => {
                    Ok((Some(name.clone()), value))
                }
                (_, last) => {
                    let kind = Kind::Chain(left, last.into_iter().collect());
                    Ok((
                        None,
                        Expr {
                            place: value.place,
                            kind,
                        },
                    ))
                }
            },
            _ => Ok((None, value)),
        }
    }
}

/// An integer or decimal, exactly.
fn number(digits: &str) -> Option<Rational> {
    if digits.len() > DIGITS {
        return None;
    }
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let above: Int = format!("{whole}{decimals}").parse().ok()?;
    let below = Int::from(10).pow(u32::try_from(decimals.len()).ok()?);
    Some(Rational::new(above, below))
}
