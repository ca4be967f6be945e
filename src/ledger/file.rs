//! The grammar of claim files: imports, definitions, claims, proof scripts. Untrusted.

use super::lexer::{SyntaxError, Token};
use super::parser::{Parsed, Parser};
use super::syntax::{
    Claim, CoqRole, CoqTheorems, Define, DefinitionKind, Expr, File, Step, StepKind, Verdict,
};

/// Reads a claim file.
///
/// # Errors
/// [`SyntaxError`] at the first place that is wrong.
pub fn parse(source: &str) -> Parsed<File> {
    let mut parser = Parser::new(source)?;
    let mut file = File::default();
    while parser.peek() != Token::End {
        let place = parser.place();
        if parser.keyword("paper") {
            file.paper = Some(parser.name("the key of a paper")?);
        } else if parser.keyword("import") {
            file.imports
                .push((parser.text("a file name in quotes")?, place));
        } else if parser.keyword("claim") {
            file.claims.push(parser.claim()?);
        } else if let Some(kind) = parser.definition_kind() {
            file.definitions.push(parser.define(kind)?);
        } else {
            return parser
                .expected("`paper`, `import`, `define`, `macro`, `constant`, `error` or `claim`");
        }
    }
    Ok(file)
}

impl Parser {
    fn definition_kind(&mut self) -> Option<DefinitionKind> {
        let kinds = [
            ("define", DefinitionKind::Define),
            ("macro", DefinitionKind::Macro),
            ("constant", DefinitionKind::Macro),
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
            printed: String::new(),
            notes: Vec::new(),
            story: Vec::new(),
            variables: Vec::new(),
            hypotheses: Vec::new(),
            show: None,
            coq: None,
            verdict: Verdict::Open,
            reason: None,
            repairs: None,
            script: Vec::new(),
            experiment: None,
            against: false,
            in_full: false,
            place,
        };
        let mut verdict = None;
        loop {
            let here = self.place();
            if self.keyword("printed") {
                claim.printed = self.text("the statement as printed, in quotes")?;
            } else if self.keyword("note") {
                claim.notes.push(self.text("a remark in quotes")?);
            } else if self.keyword("story") {
                claim.story.push(self.text("a paragraph in quotes")?);
            } else if self.keyword("for") {
                claim.variables = self.binders()?;
            } else if self.keyword("if") {
                claim.hypotheses.extend(self.commas(Self::formula)?);
            } else if self.keyword("show") {
                claim.show = Some(self.formula()?);
            } else if self.keyword("coq") {
                if claim.coq.is_some() {
                    return Err(SyntaxError {
                        place: here,
                        message: format!(
                            "the claim {} has `coq` already: its theorems stand in one list, of one file",
                            claim.id
                        ),
                    });
                }
                claim.coq = Some(self.coq_theorems()?);
            } else if self.keyword("verdict") {
                verdict = Some(self.verdict()?);
                if verdict == Some(Verdict::Measured) {
                    claim.against = self.keyword("against");
                    claim.in_full = self.keyword("in_full");
                }
            } else if self.keyword("experiment") {
                claim.experiment = Some(self.experiment()?);
            } else if self.keyword("reason") {
                claim.reason = Some(self.text("a reason in quotes")?);
            } else if self.keyword("repairs") {
                claim.repairs = Some(self.id()?);
            } else if self.keyword("proof") {
                claim.script = self.block()?;
            } else if let Some(verdict) = verdict {
                claim.verdict = verdict;
                return Self::complete(claim);
            } else {
                return self.expected(
                    "`printed`, `note`, `story`, `for`, `if`, `show`, `coq`, `experiment`, `verdict`, `reason`, `repairs` or `proof`; a claim needs a verdict",
                );
            }
        }
    }

    fn complete(claim: Claim) -> Parsed<Claim> {
        let missing = if claim.printed.is_empty() {
            Some("the statement as printed")
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
        } else if claim.coq.is_some() && (claim.show.is_some() || !claim.script.is_empty()) {
            Some("one judge: a claim has `coq`, or `show` with its proof")
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
            self.new_name("a name for the hypothesis").map(Some)
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
            "assume" => StepKind::Assume(self.new_name("a name for the hypothesis")?),
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
                    "`{word}` is no step of a proof: expected have, witness, split, cases, use, lemma, law, obtain, \
                     for, each, choose, assume, absurd, linear, interval or auto"
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
        while self.eat("[") {
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
        let label = self.new_name("a name for the hypothesis")?;
        self.symbol(":")?;
        Ok(Some(label))
    }
}
