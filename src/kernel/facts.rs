//! The laws of exp, log, sqrt, abs, min and max that a proof may use. Part of the trusted kernel.
//!
//! Nothing else is assumed about these functions, but for exp(s + t) = exp(s) exp(t), exp(0) = 1 and
//! tanh(t) = (exp(2t) − 1)/(exp(2t) + 1), which the normal form carries out, and the enclosures of the interval rule.

use super::proof::Law;
use super::read::formula;
use super::reduce::substitute_formula;
use super::sexp;
use super::term::{Formula, Name, Term};

/// What a law says for all real s and t.
fn text(law: Law) -> &'static str {
    match law {
        Law::ExpPositive => "(< 0 (exp t))",
        Law::ExpTangent => "(<= (+ 1 t) (exp t))",
        Law::ExpIncreasing => "(implies (< s t) (< (exp s) (exp t)))",
        Law::ExpLog => "(implies (< 0 t) (= (exp (log t)) t))",
        Law::LogExp => "(= (log (exp t)) t)",
        Law::SqrtSquare => "(implies (<= 0 t) (and (<= 0 (sqrt t)) (= (^ (sqrt t) 2) t)))",
        Law::AbsCases => "(or (and (<= 0 t) (= (abs t) t)) (and (<= t 0) (= (abs t) (* -1 t))))",
        Law::MinCases => {
            "(or (and (<= s t) (= (min s t) s) (= (min t s) s)) (and (<= t s) (= (min t s) t) (= (min s t) t)))"
        }
        Law::MaxCases => {
            "(or (and (<= s t) (= (max s t) t) (= (max t s) t)) (and (<= t s) (= (max t s) s) (= (max s t) s)))"
        }
    }
}

/// The instance of a law at terms, t or s and t; `None` for another number of terms.
///
/// ```text
/// ──────────────  for all real s and t
///   law(s, t)
/// ```
#[must_use]
pub fn instance(law: Law, terms: &[Term]) -> Option<Formula> {
    let (.., arity) = Law::ALL.into_iter().find(|(known, ..)| *known == law)?;
    let names: &[&str] = if arity == 1 { &["t"] } else { &["s", "t"] };
    let by = names.iter().copied().map(Name::from).zip(terms.iter().cloned()).collect();
    let law = formula(&sexp::read(text(law)).ok()?).ok()?;
    (names.len() == terms.len()).then(|| substitute_formula(&law, &by).ok())?
}
