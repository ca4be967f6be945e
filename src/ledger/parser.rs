//! The grammar of expressions and formulas of the claim language. Untrusted.

use super::lexer::{Lexeme, Place, SyntaxError, Token, lex};
use super::syntax::{Binder, Expr, Fold, Kind, Operation};
use crate::kernel::number::{Int, Rational};
use crate::kernel::term::Relation;

/// Deepest nesting of expressions, formulas and scripts.
const DEPTH: usize = 100;

/// Most digits of a number in a claim file.
const DIGITS: usize = 1_000;

/// A position in the words of a file.
#[derive(Debug)]
pub struct Parser {
    lexemes: Vec<Lexeme>,
    next: usize,
    depth: usize,
}

/// A parsed thing or the place where the file is wrong.
pub type Parsed<T> = Result<T, SyntaxError>;

impl Parser {
    /// Starts at the first word.
    ///
    /// # Errors
    /// [`SyntaxError`] where the text has no words.
    pub fn new(source: &str) -> Parsed<Self> {
        Ok(Self { lexemes: lex(source)?, next: 0, depth: 0 })
    }

    fn lexeme(&self) -> Lexeme {
        let end = Lexeme { token: Token::End, place: Place::default(), end: Place::default() };
        self.lexemes.get(self.next).or(self.lexemes.last()).cloned().unwrap_or(end)
    }

    /// The next word.
    #[must_use]
    pub fn peek(&self) -> Token {
        self.lexeme().token
    }

    /// The word after the next.
    #[must_use]
    pub fn peek_second(&self) -> Token {
        self.lexemes.get(self.next + 1).map_or(Token::End, |lexeme| lexeme.token.clone())
    }

    /// Where the next word starts.
    #[must_use]
    pub fn place(&self) -> Place {
        self.lexeme().place
    }

    /// Takes the next word.
    pub fn advance(&mut self) -> Token {
        let token = self.peek();
        self.next += 1;
        token
    }

    /// The error that something else was expected here.
    pub fn expected<T>(&self, what: &str) -> Parsed<T> {
        Err(SyntaxError { place: self.place(), message: format!("expected {what}, found {}", self.peek()) })
    }

    /// Takes a symbol if it comes next.
    pub fn eat(&mut self, symbol: &str) -> bool {
        let there = matches!(self.peek(), Token::Symbol(s) if s == symbol);
        self.next += usize::from(there);
        there
    }

    /// Takes a keyword if it comes next.
    pub fn keyword(&mut self, word: &str) -> bool {
        let there = matches!(self.peek(), Token::Name(s) if s == word);
        self.next += usize::from(there);
        there
    }

    /// Takes a symbol that must come next.
    ///
    /// # Errors
    /// [`SyntaxError`] if it does not.
    pub fn symbol(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat(symbol) { Ok(()) } else { self.expected(&format!("`{symbol}`")) }
    }

    /// Takes a name that must come next.
    ///
    /// # Errors
    /// [`SyntaxError`] if it does not.
    pub fn name(&mut self, what: &str) -> Parsed<String> {
        match self.peek() {
            Token::Name(word) => {
                self.next += 1;
                Ok(word)
            }
            _ => self.expected(what),
        }
    }

    /// Takes a text that must come next.
    ///
    /// # Errors
    /// [`SyntaxError`] if it does not.
    pub fn text(&mut self, what: &str) -> Parsed<String> {
        match self.peek() {
            Token::Text(text) => {
                self.next += 1;
                Ok(text)
            }
            _ => self.expected(what),
        }
    }

    /// Takes an id: names, numbers, dots and hyphens without space between them.
    ///
    /// # Errors
    /// [`SyntaxError`] if none comes next.
    pub fn id(&mut self) -> Parsed<String> {
        let mut id = self.name("an id such as `paper.lemma-1`")?;
        loop {
            let touches = self.next.checked_sub(1).and_then(|last| self.lexemes.get(last)).map(|last| last.end);
            let piece = match self.peek() {
                Token::Name(word) | Token::Number(word) => word,
                Token::Symbol(symbol @ ("." | "-")) => symbol.to_string(),
                _ => return Ok(id),
            };
            if touches != Some(self.place()) {
                return Ok(id);
            }
            id.push_str(&piece);
            self.next += 1;
        }
    }

    /// Items separated by commas.
    ///
    /// # Errors
    /// As the item's.
    pub fn commas<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.eat(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Runs `inner` one level deeper.
    ///
    /// # Errors
    /// [`SyntaxError`] at the greatest depth.
    pub fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEPTH {
            let message = format!("nested deeper than {DEPTH} levels");
            return Err(SyntaxError { place: self.place(), message });
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// Declared variables, such as `x, y[5]`.
    ///
    /// # Errors
    /// [`SyntaxError`].
    pub fn binders(&mut self) -> Parsed<Vec<Binder>> {
        self.commas(|parser| {
            let place = parser.place();
            let name = parser.name("a variable")?;
            let size = if parser.eat("[") {
                let size = parser.sum()?;
                parser.symbol("]")?;
                Some(size)
            } else {
                None
            };
            Ok(Binder { name, size, place })
        })
    }

    /// A formula.
    ///
    /// # Errors
    /// [`SyntaxError`].
    pub fn formula(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let place = parser.place();
            for (word, all) in [("forall", true), ("exists", false)] {
                if parser.keyword(word) {
                    let binders = parser.binders()?;
                    parser.symbol(":")?;
                    let body = parser.formula()?;
                    return Ok(Expr { place, kind: Kind::Quantified(all, binders, Box::new(body)) });
                }
            }
            let left = parser.disjunction()?;
            let kind = if parser.keyword("implies") {
                Kind::Implies(Box::new(left), Box::new(parser.formula()?))
            } else if parser.keyword("iff") {
                Kind::Iff(Box::new(left), Box::new(parser.formula()?))
            } else {
                return Ok(left);
            };
            Ok(Expr { place, kind })
        })
    }

    fn disjunction(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut items = vec![self.conjunction()?];
        while self.keyword("or") {
            items.push(self.conjunction()?);
        }
        Ok(if items.len() == 1 { items.remove(0) } else { Expr { place, kind: Kind::Or(items) } })
    }

    fn conjunction(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut items = vec![self.negation()?];
        while self.keyword("and") {
            items.push(self.negation()?);
        }
        Ok(if items.len() == 1 { items.remove(0) } else { Expr { place, kind: Kind::And(items) } })
    }

    fn negation(&mut self) -> Parsed<Expr> {
        let place = self.place();
        if self.keyword("not") {
            let inner = self.deeper(Self::negation)?;
            return Ok(Expr { place, kind: Kind::Not(Box::new(inner)) });
        }
        if matches!(self.peek(), Token::Name(word) if word == "forall" || word == "exists") {
            return self.formula();
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let first = self.sum()?;
        let mut rest = Vec::new();
        while let Token::Symbol(symbol) = self.peek() {
            let (relation, swapped) = match symbol {
                "<" => (Relation::Less, false),
                "<=" => (Relation::AtMost, false),
                ">" => (Relation::Less, true),
                ">=" => (Relation::AtMost, true),
                "=" => (Relation::Equal, false),
                "!=" => (Relation::Differs, false),
                _ => break,
            };
            self.next += 1;
            rest.push((relation, swapped, self.sum()?));
        }
        Ok(if rest.is_empty() { first } else { Expr { place, kind: Kind::Chain(Box::new(first), rest) } })
    }

    /// A sum: an expression that is no formula.
    ///
    /// # Errors
    /// [`SyntaxError`].
    pub fn sum(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut left = self.product()?;
        loop {
            let operation = match self.peek() {
                Token::Symbol("+") => Operation::Add,
                Token::Symbol("-") => Operation::Subtract,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.product()?;
            left = Expr { place, kind: Kind::Binary(operation, Box::new(left), Box::new(right)) };
        }
    }

    fn product(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut left = self.unary()?;
        loop {
            let operation = match self.peek() {
                Token::Symbol("*") => Operation::Multiply,
                Token::Symbol("/") => Operation::Divide,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.unary()?;
            left = Expr { place, kind: Kind::Binary(operation, Box::new(left), Box::new(right)) };
        }
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let place = self.place();
        if self.eat("-") {
            let inner = self.deeper(Self::unary)?;
            return Ok(Expr { place, kind: Kind::Negative(Box::new(inner)) });
        }
        let base = self.postfix()?;
        if self.eat("^") {
            let exponent = self.deeper(Self::unary)?;
            return Ok(Expr { place, kind: Kind::Binary(Operation::Power, Box::new(base), Box::new(exponent)) });
        }
        Ok(base)
    }

    fn postfix(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut base = self.primary()?;
        while self.eat("[") {
            let index = self.deeper(Self::sum)?;
            self.symbol("]")?;
            base = Expr { place, kind: Kind::Entry(Box::new(base), Box::new(index)) };
        }
        Ok(base)
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let kind = match self.peek() {
            Token::Number(digits) => {
                let value = number(&digits);
                let Some(value) = value else { return self.expected(&format!("a number of at most {DIGITS} digits")) };
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
            Token::Name(word) => {
                self.next += 1;
                if self.eat("(") { self.deeper(|parser| parser.call(word))? } else { Kind::Name(word) }
            }
            Token::Symbol(_) | Token::End => return self.expected("an expression"),
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
            return Ok(Kind::Range(fold, index, Box::new(from), Box::new(to), Box::new(body)));
        }
        let arguments =
            if matches!(self.peek(), Token::Symbol(")")) { Vec::new() } else { self.commas(Self::argument)? };
        self.symbol(")")?;
        Ok(Kind::Call(word, arguments))
    }

    /// An index range such as `i in 1..5`.
    ///
    /// # Errors
    /// [`SyntaxError`].
    pub fn range(&mut self) -> Parsed<(String, Expr, Expr)> {
        let index = self.name("an index")?;
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
                (Kind::Name(name), Some((Relation::Equal, false, value))) => Ok((Some(name.clone()), value)),
                (_, last) => {
                    let kind = Kind::Chain(left, last.into_iter().collect());
                    Ok((None, Expr { place: value.place, kind }))
                }
            },
            _ => Ok((None, value)),
        }
    }
}

/// An integer or decimal, exactly.
fn number(digits: &str) -> Option<Rational> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if digits.len() > DIGITS {
        return None;
    }
    let above: Int = format!("{whole}{decimals}").parse().ok()?;
    let below = Int::from(10).pow(u32::try_from(decimals.len()).ok()?);
    Some(Rational::new(above, below))
}
