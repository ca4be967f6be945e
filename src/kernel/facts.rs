//! The laws of exp, log, sqrt, abs, min and max that a proof may use. Part of the trusted kernel.
//!
//! Nothing else is assumed about these functions, but for exp(s + t) = exp(s) exp(t), exp(0) = 1 and
//! tanh(t) = (exp(2t) − 1)/(exp(2t) + 1), which the normal form carries out, and the enclosures of the interval rule.

use super::{Checked, Formula, Name, NameFault, Rejection, Term, count, sexp, substitute_formula};

/// Every law: its name, the variables that it is about, and what it says for all real values of them.
pub const LAWS: [(&str, &[&str], &str); 9] = [
    ("exp_positive", &["t"], "(< 0 (exp t))"),
    ("exp_tangent", &["t"], "(<= (+ 1 t) (exp t))"),
    (
        "exp_increasing",
        &["s", "t"],
        "(implies (< s t) (< (exp s) (exp t)))",
    ),
    ("exp_log", &["t"], "(implies (< 0 t) (= (exp (log t)) t))"),
    ("log_exp", &["t"], "(= (log (exp t)) t)"),
    (
        "sqrt_square",
        &["t"],
        "(implies (<= 0 t) (and (<= 0 (sqrt t)) (= (^ (sqrt t) 2) t)))",
    ),
    (
        "abs_cases",
        &["t"],
        "(or (and (<= 0 t) (= (abs t) t)) (and (<= t 0) (= (abs t) (* -1 t))))",
    ),
    (
        "min_cases",
        &["s", "t"],
        "(or (and (<= s t) (= (min s t) s) (= (min t s) s)) (and (<= t s) (= (min t s) t) (= (min s t) t)))",
    ),
    (
        "max_cases",
        &["s", "t"],
        "(or (and (<= s t) (= (max s t) t) (= (max t s) t)) (and (<= t s) (= (max t s) s) (= (max s t) s)))",
    ),
];

/// The instance of a law at terms.
///
/// ```text
/// ──────────────  for all real s and t
///   law(s, t)
/// ```
///
/// # Errors
/// `Rejection` for another name or number of terms.
pub fn instance(law: &Name, terms: &[Term]) -> Checked<Formula> {
    let (_, names, says) = LAWS
        .into_iter()
        .find(|(known, ..)| *known == &**law)
        .ok_or_else(|| Rejection::Name(NameFault::Law, law.clone()))?;
    count(names.len(), terms.len())?;
    let by = names
        .iter()
        .copied()
        .map(Name::from)
        .zip(terms.iter().cloned())
        .collect();
    substitute_formula(&sexp::read(says)?.read()?, &by)
}
