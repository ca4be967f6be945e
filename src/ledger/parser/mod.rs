//! The grammar of the claim language: words one after the other, and what small things they make. Untrusted.

mod expressions;
mod formulas;

use crate::ledger::lexer::{Lexeme, Place, SyntaxError, Token, lex};
use crate::ledger::syntax::Binder;

/// Words of formulas, proofs and claims: a thing with such a name could not be told from them.
const RESERVED: [&str; 18] = [
    "and", "as", "by", "exists", "for", "forall", "if", "iff", "implies", "in", "not", "or",
    "proof", "reason", "repairs", "show", "times", "verdict",
];

/// Deepest nesting of expressions, formulas and scripts.
const DEPTH: usize = 100;

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
        Ok(Self {
            lexemes: lex(source)?,
            next: 0,
            depth: 0,
        })
    }

    fn lexeme(&self) -> Lexeme {
        let end = Lexeme {
            token: Token::End,
            place: Place::default(),
            end: Place::default(),
        };
        self.lexemes
            .get(self.next)
            .or(self.lexemes.last())
            .cloned()
            .unwrap_or(end)
    }

    /// The next word.
    #[must_use]
    pub fn peek(&self) -> Token {
        self.lexeme().token
    }

    /// The word after the next.
    #[must_use]
    pub fn peek_second(&self) -> Token {
        self.lexemes
            .get(self.next + 1)
            .map_or(Token::End, |lexeme| lexeme.token.clone())
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
    ///
    /// # Errors
    /// Always.
    pub fn expected<T>(&self, what: &str) -> Parsed<T> {
        Err(SyntaxError {
            place: self.place(),
            message: format!("expected {what}, found {}", self.peek()),
        })
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
        if self.eat(symbol) {
            Ok(())
        } else {
            self.expected(&format!("`{symbol}`"))
        }
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

    /// Whether a word of the language comes next, which names nothing.
    pub(super) fn at_reserved(&self) -> bool {
        matches!(self.peek(), Token::Name(word) if RESERVED.contains(&word.as_str()))
    }

    /// Takes a name that is given to something here.
    ///
    /// # Errors
    /// [`SyntaxError`] if none comes next, or a word of the language.
    pub fn new_name(&mut self, what: &str) -> Parsed<String> {
        if self.at_reserved() {
            let message = format!(
                "{} is a word of the language: it cannot be {what}",
                self.peek()
            );
            return Err(SyntaxError {
                place: self.place(),
                message,
            });
        }
        self.name(what)
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
            let touches = self
                .next
                .checked_sub(1)
                .and_then(|last| self.lexemes.get(last))
                .map(|last| last.end);
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
            return Err(SyntaxError {
                place: self.place(),
                message,
            });
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
            let name = parser.new_name("a variable")?;
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
}
