//! Statements of every form, with hostile names, and all small terms and formulas.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use spurious::kernel::number::{Int, Rational};
use spurious::kernel::surface::{
    Attraction, Chart, Coordinate, Critical, Limit, Lower, Minima, Minimum, Point, Product, Row,
    Statement as Surface, TrainingSet, Unit,
};
use spurious::kernel::term::{
    Body, Definition, Formula, Function, Name, Predicate, Property, Relation, Statement, Term,
};
use std::sync::Arc;

/// A fraction.
pub(crate) fn number(above: i64, below: i64) -> Rational {
    Rational::new(above.into(), below.into())
}

/// Names that the kernel's reader accepts and a reader of prints may stumble over.
const NAMES: &[&str] = &[
    "x", "y", "E", "u", "c", "d", "at", "sum", "product", "exp", "min", "true", "false", "and",
    "or", "not", "implies", "for", "all", "some", "of", "one", "has", "the", "error", "infinity",
    "zero", "e", "pi", "iff", "in", "rank", "roots", "less", "_", "x1", "Let", "trueish", "order",
    "sum_", "holds", "forall", "exists",
];

fn name() -> impl Strategy<Value = Name> {
    select(NAMES).prop_map(Name::from)
}

fn rational() -> impl Strategy<Value = Rational> {
    (-3_i64..4, 1_i64..4).prop_map(|(above, below)| number(above, below))
}

fn positive() -> impl Strategy<Value = Rational> {
    (1_i64..4, 1_i64..4).prop_map(|(above, below)| number(above, below))
}

fn term() -> BoxedStrategy<Term> {
    let leaf = prop_oneof![
        rational().prop_map(Term::Number),
        name().prop_map(Term::Variable)
    ];
    let deeper = |inner: BoxedStrategy<Term>| {
        let items = || vec(inner.clone(), 0..4);
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            3 => items().prop_map(Term::Sum),
            3 => items().prop_map(Term::Product),
            3 => (boxed(), boxed()).prop_map(|(above, below)| Term::Quotient(above, below)),
            2 => (boxed(), 0_u32..4).prop_map(|(base, exponent)| Term::Power(base, exponent)),
            1 => (boxed(), name()).prop_map(|(body, by)| Term::Derivative(body, by)),
            1 => (boxed(), vec((name(), inner.clone()), 0..3)).prop_map(|(body, by)| Term::At(body, by)),
            1 => (select(&Function::ALL[..]), items()).prop_map(|(f, items)| Term::Apply(f, items)),
            1 => (name(), items()).prop_map(|(f, items)| Term::Call(f, items)),
        ]
    };
    leaf.boxed()
        .prop_recursive(4, 24, 4, move |inner| deeper(inner.boxed()))
        .boxed()
}

fn matrix() -> impl Strategy<Value = Vec<Vec<Rational>>> {
    vec(vec(rational(), 0..3), 0..3)
}

fn data() -> impl Strategy<Value = TrainingSet> {
    let row = |width: usize| {
        (vec(rational(), width), select(&[0_i64, 1][..]), positive()).prop_map(
            |(input, target, weight)| Row {
                input,
                target: number(target, 1),
                weight,
            },
        )
    };
    (1_usize..4, any::<bool>()).prop_flat_map(move |(width, tanh)| {
        let unit = if tanh { Unit::Tanh } else { Unit::Logistic };
        vec(row(width), 1..4).prop_filter_map("a training set", move |rows| {
            TrainingSet::new(unit, width, rows).ok()
        })
    })
}

/// Coordinates, among them those that fit some training set and those that fit none.
fn chart() -> impl Strategy<Value = Chart> {
    let wild = (
        vec((0_usize..4, rational(), vec(rational(), 0..3)), 0..4),
        vec(0_usize..4, 0..3),
    )
        .prop_map(|(kept, dropped)| Chart {
            coordinates: kept
                .into_iter()
                .map(|(column, scale, folds)| Coordinate {
                    column,
                    scale,
                    folds,
                })
                .collect(),
            dropped,
        });
    // Of the columns 0 … n − 1 those from k on are dropped.
    let fitting = (1_usize..4, 0_usize..4, any::<bool>(), vec(positive(), 3)).prop_map(
        |(width, kept, unscaled, scales)| {
            let kept = kept.min(width);
            let coordinate = |column: usize| Coordinate {
                column,
                scale: if unscaled {
                    number(1, 1)
                } else {
                    scales[column].clone()
                },
                folds: vec![scales[0].clone(); width - kept],
            };
            Chart {
                coordinates: (0..kept).map(coordinate).collect(),
                dropped: (kept..width).rev().collect(),
            }
        },
    );
    prop_oneof![wild, fitting]
}

fn point() -> impl Strategy<Value = Point> {
    let integer = || (-3_i64..9).prop_map(Int::from);
    prop_oneof![
        (0_u32..9, vec(integer(), 0..4)).prop_map(|(bits, xi)| Point::Exp { bits, xi }),
        vec(rational(), 0..4).prop_map(Point::Rational),
    ]
}

fn minimum() -> impl Strategy<Value = Minimum> {
    let lower = (point(), rational()).prop_map(|(point, error)| Lower { point, error });
    let about = (data(), chart(), point(), 0_u32..9);
    let numbers = (rational(), rational(), (rational(), rational()));
    (about, numbers, option::of(lower)).prop_map(
        |((data, chart, centre, half_width), (modulus, near, error), lower)| Minimum {
            data,
            chart,
            centre,
            half_width,
            modulus,
            near,
            error,
            lower,
        },
    )
}

fn minima() -> impl Strategy<Value = Minima> {
    let minima = vec((minimum(), any::<bool>()), 0..3);
    (data(), chart(), minima, option::of(rational())).prop_map(
        |(data, chart, minima, at_infinity)| {
            let own = |(minimum, own): (Minimum, bool)| {
                if own {
                    minimum
                } else {
                    Minimum {
                        data: data.clone(),
                        chart: chart.clone(),
                        ..minimum
                    }
                }
            };
            Minima {
                minima: minima.into_iter().map(own).collect(),
                data: data.clone(),
                chart: chart.clone(),
                at_infinity,
            }
        },
    )
}

fn surface() -> impl Strategy<Value = Surface> {
    let forms = || vec(vec(rational(), 0..3), 0..3);
    prop_oneof![
        minimum().prop_map(|minimum| Surface::Minimum(Box::new(minimum))),
        data().prop_map(Surface::Spurious),
        data().prop_map(Surface::NoCriticalPoint),
        data().prop_map(Surface::Balanced),
        (data(), vec(rational(), 0..4), rational()).prop_map(|(data, direction, value)| {
            Surface::Limit(Limit {
                data,
                direction,
                value,
            })
        }),
        minima().prop_map(Surface::Minima),
        (minimum(), rational()).prop_map(|(minimum, smoothness)| {
            Surface::Attraction(Box::new(Attraction {
                minimum,
                smoothness,
            }))
        }),
        (data(), vec((forms(), minima()), 0..3))
            .prop_map(|(data, parts)| Surface::Product(Product { data, parts })),
        (minimum(), (0_usize..3, 0_usize..3)).prop_map(|(minimum, inertia)| {
            let Minimum {
                data,
                chart,
                centre,
                half_width,
                error,
                ..
            } = minimum;
            Surface::Critical(Box::new(Critical {
                data,
                chart,
                centre,
                half_width,
                inertia,
                error,
            }))
        }),
    ]
}

fn predicate() -> impl Strategy<Value = Predicate> {
    let ends = (option::of(rational()), option::of(rational()));
    prop_oneof![
        (term(), name(), ends, 0_usize..3).prop_map(|(polynomial, variable, (from, to), count)| {
            Predicate::Roots {
                polynomial: Box::new(polynomial),
                variable,
                from,
                to,
                count,
            }
        }),
        (matrix(), [0_usize..3, 0..3, 0..3])
            .prop_map(|(matrix, counts)| Predicate::Inertia { matrix, counts }),
        (matrix(), 0_usize..3).prop_map(|(matrix, rank)| Predicate::Rank { matrix, rank }),
        surface().prop_map(Predicate::Surface),
    ]
}

fn formula() -> BoxedStrategy<Formula> {
    let holds = (predicate(), any::<bool>())
        .prop_map(|(predicate, holds)| Formula::Holds(predicate.into(), holds));
    let leaf = prop_oneof![
        3 => (term(), select(&Relation::ALL[..]), term())
            .prop_map(|(left, relation, right)| Formula::Compare(left, relation, right)),
        1 => (name(), vec(term(), 0..3)).prop_map(|(name, items)| Formula::Call(name, items)),
        1 => holds,
    ];
    leaf.boxed()
        .prop_recursive(3, 12, 3, |inner| {
            let items = vec(inner.clone(), 0..4);
            let boxed = inner.prop_map(Box::new);
            let bound = || vec(name(), 0..3);
            prop_oneof![
                items.clone().prop_map(Formula::And),
                items.prop_map(Formula::Or),
                (boxed.clone(), boxed.clone())
                    .prop_map(|(premise, then)| Formula::Implies(premise, then)),
                (bound(), boxed.clone()).prop_map(|(bound, body)| Formula::Forall(bound, body)),
                (bound(), boxed).prop_map(|(bound, body)| Formula::Exists(bound, body)),
            ]
        })
        .boxed()
}

/// A statement, whether it makes sense or not.
pub(crate) fn statement() -> impl Strategy<Value = Statement> {
    let body = prop_oneof![
        term().prop_map(Body::Term),
        formula().prop_map(Body::Formula),
        data().prop_map(Body::Error),
    ];
    let definition =
        (name(), vec(name(), 0..3), body).prop_map(|(name, parameters, body)| Definition {
            name,
            parameters,
            body,
        });
    (vec(definition, 0..3), formula()).prop_map(|(definitions, formula)| Statement {
        definitions,
        formula,
    })
}

/// Everything made of these terms in one step: sums and products of at most two items, quotients, powers, applications.
fn terms_of(inner: &[Term]) -> Vec<Term> {
    let mut all = vec![Term::Sum(Vec::new()), Term::Product(Vec::new())];
    for first in inner {
        let boxed = || Box::new(first.clone());
        all.push(Term::Sum(vec![first.clone()]));
        all.push(Term::Product(vec![first.clone()]));
        all.push(Term::Power(boxed(), 2));
        all.push(Term::Call("x".into(), vec![first.clone()]));
        for second in inner {
            let pair = || vec![first.clone(), second.clone()];
            all.push(Term::Sum(pair()));
            all.push(Term::Product(pair()));
            all.push(Term::Quotient(boxed(), Box::new(second.clone())));
        }
    }
    all
}

/// All terms of depth two over a variable and numbers of every shape.
pub(crate) fn small_terms() -> Vec<Term> {
    let numbers = [number(-1, 1), number(2, 1), number(-2, 3)].map(Term::Number);
    let leaves: Vec<Term> = [Term::Variable("x".into())]
        .into_iter()
        .chain(numbers)
        .collect();
    let mut inner = leaves.clone();
    inner.extend(terms_of(&leaves));
    let mut all = terms_of(&inner);
    all.extend(leaves);
    // Three items, so that nesting on either side differs from none.
    for a in &inner {
        for b in &inner {
            all.push(Term::Sum(vec![
                a.clone(),
                Term::Variable("x".into()),
                b.clone(),
            ]));
            all.push(Term::Product(
                vec![number(-1, 1), number(2, 1)]
                    .into_iter()
                    .map(Term::Number)
                    .chain([a.clone(), b.clone()])
                    .collect(),
            ));
        }
    }
    all
}

fn formulas_of(inner: &[Formula]) -> Vec<Formula> {
    let mut all = vec![Formula::And(Vec::new()), Formula::Or(Vec::new())];
    for first in inner {
        let boxed = || Box::new(first.clone());
        all.push(Formula::And(vec![first.clone()]));
        all.push(Formula::Or(vec![first.clone()]));
        for bound in [vec![], vec!["x".into()], vec!["x".into(), "or".into()]] {
            all.push(Formula::Forall(bound.clone(), boxed()));
            all.push(Formula::Exists(bound, boxed()));
        }
        for second in inner {
            let pair = || vec![first.clone(), second.clone()];
            all.push(Formula::And(pair()));
            all.push(Formula::Or(pair()));
            all.push(Formula::Implies(boxed(), Box::new(second.clone())));
        }
    }
    all
}

/// All formulas of depth two over a comparison, a call and a predicate.
pub(crate) fn small_formulas() -> Vec<Formula> {
    let x = || Term::Variable("x".into());
    let rank: Arc<Property> = Predicate::Rank {
        matrix: vec![vec![number(1, 2)]],
        rank: 1,
    }
    .into();
    let leaves = [
        Formula::Compare(x(), Relation::Less, x()),
        Formula::Call("x".into(), vec![x()]),
        Formula::Holds(rank.clone(), true),
        Formula::Holds(rank, false),
    ];
    let mut inner = leaves.to_vec();
    inner.extend(formulas_of(&leaves));
    formulas_of(&inner)
}
