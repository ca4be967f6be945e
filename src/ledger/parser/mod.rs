//! The grammar of the claim language: words one after the other, and what small things they make. Untrusted.

mod chains;
mod expressions;
mod formulas;

use crate::ledger::lexer::{Lexeme, Place, SyntaxError, Token, lex, short};
use crate::ledger::syntax::Binder;
use crate::ledger::words::{is_built_in, is_hypothesis, is_reserved};

/// Deepest nesting of expressions, formulas and scripts.
const DEPTH: usize = 100;

/// Most indices of one entry or hypothesis.
pub(super) const INDICES: usize = 8;

/// Most characters of a claim's id, which names the file of its certificate.
const ID: usize = 100;

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
        let lexemes = lex(source).map_err(|mut errors| errors.swap_remove(0))?;
        Ok(Self::at_start(lexemes))
    }

    /// Starts at the first of these words.
    pub(super) fn at_start(lexemes: Vec<Lexeme>) -> Self {
        Self {
            lexemes,
            next: 0,
            depth: 0,
        }
    }

    /// Passes over everything up to a word at the start of a line that `starts` takes, or to the end.
    pub(super) fn skip_to(&mut self, starts: impl Fn(&str) -> bool) {
        self.depth = 0;
        while let Some(lexeme) = self.lexemes.get(self.next) {
            let before = self.next.checked_sub(1).and_then(|at| self.lexemes.get(at));
            let first = before.is_none_or(|before| before.end.line < lexeme.place.line);
            match &lexeme.token {
                Token::End => return,
                Token::Name(word) if first && starts(word) => return,
                _ => self.next += 1,
            }
        }
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
        let message = match self.advice() {
            Some(advice) => advice,
            None => format!("expected {what}, found {}", self.peek()),
        };
        self.fail(message)
    }

    /// An error at the next word.
    pub(super) fn fail<T>(&self, message: String) -> Parsed<T> {
        Err(SyntaxError {
            place: self.place(),
            message,
        })
    }

    /// What a mathematician may have meant by the word that comes next.
    fn advice(&self) -> Option<String> {
        let before = self.lexemes.get(self.next.checked_sub(1)?)?;
        let found = self.peek();
        let operand = match &before.token {
            Token::Name(word) => !is_reserved(word),
            Token::Number(_) | Token::Symbol(")" | "]") => true,
            Token::Text(_) | Token::Symbol(_) | Token::End => false,
        };
        let next = match &found {
            Token::Name(word) if word == "in" && operand => {
                return Some("`x in [a, b]` is written `a <= x, x <= b`".into());
            }
            Token::Name(word) => !is_reserved(word),
            Token::Number(_) | Token::Symbol("(" | "[") => true,
            Token::Text(_) | Token::Symbol(_) | Token::End => false,
        };
        if !operand || !next || before.end.line != self.place().line {
            return None;
        }
        let between = format!("between {} and {found}", before.token);
        match (&before.token, &found) {
            (Token::Number(number), Token::Name(name)) if before.end == self.place() => {
                Some(format!(
                    "expected an operator {between}: write `{}*{}`",
                    short(number),
                    short(name)
                ))
            }
            _ => Some(format!("expected an operator or a comma {between}")),
        }
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

    /// Whether a word of the language comes next that can stand in no expression.
    pub(super) fn at_reserved(&self) -> bool {
        matches!(self.peek(), Token::Name(word) if is_reserved(&word))
    }

    /// Takes a name that is given to something here.
    ///
    /// # Errors
    /// [`SyntaxError`] if none comes next, or a word of the language.
    pub fn new_name(&mut self, what: &str) -> Parsed<String> {
        match self.peek() {
            Token::Name(word) if is_reserved(&word) || is_built_in(&word) => self.fail(format!(
                "`{word}` is a word of the language: it cannot be {what}"
            )),
            _ => self.name(what),
        }
    }

    /// Takes a name that is given to a hypothesis here.
    ///
    /// # Errors
    /// [`SyntaxError`] if none comes next, a word of the language, or what hypotheses are called by themselves.
    pub fn new_label(&mut self) -> Parsed<String> {
        match self.peek() {
            Token::Name(word) if is_hypothesis(&word) => self.fail(format!(
                "`{word}` is what the hypotheses are called in order: take another name"
            )),
            _ => self.new_name("a name for the hypothesis"),
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
    /// [`SyntaxError`] if none comes next, or one that could not be the name of a file.
    pub fn id(&mut self) -> Parsed<String> {
        let place = self.place();
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
                _ => break,
            };
            if touches != Some(self.place()) {
                break;
            }
            id.push_str(&piece);
            self.next += 1;
        }
        let wrong = if id.len() > ID {
            format!("has more than {ID} characters")
        } else if id.ends_with(['.', '-']) {
            "ends with a mark".into()
        } else {
            return Ok(id);
        };
        Err(SyntaxError {
            place,
            message: format!("the id `{}` {wrong}", short(&id)),
        })
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
