//! Experiments in claim files: their grammar, and what they mean to the trainer. Untrusted; an
//! experiment proves nothing.

use super::lexer::{Place, SyntaxError, Token, short};
use super::library::{Elaborated, Library, Names, Value, wrong};
use super::parser::{Parsed, Parser};
use super::syntax::{Experiment, Expr, Kind};
use crate::kernel::number::Rational;
use crate::kernel::surface::Unit;
use crate::kernel::term::Term;
use crate::train::claimed::{self, Bounds, Call, ClaimedExperiment, MeaninglessCall};
use crate::train::experiment::defaults::{CLAIM_STEPS, SEED};
use crate::train::experiment::plan::{Plan, Preparation, Quantity, Sought, Start};
use crate::train::named;
use crate::train::run::Limits;
use crate::unit::{Reading, TrainingSet};
use num_traits::ToPrimitive;

/// The names of an experiment's values, in the order in which the handbook has them; `claimed`
/// comes besides.
const FIELDS: [&str; 12] = [
    "data",
    "hidden",
    "output",
    "minimum",
    "algorithm",
    "against",
    "start",
    "steps",
    "runs",
    "seed",
    "estimate",
    "threshold",
];
/// Most steps of a run, and most runs.
const MOST: u64 = 100_000_000;

impl Parser {
    /// `{ data "…" algorithm batch(rate = 1/20) … claimed >= 0.9 }`, after the word `experiment`.
    ///
    /// # Errors
    /// A syntax error.
    pub fn experiment(&mut self) -> Parsed<Experiment> {
        let mut experiment = Experiment {
            place: self.place(),
            ..Experiment::default()
        };
        self.symbol("{")?;
        while !self.eat("}") {
            let place = self.place();
            if self.keyword("claimed") {
                if experiment.claimed.replace(self.claimed()?).is_some() {
                    let message = "`claimed` is given twice".into();
                    return Err(SyntaxError { place, message });
                }
                continue;
            }
            let known = matches!(self.peek(), Token::Name(word) if FIELDS.contains(&word.as_str()));
            if !known {
                return self.expected(&format!("`}}`, `claimed` or one of {}", FIELDS.join(", ")));
            }
            let name = self.name("a name")?;
            if experiment.fields.iter().any(|(given, ..)| *given == name) {
                let message = format!("`{name}` is given twice");
                return Err(SyntaxError { place, message });
            }
            let values = self.commas(Self::sum)?;
            experiment.fields.push((name, place, values));
        }
        Ok(experiment)
    }

    fn claimed(&mut self) -> Parsed<(Option<Expr>, Option<Expr>)> {
        if self.eat(">=") {
            return Ok((Some(self.sum()?), None));
        }
        if self.eat("<=") {
            return Ok((None, Some(self.sum()?)));
        }
        if self.keyword("between") {
            let lower = self.sum()?;
            self.symbol(",")?;
            return Ok((Some(lower), Some(self.sum()?)));
        }
        self.expected("`>= number`, `<= number` or `between number, number`")
    }
}

/// The values of an experiment by name.
struct Fields<'a> {
    library: &'a Library,
    experiment: &'a Experiment,
}

impl<'a> Fields<'a> {
    fn values(&self, name: &str) -> Option<(Place, &'a [Expr])> {
        let mut fields = self.experiment.fields.iter();
        let given = fields.find(|(given, ..)| given == name);
        given.map(|(_, place, values)| (*place, values.as_slice()))
    }

    /// Whether the second of two words is given; the first is meant where none is.
    fn second_of(&self, name: &str, words: [&str; 2]) -> Elaborated<bool> {
        let (place, word) = self.word(name, words[0])?;
        match words.iter().position(|known| *known == word) {
            Some(which) => Ok(which == 1),
            None => wrong(
                place,
                format!("`{name}` is `{}` or `{}`", words[0], words[1]),
            ),
        }
    }

    fn single(&self, name: &str) -> Elaborated<Option<&'a Expr>> {
        match self.values(name) {
            None => Ok(None),
            Some((_, [value])) => Ok(Some(value)),
            Some((place, _)) => wrong(place, format!("`{name}` takes one value")),
        }
    }

    fn needed(&self, name: &str) -> Elaborated<&'a Expr> {
        match self.single(name)? {
            Some(value) => Ok(value),
            None => wrong(
                self.experiment.place,
                format!("the experiment lacks `{name}`"),
            ),
        }
    }

    fn rational(&self, expr: &Expr) -> Elaborated<Rational> {
        self.library.rational(expr, &Names::new())
    }

    fn whole(&self, expr: &Expr, least: u64) -> Elaborated<u64> {
        let value = self.rational(expr)?;
        match value
            .is_integer()
            .then(|| value.to_integer().to_u64())
            .flatten()
        {
            Some(value) if (least..=MOST).contains(&value) => Ok(value),
            _ => wrong(
                expr.place,
                format!("expected a whole number from {least} to {MOST}"),
            ),
        }
    }

    /// The whole number with this name, at least `least`; `default` where it is not given.
    fn whole_or(&self, name: &str, least: u64, default: u64) -> Elaborated<u64> {
        let given = self.single(name)?;
        given.map_or(Ok(default), |expr| self.whole(expr, least))
    }

    /// Sizes of hidden layers.
    fn hidden(&self) -> Elaborated<Vec<usize>> {
        let size = |size: &Rational| {
            size.to_integer()
                .to_usize()
                .filter(|size| (1..=1000).contains(size))
        };
        match self.list("hidden")?.iter().map(size).collect() {
            Some(sizes) => Ok(sizes),
            None => wrong(
                self.experiment.place,
                "`hidden` lists sizes of layers, from 1 to 1000",
            ),
        }
    }

    fn list(&self, name: &str) -> Elaborated<Vec<Rational>> {
        match self.single(name)? {
            None => Ok(Vec::new()),
            Some(expr) => match self.library.value(expr, &Names::new())? {
                Value::List(items) => items
                    .into_iter()
                    .map(|item| number(item, expr.place))
                    .collect(),
                Value::Term(_) => wrong(expr.place, "expected a list"),
            },
        }
    }

    fn word(&self, name: &str, default: &str) -> Elaborated<(Place, String)> {
        match self.single(name)? {
            None => Ok((self.experiment.place, default.to_string())),
            Some(Expr {
                kind: Kind::Name(word),
                place,
            }) => Ok((*place, word.clone())),
            Some(other) => wrong(other.place, "expected a word"),
        }
    }

    fn call(&self, expr: &Expr) -> Elaborated<Call> {
        match &expr.kind {
            Kind::Name(word) => Ok(Call {
                word: word.clone(),
                numbers: Vec::new(),
            }),
            Kind::Call(word, arguments) => {
                let number = |(name, value): &(Option<String>, Expr)| {
                    Ok((name.clone(), self.rational(value)?))
                };
                let numbers = arguments.iter().map(number).collect::<Result<_, _>>()?;
                Ok(Call {
                    word: word.clone(),
                    numbers,
                })
            }
            _ => wrong(
                expr.place,
                "expected a word, perhaps with numbers in parentheses",
            ),
        }
    }

    fn data(&self) -> Elaborated<TrainingSet> {
        let expr = self.needed("data")?;
        let Kind::Text(file) = &expr.kind else {
            return wrong(expr.place, "expected a data file in quotes");
        };
        if let Some(set) = named::find(file).and_then(named::Named::set) {
            return Ok(set);
        }
        let threshold = self.second_of("threshold", ["no", "yes"])?;
        let read = TrainingSet::read(
            &self.library.folder().join(file),
            Reading {
                unit: Unit::Tanh,
                threshold,
            },
        );
        read.or_else(|error| wrong(expr.place, format!("data file {}: {error}", short(file))))
    }

    fn bounds(&self) -> Elaborated<Bounds> {
        let Some((lower, upper)) = &self.experiment.claimed else {
            return wrong(self.experiment.place, "the experiment lacks `claimed`");
        };
        let bound = |expr: &Option<Expr>| expr.as_ref().map(|expr| self.rational(expr)).transpose();
        Ok(Bounds {
            lower: bound(lower)?,
            upper: bound(upper)?,
        })
    }

    fn runs(&self) -> Elaborated<[usize; 2]> {
        let Some((place, values)) = self.values("runs") else {
            return wrong(self.experiment.place, "the experiment lacks `runs`");
        };
        let (reduced, full) = match values {
            [both] => (both, both),
            [reduced, full] => (reduced, full),
            _ => {
                return wrong(
                    place,
                    "`runs` takes one number or two: by default, and in full",
                );
            }
        };
        let count = |expr: &Expr| Ok(usize::try_from(self.whole(expr, 2)?).unwrap_or(usize::MAX));
        let runs = [count(reduced)?, count(full)?];
        if runs[0] > runs[1] {
            wrong(place, "the full number of runs is the larger one")
        } else {
            Ok(runs)
        }
    }
}

fn number(value: Value, place: Place) -> Elaborated<Rational> {
    match value {
        Value::Term(Term::Number(value)) => Ok(value),
        Value::Term(_) | Value::List(_) => wrong(place, "expected a list of numbers"),
    }
}

fn meant<T>(place: Place, result: Result<T, MeaninglessCall>) -> Elaborated<T> {
    result.or_else(|error| wrong(place, error.to_string()))
}

/// The plan that an experiment means, and what is claimed of it.
///
/// # Errors
/// A syntax error where it is wrong.
pub fn elaborate(experiment: &Experiment, library: &Library) -> Elaborated<ClaimedExperiment> {
    let fields = Fields {
        library,
        experiment,
    };
    let algorithm = fields.needed("algorithm")?;
    let call = fields.call(algorithm)?;
    let against = fields.single("against")?;
    let against = against
        .map(|expr| meant(expr.place, claimed::method(&fields.call(expr)?)))
        .transpose()?;
    let start = match fields.single("start")? {
        Some(expr) => meant(expr.place, claimed::start(&fields.call(expr)?))?,
        None => Start::Minimum,
    };
    let hidden = fields.hidden()?;
    let (place, estimand) = fields.word("estimate", "")?;
    let set = fields.data()?;
    let linear = fields.second_of("output", ["tanh", "linear"])?;
    let minimum = claimed::point(&fields.list("minimum")?);
    let method = meant(algorithm.place, claimed::method(&call))?;
    let steps = fields.whole_or("steps", 1, CLAIM_STEPS)?;
    let [runs, full] = fields.runs()?;
    let seed = fields.whole_or("seed", 0, SEED)?;
    let estimand = meant(place, claimed::estimand(&estimand))?;
    let plan = Plan {
        model: claimed::model(hidden, linear),
        preparation: Preparation::default(),
        method,
        rate: claimed::rate(&call),
        start,
        limits: Limits {
            steps,
            ..Limits::DEFAULT
        },
        runs,
        seed,
        minimum: Sought::near(minimum),
        quantity: Quantity::Estimate { estimand, against },
    };
    Ok(ClaimedExperiment {
        set,
        plan,
        full,
        bounds: fields.bounds()?,
    })
}
