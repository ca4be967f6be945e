//! The grammar of claim files: imports, definitions, claims, proof scripts. Untrusted.

use super::lexer::{Place, SyntaxError, Token, short, words};
use super::parser::{INDICES, Parsed, Parser};
use super::syntax::{
    Binder, Claim, CoqRole, CoqTheorems, Define, DefinitionKind, Expr, Failing, File, Step,
    StepKind, Verdict,
};

/// Most errors that are told of one file.
pub const ERRORS: usize = 20;

/// Reads a claim file.
///
/// # Errors
/// [`SyntaxError`] at every place that is wrong, in order, at most [`ERRORS`]: after one, reading goes on at the next
/// line that begins with a definition or a claim.
pub fn parse(source: &str) -> Result<File, Vec<SyntaxError>> {
    let (lexemes, no_words) = words(source);
    let mut errors = no_words.clone();
    let mut parser = Parser::at_start(lexemes);
    let mut file = File::default();
    while parser.peek() != Token::End {
        if let Err(error) = parser.item(&mut file) {
            // What is no word is missing to the parser: one of the two errors says it.
            let follows = |word: &SyntaxError| word.place.line == error.place.line;
            if !no_words.iter().any(follows) {
                errors.push(error);
            }
            parser.skip_to(|word| ITEMS.contains(&word));
        }
    }
    if errors.is_empty() {
        return Ok(file);
    }
    errors.sort_by_key(|error| error.place);
    errors.truncate(ERRORS);
    Err(errors)
}

/// The words with which definitions and claims begin.
const ITEMS: [&str; 8] = [
    "claim", "constant", "contents", "define", "error", "import", "macro", "paper",
];

/// Puts a part of a claim in its place, once.
fn once<T>(part: &mut Option<T>, value: T, word: &str, place: Place) -> Parsed<()> {
    match part.replace(value) {
        None => Ok(()),
        Some(_) => Err(SyntaxError {
            place,
            message: format!("a second `{word}`: it may be given once"),
        }),
    }
}

/// The parts of a claim that may be given once.
#[derive(Default)]
struct Parts {
    variables: Option<Vec<Binder>>,
    verdict: Option<Verdict>,
    script: Option<Vec<Step>>,
}

impl Parser {
    /// One line that is no part of a claim, or a claim.
    fn item(&mut self, file: &mut File) -> Parsed<()> {
        let place = self.place();
        if self.keyword("paper") {
            let paper = self.name("the key of a paper")?;
            once(&mut file.paper, paper, "paper", place)?;
        } else if self.keyword("import") {
            let place = self.place();
            file.imports
                .push((self.text("a file name in quotes")?, place));
        } else if self.keyword("contents") {
            file.contents.extend(self.commas(Self::id)?);
        } else if self.keyword("claim") {
            let claim = self.claim()?;
            file.claims.push(claim);
        } else if let Some(kind) = self.definition_kind() {
            let define = self.define(kind)?;
            file.definitions.push(define);
        } else {
            return self.expected(
                "`paper`, `import`, `contents`, `define`, `macro`, `constant`, `error` or `claim`",
            );
        }
        Ok(())
    }

    fn definition_kind(&mut self) -> Option<DefinitionKind> {
        let kinds = [
            ("define", DefinitionKind::Define),
            ("macro", DefinitionKind::Macro),
            ("constant", DefinitionKind::Constant),
            ("error", DefinitionKind::Error),
        ];
        kinds
            .into_iter()
            .find(|(word, _)| self.keyword(word))
            .map(|(_, kind)| kind)
    }

    fn define(&mut self, kind: DefinitionKind) -> Parsed<Define> {
        let place = self.place();
        let name = self.new_name("the name that is defined")?;
        let parameters = if self.eat("(") {
            let parameters = self.binders()?;
            self.symbol(")")?;
            parameters
        } else {
            Vec::new()
        };
        self.symbol("=")?;
        Ok(Define {
            kind,
            name,
            parameters,
            body: self.formula()?,
            place,
        })
    }

    fn claim(&mut self) -> Parsed<Claim> {
        let place = self.place();
        let (id, cite) = (self.id()?, self.text("where the claim stands, in quotes")?);
        let mut claim = Claim {
            id,
            cite,
            printed: None,
            says: None,
            notes: Vec::new(),
            story: Vec::new(),
            variables: Vec::new(),
            hypotheses: Vec::new(),
            show: None,
            coq: None,
            verdict: Verdict::Open,
            reason: None,
            failing: None,
            repairs: None,
            varies: None,
            serves: None,
            script: Vec::new(),
            experiment: None,
            against: false,
            in_full: false,
            place,
        };
        let mut parts = Parts::default();
        while self.part(&mut claim, &mut parts)? {}
        let Some(verdict) = parts.verdict else {
            return self.expected(
                "`printed`, `says`, `note`, `story`, `for`, `if`, `show`, `coq`, `experiment`, `verdict`, `kind`, \
                 `reason`, `repairs`, `varies`, `serves` or `proof`; a claim needs a verdict",
            );
        };
        claim.verdict = verdict;
        claim.variables = parts.variables.unwrap_or_default();
        claim.script = parts.script.unwrap_or_default();
        match self.peek() {
            Token::End => Self::complete(claim),
            Token::Name(word) if ITEMS.contains(&word.as_str()) => Self::complete(claim),
            _ => self.expected("a part of the claim, or the next claim or definition"),
        }
    }

    /// Takes a part of a claim if one comes next.
    fn part(&mut self, claim: &mut Claim, parts: &mut Parts) -> Parsed<bool> {
        let place = self.place();
        if self.keyword("note") {
            claim.notes.push(self.text("a remark in quotes")?);
        } else if self.keyword("story") {
            claim.story.push(self.text("a paragraph in quotes")?);
        } else if self.keyword("if") {
            claim.hypotheses.extend(self.commas(Self::formula)?);
        } else if self.keyword("printed") {
            let text = self.text("the statement as printed, in quotes")?;
            once(&mut claim.printed, text, "printed", place)?;
        } else if self.keyword("says") {
            let text = self.text("the statement in your own words, in quotes")?;
            once(&mut claim.says, text, "says", place)?;
        } else if self.keyword("for") {
            let variables = self.binders()?;
            once(&mut parts.variables, variables, "for", place)?;
        } else if self.keyword("show") {
            let formula = self.formula()?;
            once(&mut claim.show, formula, "show", place)?;
        } else if self.keyword("coq") {
            let theorems = self.coq_theorems()?;
            once(&mut claim.coq, theorems, "coq", place)?;
        } else if self.keyword("verdict") {
            let verdict = self.verdict()?;
            once(&mut parts.verdict, verdict, "verdict", place)?;
            if verdict == Verdict::Measured {
                claim.against = self.keyword("against");
                claim.in_full = self.keyword("in_full");
            }
        } else if self.keyword("experiment") {
            let experiment = self.experiment()?;
            once(&mut claim.experiment, experiment, "experiment", place)?;
        } else if self.keyword("reason") {
            let reason = self.text("a reason in quotes")?;
            once(&mut claim.reason, reason, "reason", place)?;
        } else if self.keyword("kind") {
            let failing = self.failing()?;
            once(&mut claim.failing, failing, "kind", place)?;
        } else if self.keyword("repairs") {
            let id = self.id()?;
            once(&mut claim.repairs, id, "repairs", place)?;
        } else if self.keyword("varies") {
            let id = self.id()?;
            once(&mut claim.varies, id, "varies", place)?;
        } else if self.keyword("serves") {
            let id = self.id()?;
            once(&mut claim.serves, id, "serves", place)?;
        } else if self.keyword("proof") {
            let script = self.block()?;
            once(&mut parts.script, script, "proof", place)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn complete(claim: Claim) -> Parsed<Claim> {
        let missing = if claim.words().is_empty() {
            Some("the statement as printed, or what it `says`")
        } else if claim.printed.is_some() && claim.says.is_some() {
            Some("one statement in words: it has both `printed` and `says`")
        } else if claim.printed.is_some() && claim.serves.is_some() {
            Some("`says`: what the paper prints serves no other claim")
        } else if claim.failing.is_some() && claim.verdict != Verdict::Refuted {
            Some("`verdict refuted`: `kind` says how far a refuted claim fails")
        } else if claim.experiment.is_some() != (claim.verdict == Verdict::Measured) {
            Some("either `experiment` or the verdict `measured`, which belong together")
        } else if claim.experiment.is_some() && (claim.show.is_some() || claim.coq.is_some()) {
            Some("a decision: it has both `experiment` and `show` or `coq`")
        } else if let Some(lacks) = claim
            .coq
            .as_ref()
            .and_then(|coq| coq.disagrees(claim.verdict))
        {
            Some(lacks)
        } else if claim.coq.is_some() && claim.show.is_none() && !claim.script.is_empty() {
            Some("`show`: a proof script is for the kernel")
        } else if claim.show.is_none()
            && claim.coq.is_none()
            && claim.experiment.is_none()
            && claim.verdict != Verdict::Open
        {
            Some("`show`: without it, or `coq`, the claim can only be `open`")
        } else if claim.verdict == Verdict::Open && claim.reason.is_none() {
            Some("`reason`: why it is open")
        } else {
            None
        };
        match missing {
            Some(what) => Err(SyntaxError {
                place: claim.place,
                message: format!("the claim {} lacks {what}", claim.id),
            }),
            None => Ok(claim),
        }
    }

    /// `proves lemma_3_1, eq_3_3 in "Lines.v"`
    fn coq_theorems(&mut self) -> Parsed<CoqTheorems> {
        let role = if self.keyword("proves") {
            CoqRole::Proves
        } else if self.keyword("refutes") {
            CoqRole::Refutes
        } else {
            return self.expected("`proves` or `refutes`, and theorems of Coq");
        };
        let theorems = self.commas(|parser| parser.name("the name of a Coq theorem"))?;
        if !self.keyword("in") {
            return self.expected("`in` and the Coq file in quotes");
        }
        Ok(CoqTheorems {
            role,
            theorems,
            file: self.text("the Coq file in quotes")?,
        })
    }

    /// `kind wrong`
    fn failing(&mut self) -> Parsed<Failing> {
        let mut known = Failing::ALL.into_iter();
        match known.find(|failing| self.keyword(failing.word())) {
            Some(failing) => Ok(failing),
            None => self.expected("`wrong`, `domain`, `misprint` or `text`"),
        }
    }

    fn verdict(&mut self) -> Parsed<Verdict> {
        let verdicts = [
            ("proved", Verdict::Proved),
            ("refuted", Verdict::Refuted),
            ("open", Verdict::Open),
            ("measured", Verdict::Measured),
        ];
        match verdicts.into_iter().find(|(word, _)| self.keyword(word)) {
            Some((_, verdict)) => Ok(verdict),
            None => self.expected("`proved`, `refuted`, `open` or `measured`"),
        }
    }

    fn block(&mut self) -> Parsed<Vec<Step>> {
        self.symbol("{")?;
        self.deeper(|parser| {
            let mut steps = Vec::new();
            while !parser.eat("}") {
                if !parser.eat(";") {
                    steps.push(parser.step()?);
                }
            }
            Ok(steps)
        })
    }

    fn blocks(&mut self) -> Parsed<Vec<Vec<Step>>> {
        let mut blocks = vec![self.block()?];
        while matches!(self.peek(), Token::Symbol("{")) {
            blocks.push(self.block()?);
        }
        Ok(blocks)
    }

    /// A block, or one step.
    fn by(&mut self) -> Parsed<Vec<Step>> {
        if !self.keyword("by") {
            return Ok(Vec::new());
        }
        if matches!(self.peek(), Token::Symbol("{")) {
            self.block()
        } else {
            Ok(vec![self.deeper(Self::step)?])
        }
    }

    fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        if !self.eat("(") {
            return Ok(Vec::new());
        }
        let arguments = self.commas(Self::sum)?;
        self.symbol(")")?;
        Ok(arguments)
    }

    fn label(&mut self) -> Parsed<Option<String>> {
        if self.keyword("as") {
            self.new_label().map(Some)
        } else {
            Ok(None)
        }
    }

    fn step(&mut self) -> Parsed<Step> {
        let place = self.place();
        let word = self.name("a step of a proof")?;
        let kind = match word.as_str() {
            "have" => {
                let label = self.have_label()?;
                StepKind::Have(label, self.formula()?, self.by()?)
            }
            "witness" => StepKind::Witness(self.commas(Self::sum)?),
            "split" => StepKind::Split(self.formula()?, self.block()?, self.block()?),
            "cases" => StepKind::Cases(self.sum()?, self.blocks()?),
            "use" => StepKind::Use(self.hypothesis()?, self.arguments()?, self.label()?),
            "lemma" => StepKind::Lemma(self.id()?, self.arguments()?, self.label()?),
            "law" => StepKind::Law(
                self.name("the name of a law")?,
                self.arguments()?,
                self.label()?,
            ),
            "obtain" => {
                let hypothesis = self.hypothesis()?;
                self.symbol("(")?;
                let names = self.commas(|parser| parser.new_name("a variable"))?;
                self.symbol(")")?;
                StepKind::Obtain(hypothesis, names)
            }
            "for" => {
                let (index, from, to) = self.range()?;
                StepKind::For(index, from, to, self.block()?)
            }
            "each" => StepKind::Each(self.blocks()?),
            "choose" => StepKind::Choose(self.sum()?),
            "assume" => StepKind::Assume(self.new_label()?),
            "absurd" => StepKind::Absurd,
            "linear" => {
                let ends = matches!(self.peek(), Token::Symbol(";" | "}"))
                    || matches!(self.peek(), Token::Name(word) if word == "times");
                let hints = if ends {
                    Vec::new()
                } else {
                    self.commas(Self::sum)?
                };
                let multiplier = if self.keyword("times") {
                    Some(self.sum()?)
                } else {
                    None
                };
                StepKind::Linear(hints, multiplier)
            }
            "interval" => {
                let ends = matches!(self.peek(), Token::Symbol(";" | "}"));
                StepKind::Interval(if ends {
                    Vec::new()
                } else {
                    self.commas(Self::sum)?
                })
            }
            "auto" => StepKind::Auto,
            _ => {
                let message = format!(
                    "`{}` is no step of a proof: expected have, witness, split, cases, use, lemma, law, obtain, \
                     for, each, choose, assume, absurd, linear, interval or auto",
                    short(&word)
                );
                return Err(SyntaxError { place, message });
            }
        };
        Ok(Step { place, kind })
    }

    /// A hypothesis: a name, possibly with an index.
    fn hypothesis(&mut self) -> Parsed<Expr> {
        let place = self.place();
        let name = self.name("the name of a hypothesis")?;
        let mut expr = Expr {
            place,
            kind: super::syntax::Kind::Name(name),
        };
        let mut indices = 0;
        while self.eat("[") {
            indices += 1;
            if indices > INDICES {
                return self.fail(format!("more than {INDICES} indices one after the other"));
            }
            let index = self.sum()?;
            self.symbol("]")?;
            expr = Expr {
                place,
                kind: super::syntax::Kind::Entry(Box::new(expr), Box::new(index)),
            };
        }
        Ok(expr)
    }

    /// `name:` before a formula. Inside a loop a name takes the indices: `low` at i = 2 is `low[2]`.
    fn have_label(&mut self) -> Parsed<Option<String>> {
        if !matches!(
            (self.peek(), self.peek_second()),
            (Token::Name(_), Token::Symbol(":"))
        ) {
            return Ok(None);
        }
        let label = self.new_label()?;
        self.symbol(":")?;
        Ok(Some(label))
    }
}
