//! The trusted checker: accepts or rejects a certificate for a statement, in exact rational arithmetic.
//!
//! TRUSTED. It has no float, depends on `num-bigint`, `num-rational` and `num-traits` and on nothing else of this
//! crate, and compiles alone. It does not search: whatever is hard to find travels in the certificate.
#![deny(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    clippy::expect_used
)]
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "what a rule does not name it refuses; what a walk does not name it walks"
)]
#![allow(
    clippy::must_use_candidate,
    reason = "whatever may fail is a Result or an Option, and every other value is a part of one"
)]

pub mod calculus;
pub mod check;
pub mod cone;
pub mod context;
pub mod evaluate;
pub mod facts;
pub mod fraction;
pub mod interval;
pub mod limits;
pub mod matrix;
pub mod normal;
pub mod number;
pub mod poly;
pub mod proof;
pub mod read;
pub mod reduce;
pub mod rejection;
pub mod roots;
pub mod sexp;
pub mod show;
pub mod surface;
pub mod term;
pub mod verdict;
pub mod walk;

// What the rooms of the kernel know each other by.
use calculus::Theorem;
use check::Checker;
use context::{Cleared, Context};
use fraction::{combination, dyadic, order, product, products, ratio, sum};
use interval::{Interval, only};
use limits::{TooLarge, bounded, spend};
use matrix::Matrix;
use normal::{Atoms, Fraction};
use number::{Int, NumberFault, Rational, dot, gcd, length, longest, parse_int, parse_rational};
use poly::{Atom, Monomial, Poly};
use proof::{Cone, Proof, Summand};
use read::{Items, Read, forms, nothing, record, silent, words};
use reduce::{Reducer, Substitution, number, substitute_formula};
use rejection::{
    Checked, DivisorFault, NameFault, Premise, Rejected, Rejection, allow, compare, count, ensure,
    fails,
};
use sexp::{ReadError, ReadFault, Sexp};
use show::{Show, Sink, each, form};
use term::{
    Body, Definition, Formula, Function, Name, Predicate, Property, Relation, Statement, Term,
};
