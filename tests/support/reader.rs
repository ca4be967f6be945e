//! A reader of prints that shares no code with the printer: the statement that a print stands for. White space counts as
//! one blank, so that the layout carries no meaning.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use spurious::kernel::sexp;
use spurious::kernel::surface::{
    Attraction, Chart, Coordinate, Critical, Limit, Lower, Minima, Minimum, Point, Product, Row,
    Statement as Surface, TrainingSet, Unit,
};
use spurious::kernel::term::{
    Body, Definition, Formula, Function, Name, Predicate, Relation, Statement, Term,
};
use std::str::FromStr;

/// What is read, or where and why it is not.
type Found<T> = Result<T, String>;

/// The statement that a print stands for.
pub(crate) fn statement(print: &str) -> Found<Statement> {
    let text = print.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut reader = Reader { text: &text, at: 0 };
    let mut definitions = Vec::new();
    while let Some(definition) = reader.attempt(Reader::definition) {
        definitions.push(definition);
        reader.need(" ")?;
    }
    let alone = definitions.is_empty().then(|| {
        reader.attempt(|reader| {
            let predicate = reader.predicate()?;
            reader.end(Formula::Holds(predicate.into(), true))
        })
    });
    let formula = if let Some(formula) = alone.flatten() {
        formula
    } else {
        let formula = reader.formula()?;
        reader.end(formula)?
    };
    Ok(Statement {
        definitions,
        formula,
    })
}

/// The text, and how far it is read.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn wrong<T>(&self, expected: &str) -> Found<T> {
        let rest: String = self.rest().chars().take(60).collect();
        Err(format!("expected {expected:?} at {rest:?}"))
    }

    fn end<T>(&self, value: T) -> Found<T> {
        if self.rest().is_empty() {
            Ok(value)
        } else {
            self.wrong("the end")
        }
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn need(&mut self, word: &str) -> Found<()> {
        if self.eat(word) {
            Ok(())
        } else {
            self.wrong(word)
        }
    }

    /// What can be read here; else nothing is.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Found<T>) -> Option<T> {
        let start = self.at;
        let found = read(self).ok();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn whole<T: FromStr>(&mut self) -> Found<T> {
        let digits = self.take(|c| c.is_ascii_digit());
        digits.parse().or_else(|_| self.wrong("digits"))
    }

    fn rational(&mut self) -> Found<BigRational> {
        let text = self.take(|c| c.is_ascii_digit() || "-/".contains(c));
        text.parse().or_else(|_| self.wrong("a number"))
    }

    fn integer(&mut self) -> Found<BigInt> {
        let text = self.take(|c| c.is_ascii_digit() || c == '-');
        text.parse().or_else(|_| self.wrong("an integer"))
    }

    /// Items with blanks between, in parentheses.
    fn listed<T>(&mut self, item: impl Fn(&mut Self) -> Found<T>) -> Found<Vec<T>> {
        self.need("(")?;
        let mut items = Vec::new();
        while !self.eat(")") {
            if !items.is_empty() {
                self.need(" ")?;
            }
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Items with commas between, up to a closing word.
    fn commas<T>(&mut self, close: &str, item: impl Fn(&mut Self) -> Found<T>) -> Found<Vec<T>> {
        let mut items = Vec::new();
        while !self.eat(close) {
            if !items.is_empty() {
                self.need(", ")?;
            }
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// A name, and whether it stands in backquotes.
    fn word(&mut self) -> Found<(Name, bool)> {
        let marked = self.eat("`");
        let name = self.take(|c| c.is_ascii_alphanumeric() || c == '_');
        if marked {
            self.need("`")?;
        }
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return self.wrong("a name");
        }
        Ok((Name::from(name), marked))
    }

    fn name(&mut self) -> Found<Name> {
        let (name, marked) = self.word()?;
        let words = [
            "all", "and", "error", "false", "for", "has", "implies", "infinity", "not", "of",
            "one", "or", "some", "the", "true",
        ];
        if !marked && words.contains(&&*name) {
            return self.wrong("a name that is no word");
        }
        Ok(name)
    }

    fn definition(&mut self) -> Found<Definition> {
        let (name, _) = self.word()?;
        self.need("(")?;
        let parameters = self.commas(")", Self::name)?;
        let body = if self.eat(" :iff ") {
            Body::Formula(self.formula()?)
        } else if self.eat(" := the error of ") {
            Body::Error(self.data()?)
        } else {
            self.need(" := ")?;
            Body::Term(self.term()?)
        };
        Ok(Definition {
            name,
            parameters,
            body,
        })
    }

    /// A training set in the text of certificates.
    fn data(&mut self) -> Found<TrainingSet> {
        let mut depth = 0_usize;
        let end = self.rest().char_indices().find_map(|(at, c)| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at + 1)
        });
        let text = &self.rest()[..end.ok_or("no end of the data")?];
        self.at += text.len();
        let data = sexp::read(text).and_then(|list| list.read());
        data.map_err(|error| error.to_string())
    }

    fn formula(&mut self) -> Found<Formula> {
        for (word, all) in [("for all ", true), ("for some ", false)] {
            if self.eat(word) {
                let bound = if self.eat("(): ") {
                    Vec::new()
                } else {
                    self.commas(": ", Self::name)?
                };
                let body = Box::new(self.formula()?);
                return Ok(if all {
                    Formula::Forall(bound, body)
                } else {
                    Formula::Exists(bound, body)
                });
            }
        }
        for (word, all) in [("all of ", true), ("one of ", false)] {
            if self.eat(word) {
                let only = vec![self.bracketed()?];
                return Ok(if all {
                    Formula::And(only)
                } else {
                    Formula::Or(only)
                });
            }
        }
        if self.eat("not ") {
            return match self.bracketed()? {
                Formula::Holds(predicate, true) => Ok(Formula::Holds(predicate, false)),
                _ => self.wrong("a predicate"),
            };
        }
        let mut items = vec![self.inner()?];
        for (word, all) in [(" and ", true), (" or ", false)] {
            while self.eat(word) {
                items.push(self.inner()?);
            }
            if items.len() > 1 {
                return Ok(if all {
                    Formula::And(items)
                } else {
                    Formula::Or(items)
                });
            }
        }
        let first = items.remove(0);
        if self.eat(" implies ") {
            return Ok(Formula::Implies(Box::new(first), Box::new(self.inner()?)));
        }
        Ok(first)
    }

    /// A predicate or a formula in parentheses.
    fn bracketed(&mut self) -> Found<Formula> {
        self.need("(")?;
        self.eat(" ");
        let predicate = self.attempt(|reader| {
            let predicate = reader.predicate()?;
            reader.eat(" ");
            reader.need(")")?;
            Ok(predicate)
        });
        if let Some(predicate) = predicate {
            return Ok(Formula::Holds(predicate.into(), true));
        }
        let formula = self.formula()?;
        self.need(")")?;
        Ok(formula)
    }

    fn inner(&mut self) -> Found<Formula> {
        for (word, empty) in [
            ("true", Formula::And(Vec::new())),
            ("false", Formula::Or(Vec::new())),
        ] {
            let rest = self.rest().strip_prefix(word);
            if rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            {
                self.at += word.len();
                return Ok(empty);
            }
        }
        if let Some(comparison) = self.attempt(Self::comparison) {
            return Ok(comparison);
        }
        if self.rest().starts_with('(') {
            return self.bracketed();
        }
        match self.term()? {
            Term::Call(name, items) => Ok(Formula::Call(name, items)),
            _ => self.wrong("a formula"),
        }
    }

    fn comparison(&mut self) -> Found<Formula> {
        let left = self.term()?;
        for relation in Relation::ALL {
            if self.eat(&format!(" {} ", relation.word())) {
                return Ok(Formula::Compare(left, relation, self.term()?));
            }
        }
        self.wrong("a relation")
    }

    fn term(&mut self) -> Found<Term> {
        let first = if self.eat("-") {
            opposite(self.product()?)
        } else {
            self.product()?.0
        };
        let mut items = vec![first];
        loop {
            if self.eat(" + ") {
                items.push(self.product()?.0);
            } else if self.eat(" - ") {
                items.push(opposite(self.product()?));
            } else if items.len() == 1 {
                return Ok(items.remove(0));
            } else {
                return Ok(Term::Sum(items));
            }
        }
    }

    /// Factors and divisors, from the left; whether the last is a factor.
    fn product(&mut self) -> Found<(Term, bool)> {
        let (mut left, mut bare) = self.power()?;
        let mut open = false;
        loop {
            if self.eat("*") {
                let (right, _) = self.power()?;
                left = match left {
                    Term::Product(mut items) if open => {
                        items.push(right);
                        Term::Product(items)
                    }
                    left => Term::Product(vec![left, right]),
                };
                open = true;
            } else if self.eat("/") {
                let (right, number) = self.power()?;
                left = match (left, right) {
                    (Term::Number(above), Term::Number(below)) if bare && number => {
                        let value = &above / &below;
                        if *value.denom() != *below.numer() || below.is_one() {
                            return self.wrong("lowest terms");
                        }
                        Term::Number(value)
                    }
                    (above, below) => Term::Quotient(Box::new(above), Box::new(below)),
                };
                open = false;
            } else {
                return Ok((left, open));
            }
            bare = false;
        }
    }

    /// A power; whether it is a number without parentheses.
    fn power(&mut self) -> Found<(Term, bool)> {
        let bare = self.rest().starts_with(|c: char| c.is_ascii_digit());
        let base = self.primary()?;
        if self.eat("^") {
            let exponent = self.whole()?;
            return Ok((Term::Power(Box::new(base), exponent), false));
        }
        Ok((base, bare))
    }

    fn primary(&mut self) -> Found<Term> {
        if self.eat("(") {
            let inner = self.term()?;
            self.need(")")?;
            return Ok(inner);
        }
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Term::Number(BigRational::from_integer(self.whole()?)));
        }
        let start = self.at;
        let (name, marked) = self.word()?;
        if !self.eat("(") {
            self.at = start;
            return self.name().map(Term::Variable);
        }
        if marked {
            return Ok(Term::Call(name, self.commas(")", Self::term)?));
        }
        let function = Function::ALL.into_iter().find(|f| f.word() == &*name);
        Ok(match (&*name, function) {
            (_, Some(function)) => Term::Apply(function, self.commas(")", Self::term)?),
            ("sum", _) => Term::Sum(self.commas(")", Self::term)?),
            ("product", _) => Term::Product(self.commas(")", Self::term)?),
            ("d", _) => {
                let body = Box::new(self.term()?);
                self.need(", ")?;
                let variable = self.name()?;
                self.need(")")?;
                Term::Derivative(body, variable)
            }
            ("at", _) => {
                let body = Box::new(self.term()?);
                let mut by = Vec::new();
                while self.eat(", ") {
                    let name = self.name()?;
                    self.need(" = ")?;
                    by.push((name, self.term()?));
                }
                self.need(")")?;
                Term::At(body, by)
            }
            _ => Term::Call(name, self.commas(")", Self::term)?),
        })
    }

    fn predicate(&mut self) -> Found<Predicate> {
        if self.rest().starts_with("Let E(x)") {
            return self.surface().map(Predicate::Surface);
        }
        if self.eat("[") {
            let matrix = self.commas("]", |reader| {
                reader.need("[")?;
                reader.commas("]", Self::rational)
            })?;
            if self.eat(" has rank ") {
                let rank = self.whole()?;
                return Ok(Predicate::Rank { matrix, rank });
            }
            self.need(" has ")?;
            let positive = self.whole()?;
            self.need(" positive, ")?;
            let negative = self.whole()?;
            self.need(" negative and ")?;
            let counts = [positive, negative, self.whole()?];
            self.need(" zero eigenvalues")?;
            return Ok(Predicate::Inertia { matrix, counts });
        }
        let polynomial = Box::new(self.term()?);
        self.need(" has exactly ")?;
        let count = self.whole()?;
        self.need(" distinct real roots ")?;
        let variable = self.name()?;
        self.need(" in the open interval (")?;
        let from = if self.eat("-infinity") {
            None
        } else {
            Some(self.rational()?)
        };
        self.need(", ")?;
        let to = if self.eat("infinity") {
            None
        } else {
            Some(self.rational()?)
        };
        self.need(")")?;
        Ok(Predicate::Roots {
            polynomial,
            variable,
            from,
            to,
            count,
        })
    }

    /// The training set with which a statement about an error surface opens.
    fn preamble(&mut self) -> Found<TrainingSet> {
        self.need("Let E(x) = Σⱼ wⱼ (")?;
        let unit = if self.eat("tanh⟨aⱼ,x⟩") {
            Unit::Tanh
        } else {
            self.need("1/(1 + exp(−⟨aⱼ,x⟩))")?;
            Unit::Logistic
        };
        self.need(" − bⱼ)², x ∈ R^")?;
        let width: usize = self.whole()?;
        self.need(", with ")?;
        let count: usize = self.whole()?;
        self.need(" rows aⱼ ; bⱼ ; wⱼ:")?;
        let mut rows = Vec::new();
        for _ in 0..count {
            let mut input = Vec::new();
            for _ in 0..width {
                self.need(" ")?;
                input.push(self.rational()?);
            }
            self.need(" ; ")?;
            let target = self.rational()?;
            self.need(" ; ")?;
            let weight = self.rational()?;
            rows.push(Row {
                input,
                target,
                weight,
            });
        }
        self.need(" ")?;
        TrainingSet::new(unit, width, rows).map_err(|error| error.to_string())
    }

    /// A weight, from 1; its column from 0.
    fn weight(&mut self) -> Found<usize> {
        self.need("x")?;
        Ok(self.whole::<usize>()? - 1)
    }

    fn chart(&mut self, data: &TrainingSet) -> Found<Chart> {
        let mut chart = Chart {
            coordinates: Vec::new(),
            dropped: Vec::new(),
        };
        if self.eat("In the coordinates u = x: ") {
            chart.coordinates = (0..data.width())
                .map(|column| Coordinate {
                    column,
                    scale: BigRational::one(),
                    folds: Vec::new(),
                })
                .collect();
            return Ok(chart);
        }
        let none = "In no coordinates: E is constant, and the one point u = () stands for every \
                    x, in the order";
        if self.eat(none) {
            while self.eat(" ") {
                chart.dropped.push(self.weight()?);
            }
            self.need(": ")?;
            return Ok(chart);
        }
        if self.eat("In what is no system of coordinates of these weights: kept") {
            while self.eat(" column ") {
                let column = self.whole()?;
                self.need(" scale ")?;
                let scale = self.rational()?;
                self.need(" factors ")?;
                let folds = self.listed(Self::rational)?;
                chart.coordinates.push(Coordinate {
                    column,
                    scale,
                    folds,
                });
            }
            self.need(" dropped")?;
            while !self.eat(" (so that nothing is said): ") {
                self.need(" ")?;
                chart.dropped.push(self.whole()?);
            }
            return Ok(chart);
        }
        self.need("In the coordinates u, ")?;
        let count: usize = self.whole()?;
        self.need(" in number, x1 being the first weight, of which E is a function:")?;
        for place in 1..=count {
            self.need(&format!(" u{place} = ("))?;
            let column = self.weight()?;
            let (mut folds, mut dropped) = (Vec::new(), Vec::new());
            while self.eat(" + (") {
                folds.push(self.rational()?);
                self.need(") ")?;
                dropped.push(self.weight()?);
            }
            self.need(") / (")?;
            let scale = self.rational()?;
            self.need(")")?;
            chart.dropped = dropped;
            chart.coordinates.push(Coordinate {
                column,
                scale,
                folds,
            });
        }
        let family = " (u does not determine x: every point u stands for an affine subspace of x, \
                      on which E is constant)";
        if !chart.dropped.is_empty() {
            self.need(family)?;
        }
        self.need(" ")?;
        Ok(chart)
    }

    fn point(&mut self) -> Found<Point> {
        if self.eat("½ ln(X/2^") {
            let bits = self.whole()?;
            self.need("), X = ")?;
            let xi = self.listed(Self::integer)?;
            return Ok(Point::Exp { bits, xi });
        }
        self.listed(Self::rational).map(Point::Rational)
    }

    /// A box with the one critical point in it.
    fn place(&mut self) -> Found<(u32, Point)> {
        self.need("in the box |uᵢ − cᵢ| ≤ 2^-")?;
        let half_width = self.whole()?;
        self.need(" for all i, c = ")?;
        let centre = self.point()?;
        self.need(", there is exactly one critical point u* of E; it is inside the box")?;
        Ok((half_width, centre))
    }

    fn bounds(&mut self) -> Found<(BigRational, BigRational)> {
        let low = self.rational()?;
        self.need(" ≤ E(u*) ≤ ")?;
        Ok((low, self.rational()?))
    }

    fn minimum(
        &mut self,
        data: TrainingSet,
        chart: Chart,
        (half_width, centre): (u32, Point),
    ) -> Found<Minimum> {
        self.need(", a strict local minimum in u, E(u) ≥ E(u*) + (")?;
        let modulus = self.rational()?;
        self.need(")/2 ‖u − u*‖₂² for all u in the box, ‖u* − c‖₂ ≤ ")?;
        let near = self.rational()?;
        self.need(", ")?;
        let error = self.bounds()?;
        let lower = if self.eat("; at u = z, z = ") {
            let point = self.point()?;
            self.need(", E(z) ≤ ")?;
            let error = self.rational()?;
            self.need(" < E(u*): the local minimum is not global, it is spurious.")?;
            Some(Lower { point, error })
        } else {
            self.need(".")?;
            None
        };
        Ok(Minimum {
            data,
            chart,
            centre,
            half_width,
            modulus,
            near,
            error,
            lower,
        })
    }

    fn minima(&mut self, data: TrainingSet, chart: Chart) -> Found<Minima> {
        self.need("E has exactly ")?;
        let count: usize = self.whole()?;
        self.need(" local minima in u")?;
        let mut minima = Vec::new();
        for _ in 0..count {
            self.need("; ")?;
            let (data, chart) = if self.eat("and this one of something else: ") {
                let data = self.preamble()?;
                let chart = self.chart(&data)?;
                (data, chart)
            } else {
                (data.clone(), chart.clone())
            };
            let place = self.place()?;
            minima.push(self.minimum(data, chart, place)?);
        }
        self.need(".")?;
        let at_infinity = if self.eat(" E(u) ≥ ") {
            let floor = self.rational()?;
            self.need(" for all u outside some bounded set.")?;
            Some(floor)
        } else {
            None
        };
        Ok(Minima {
            data,
            chart,
            minima,
            at_infinity,
        })
    }

    /// What follows a minimum, if it attracts.
    fn attraction(&mut self, minimum: Minimum) -> Found<Surface> {
        let smoothness =
            if self.eat(" No scale s has x = su, so that nothing more is said with L = ") {
                let smoothness = self.rational()?;
                self.need(".")?;
                smoothness
            } else if self.eat(" With s = ") {
                self.rational()?;
                self.need(", L = ")?;
                let smoothness = self.rational()?;
                self.need(", λ = ")?;
                self.rational()?;
                self.need(", x* = su* and any start x₀ with ‖x₀ − sc‖₂ ≤ (")?;
                self.rational()?;
                self.need(
                ") s: the gradient flow of E in x has ‖x(t) − x*‖₂ ≤ exp(−λt/s²) ‖x₀ − x*‖₂ for \
                 all t ≥ 0; gradient descent in x with a rate 0 < η < 2s²/L has ‖xₖ − x*‖₂ ≤ κᵏ \
                 ‖x₀ − x*‖₂ for all k ≥ 0, κ = max(|1 − ηλ/s²|, |1 − ηL/s²|) < 1.",
            )?;
                smoothness
            } else {
                return Ok(Surface::Minimum(Box::new(minimum)));
            };
        Ok(Surface::Attraction(Box::new(Attraction {
            minimum,
            smoothness,
        })))
    }

    fn product_of_parts(&mut self, data: TrainingSet) -> Found<Surface> {
        let count: usize = self.whole()?;
        self.need(
            " matrices Dₚ, all rows of all of them linearly independent; the local minima of E \
             are the x of which every Dₚx is a local minimum of Eₚ.",
        )?;
        let mut parts = Vec::new();
        for number in 1..=count {
            self.need(&format!(" Part {number}, D = "))?;
            let mut forms = Vec::new();
            while self.rest().starts_with('(') {
                forms.push(self.listed(Self::rational)?);
            }
            self.need(", Eₚ being the function called E of its own training set: ")?;
            let own = self.preamble()?;
            let chart = self.chart(&own)?;
            parts.push((forms, self.minima(own, chart)?));
        }
        Ok(Surface::Product(Product { data, parts }))
    }

    fn surface(&mut self) -> Found<Surface> {
        let data = self.preamble()?;
        if self.eat("E has a local minimum that is not a global minimum.") {
            return Ok(Surface::Spurious(data));
        }
        if self.eat("∇E(x) ≠ 0 for every x: E has no critical point, and so no local minimum.")
        {
            return Ok(Surface::NoCriticalPoint(data));
        }
        let balanced = "With σⱼ = 1 where bⱼ is the upper end of the unit's range and −1 where it \
                        is the lower end, every bⱼ is one of them, and no ν has σⱼ⟨aⱼ,ν⟩ ≥ 0 for \
                        all j and > 0 for some j.";
        if self.eat(balanced) {
            return Ok(Surface::Balanced(data));
        }
        if self.eat("E(τv) → ") {
            let value = self.rational()?;
            self.need(" for τ → ∞, v = ")?;
            let direction = self.listed(Self::rational)?;
            return Ok(Surface::Limit(Limit {
                data,
                direction,
                value,
            }));
        }
        if self.eat("E(x) = Σₚ Eₚ(Dₚx) with ") {
            return self.product_of_parts(data);
        }
        let chart = self.chart(&data)?;
        if self.rest().starts_with("E has exactly") {
            return self.minima(data, chart).map(Surface::Minima);
        }
        let (half_width, centre) = self.place()?;
        if !self.eat("; everywhere in the box the Hessian has ") {
            let minimum = self.minimum(data, chart, (half_width, centre))?;
            return self.attraction(minimum);
        }
        let positive = self.whole()?;
        self.need(" positive and ")?;
        let inertia = (positive, self.whole()?);
        self.need(" negative eigenvalues, none is 0; ")?;
        let error = self.bounds()?;
        self.need(".")?;
        Ok(Surface::Critical(Box::new(Critical {
            data,
            chart,
            centre,
            half_width,
            inertia,
            error,
        })))
    }
}

/// The term behind a minus sign.
fn opposite((term, open): (Term, bool)) -> Term {
    let minus = Term::Number(-BigRational::one());
    match term {
        Term::Number(value) => Term::Number(-value),
        Term::Product(mut items) if open => {
            match items.first_mut() {
                Some(Term::Number(value)) => *value = -value.clone(),
                _ => items.insert(0, minus),
            }
            Term::Product(items)
        }
        other => Term::Product(vec![minus, other]),
    }
}
