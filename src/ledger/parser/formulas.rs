//! Formulas: comparisons and what connects them. Untrusted.

use super::{Parsed, Parser};
use crate::kernel::term::Relation;
use crate::ledger::lexer::Token;
use crate::ledger::syntax::{Expr, Kind};

impl Parser {
    /// A formula.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError).
    pub fn formula(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let place = parser.place();
            for (word, all) in [("forall", true), ("exists", false)] {
                if parser.keyword(word) {
                    let binders = parser.binders()?;
                    parser.symbol(":")?;
                    let body = parser.formula()?;
                    return Ok(Expr {
                        place,
                        kind: Kind::Quantified(all, binders, Box::new(body)),
                    });
                }
            }
            let left = parser.disjunction()?;
            let connect = if parser.keyword("implies") {
                Kind::Implies
            } else if parser.keyword("iff") {
                Kind::Iff
            } else {
                return Ok(left);
            };
            let right = parser.disjunction()?;
            if matches!(parser.peek(), Token::Name(word) if word == "implies" || word == "iff") {
                return parser.fail(
                    "`implies` and `iff` do not chain: put parentheses around one of them".into(),
                );
            }
            Ok(Expr {
                place,
                kind: connect(Box::new(left), Box::new(right)),
            })
        })
    }

    fn disjunction(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut items = vec![self.conjunction()?];
        while self.keyword("or") {
            items.push(self.conjunction()?);
        }
        Ok(if items.len() == 1 {
            items.remove(0)
        } else {
            Expr {
                place,
                kind: Kind::Or(items),
            }
        })
    }

    fn conjunction(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let mut items = vec![self.negation()?];
        while self.keyword("and") {
            items.push(self.negation()?);
        }
        Ok(if items.len() == 1 {
            items.remove(0)
        } else {
            Expr {
                place,
                kind: Kind::And(items),
            }
        })
    }

    fn negation(&mut self) -> Parsed<Expr> {
        let place = self.place();
        if self.keyword("not") {
            let inner = self.deeper(Self::negation)?;
            return Ok(Expr {
                place,
                kind: Kind::Not(Box::new(inner)),
            });
        }
        if matches!(self.peek(), Token::Name(word) if word == "forall" || word == "exists") {
            return self.formula();
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let first = self.sum()?;
        let mut rest: Vec<(Relation, bool, Expr)> = Vec::new();
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
            let turns = |(there, other, _): &(Relation, bool, Expr)| {
                let equal = [*there, relation].contains(&Relation::Equal);
                !equal && *other != swapped
            };
            let unequal = |there: Relation| there == Relation::Differs;
            let differs = unequal(relation) || rest.iter().any(|(there, ..)| unequal(*there));
            if !rest.is_empty() && (differs || rest.iter().any(turns)) {
                return self.fail(format!(
                    "a chain of comparisons goes one way, by `<`, `<=` and `=` or by `>`, `>=` and `=`: \
                     join `{symbol}` by `and`"
                ));
            }
            self.next += 1;
            rest.push((relation, swapped, self.sum()?));
        }
        Ok(if rest.is_empty() {
            first
        } else {
            Expr {
                place,
                kind: Kind::Chain(Box::new(first), rest),
            }
        })
    }
}
