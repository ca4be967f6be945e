//! Questions to Coq about compiled files: whether a theorem is there, what it states, what it rests on. Untrusted.
//!
//! Questions are asked in sessions that load the compiled files without importing them, so no notation of theirs is in force, and
//! each answer goes into a file of its own, so nothing that the files print can be taken for an answer.

use super::super::coq::{AXIOMS, digest, read};
use super::run::Confinement;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// Explicit terms: no notation, no implicit argument left out, nothing abridged.
const EXPLICIT: &str =
    "Set Printing All.\nSet Printing Depth 1000000.\nUnset Printing Universes.\n";
/// Terms with the notations of the standard library, coercions written out, nothing abridged.
const READABLE: &str = "Unset Printing All.\nUnset Printing Implicit.\nSet Printing Notations.\n\
     Set Printing Coercions.\nUnset Printing Universes.\nUnset Printing Use Implicit Types.\n\
     Set Printing Depth 1000000.\nSet Printing Width 110.\n";
/// What a statement of analysis is read with.
const STANDARD: &str = "From Coq Require Import Reals ZArith List.\n";
/// A width at which nothing is broken into lines.
const ONE_LINE: &str = "Set Printing Width 1000000.\n";
/// A width for reading.
const NARROW: &str = "Set Printing Width 110.\n";

/// A theorem as its file states it.
#[derive(Debug)]
pub(super) struct Answer {
    /// The statement.
    pub(super) statement: String,
    /// SHA-256 of the statement in explicit form.
    pub(super) explicit: String,
    /// Whether the statement is a negation.
    pub(super) negation: bool,
    /// The full names of the axioms.
    pub(super) axioms: Vec<String>,
}

/// What is asked, and of which files.
#[derive(Debug)]
pub(super) struct Session<'s> {
    /// An empty folder for the questions.
    pub(super) place: Confinement<'s>,
    /// The folder of the compiled files.
    pub(super) library: &'s Path,
    /// Their logical prefix.
    pub(super) prefix: &'s str,
    /// Their logical names.
    pub(super) modules: Vec<String>,
}

impl Session<'_> {
    /// Runs the questions, in a process of its own.
    fn ask(&self, questions: &str) -> Result<(), String> {
        let file = self.place.folder.join("Questions.v");
        std::fs::write(&file, questions).map_err(|error| error.to_string())?;
        let library = self.library.as_os_str();
        let arguments = [
            "-q".as_ref(),
            "-w".as_ref(),
            "-all".as_ref(),
            "-Q".as_ref(),
            library,
            self.prefix.as_ref(),
            "Questions.v".as_ref(),
        ];
        self.place.run("coqc", &arguments).map(|_| ())
    }

    /// The answer that was written under this name.
    fn answer(&self, name: &str) -> Result<String, String> {
        read(&self.place.folder.join(format!("{name}.out")))
    }

    fn require(&self) -> String {
        format!("Require {}.\n", self.modules.join(" "))
    }

    /// Which of the names, full ones, are constants; only the files at hand and the standard library are loaded.
    ///
    /// # Errors
    /// What Coq says, or another file that takes part.
    pub(super) fn catalogue(&self, names: &[String]) -> Result<Catalogue, String> {
        let mut questions = axioms_of_the_library();
        questions += &self.require();
        questions += ONE_LINE;
        questions += "Redirect \"libraries\" Print Libraries.\n";
        for (index, name) in names.iter().enumerate() {
            let _ = writeln!(questions, "Redirect \"there{index}\" Locate Term {name}.");
        }
        self.ask(&questions)?;
        let libraries = self.answer("libraries")?;
        let mut others = libraries.lines().map(str::trim).filter(|line| {
            let known = line.is_empty() || line.starts_with("Loaded") || line.starts_with("Coq.");
            !known && !self.modules.iter().any(|module| module == line)
        });
        if let Some(other) = others.next() {
            return Err(format!("{other} takes part, which is not among the files"));
        }
        let known = (0..AXIOMS.len())
            .map(|index| {
                let answer = self.answer(&format!("axiom{index}"))?;
                match assumptions(&answer)?.as_slice() {
                    [line] => Ok(line.clone()),
                    _ => Err(format!("{} is no axiom of this Coq", AXIOMS[index])),
                }
            })
            .collect::<Result<Vec<String>, String>>()?;
        let there = names.iter().enumerate().map(|(index, name)| {
            let answer = self.answer(&format!("there{index}"))?;
            let constant = format!("Constant {name}");
            Ok(answer.lines().any(|line| {
                line.trim() == constant || line.trim().starts_with(&format!("{constant} "))
            }))
        });
        Ok(Catalogue {
            known,
            there: there.collect::<Result<_, String>>()?,
        })
    }

    /// What the constants of these full names state, and what they rest on.
    ///
    /// # Errors
    /// What Coq says; within, what is wrong with one of them.
    pub(super) fn theorems(
        &self,
        names: &[String],
        catalogue: &Catalogue,
    ) -> Result<Vec<Result<Answer, String>>, String> {
        let mut explicit = format!("{}{EXPLICIT}", self.require());
        let mut readable = format!(
            "{STANDARD}{}Open Scope R_scope.\n{READABLE}",
            self.require()
        );
        for (index, name) in names.iter().enumerate() {
            let _ = write!(
                explicit,
                "{NARROW}Redirect \"explicit{index}\" Check @{name}.\n{ONE_LINE}\
                 Redirect \"name{index}\" About {name}.\n\
                 Redirect \"sort{index}\" Check ltac:(let T := type of @{name} in let S := type of T in exact S).\n\
                 Redirect \"form{index}\" Check ltac:(let T := type of @{name} in lazymatch T with \
                 Coq.Init.Logic.not _ => exact Coq.Init.Datatypes.true | _ => exact Coq.Init.Datatypes.false end).\n\
                 Redirect \"rests{index}\" Print Assumptions {name}.\n"
            );
            let _ = writeln!(readable, "Redirect \"readable{index}\" Check @{name}.");
        }
        self.ask(&explicit)?;
        self.ask(&readable)?;
        let mut shown = Vec::new();
        for index in 0..names.len() {
            shown.push(statement(&self.answer(&format!("readable{index}"))?)?);
        }
        let exact = self.read_back(names, &shown);
        let answers = names.iter().zip(shown).zip(exact).enumerate();
        answers
            .map(|(index, ((name, readable), exact))| {
                self.theorem(index, name, exact.then_some(readable), catalogue)
            })
            .collect()
    }

    /// One theorem: that it is one, its statement (the explicit one where there is no readable one), its axioms.
    fn theorem(
        &self,
        index: usize,
        name: &str,
        readable: Option<String>,
        catalogue: &Catalogue,
    ) -> Result<Result<Answer, String>, String> {
        let answer = |what: &str| self.answer(&format!("{what}{index}"));
        let constant = format!("Expands to: Constant {name}");
        if !answer("name")?.lines().any(|line| line.trim() == constant) {
            return Ok(Err(format!("{name} is another name of something else")));
        }
        let sort = answer("sort")?;
        if sort.split_whitespace().next() != Some("Prop") {
            return Ok(Err(format!(
                "{name} is no theorem: its type is no proposition"
            )));
        }
        let explicit = statement(&answer("explicit")?)?;
        let axioms = match assumptions(&answer("rests")?).and_then(|lines| catalogue.names(&lines))
        {
            Ok(axioms) => axioms,
            Err(wrong) => return Ok(Err(format!("{name} {wrong}"))),
        };
        Ok(Ok(Answer {
            explicit: digest(explicit.as_bytes()),
            statement: readable.unwrap_or(explicit),
            negation: answer("form")?.split_whitespace().next() == Some("true"),
            axioms,
        }))
    }

    /// For each statement whether Coq, when it reads it with the notations of the standard library alone, takes the theorem
    /// for a proof of it. A statement that is printed so that it means something else is not.
    fn read_back(&self, names: &[String], shown: &[String]) -> Vec<bool> {
        let head = format!("{STANDARD}{}Open Scope R_scope.\n", self.require());
        let question = |name: &str, statement: &str| format!("Check (@{name} : {statement}).\n");
        // A string could hold anything, an ellipsis leaves something out.
        let plain = |statement: &str| !statement.contains(['"', '…']) && !statement.contains("...");
        let pairs = || names.iter().zip(shown);
        let together: String = pairs()
            .map(|(name, statement)| question(name, statement))
            .collect();
        if shown.iter().all(|statement| plain(statement))
            && self.ask(&(head.clone() + &together)).is_ok()
        {
            return vec![true; names.len()];
        }
        pairs()
            .map(|(name, statement)| {
                plain(statement)
                    && self
                        .ask(&(head.clone() + &question(name, statement)))
                        .is_ok()
            })
            .collect()
    }
}

/// What the first session finds.
#[derive(Debug)]
pub(super) struct Catalogue {
    /// Name and type of each accepted axiom, as Coq prints them.
    known: Vec<String>,
    /// Which names are there.
    pub(super) there: Vec<bool>,
}

impl Catalogue {
    /// The full names of axioms given by name and type, if all are accepted.
    fn names(&self, lines: &[String]) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        for line in lines {
            match self.known.iter().position(|known| known == line) {
                Some(index) => names.push(AXIOMS[index].to_owned()),
                None => {
                    return Err(format!(
                        "rests on {line}, which is no axiom of the standard real numbers"
                    ));
                }
            }
        }
        names.sort();
        Ok(names)
    }
}

/// The lines by which Coq names the accepted axioms and their types, asked before any other file is loaded.
fn axioms_of_the_library() -> String {
    let modules: BTreeSet<&str> = AXIOMS
        .iter()
        .filter_map(|axiom| Some(axiom.rsplit_once('.')?.0))
        .collect();
    let modules: Vec<&str> = modules.into_iter().collect();
    let mut questions = format!("Require {}.\n{EXPLICIT}{ONE_LINE}", modules.join(" "));
    for (index, axiom) in AXIOMS.iter().enumerate() {
        let _ = writeln!(
            questions,
            "Redirect \"axiom{index}\" Print Assumptions {axiom}."
        );
    }
    questions
}

/// The lines of `Print Assumptions`, each a name and a type.
fn assumptions(printed: &str) -> Result<Vec<String>, String> {
    let printed = printed.trim();
    if printed == "Closed under the global context" {
        return Ok(Vec::new());
    }
    let lines = printed
        .strip_prefix("Axioms:\n")
        .ok_or_else(|| format!("rests on what is no axiom: {printed}"))?;
    Ok(lines.lines().map(str::to_owned).collect())
}

/// What stands behind the name, without the common indentation.
fn statement(printed: &str) -> Result<String, String> {
    let (_, body) = printed
        .split_once(" : ")
        .ok_or_else(|| format!("coqc prints no statement: {printed}"))?;
    let lines: Vec<String> = body
        .lines()
        .map(|line| line.strip_prefix("       ").unwrap_or(line).to_owned())
        .collect();
    Ok(lines.join("\n").trim_end().to_owned())
}
