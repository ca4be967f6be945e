//! The laws of functions that a proof may use. Part of the trusted kernel.
//!
//! Nothing else is assumed about these functions, but for exp(s + t) = exp(s) exp(t), exp(0) = 1 and
//! tanh(t) = (exp(2t) − 1)/(exp(2t) + 1), which the normal form carries out, the enclosures of the interval rule, and
//! their derivatives.

use super::{Checked, Formula, Name, NameFault, Rejection, Term, count, sexp, substitute_formula};

/// Every law: its name, the variables that it is about, and what it says for all real values of them.
pub const LAWS: [&str; 16] = [
    "(exp_positive (t) (< 0 (exp t)))",
    "(exp_tangent (t) (<= (+ 1 t) (exp t)))",
    "(exp_increasing (s t) (implies (< s t) (< (exp s) (exp t))))",
    "(exp_log (t) (implies (< 0 t) (= (exp (log t)) t)))",
    "(log_exp (t) (= (log (exp t)) t))",
    "(sqrt_square (t) (implies (<= 0 t) (and (<= 0 (sqrt t)) (= (^ (sqrt t) 2) t))))",
    "(abs_cases (t) (or (and (<= 0 t) (= (abs t) t)) (and (<= t 0) (= (abs t) (* -1 t)))))",
    "(min_cases (s t) (or (and (<= s t) (= (min s t) s) (= (min t s) s)) (and (<= t s) (= (min t s) t) (= (min s t) t))))",
    "(max_cases (s t) (or (and (<= s t) (= (max s t) t) (= (max t s) t)) (and (<= t s) (= (max t s) s) (= (max s t) s))))",
    "(trichotomy (s t) (or (< s t) (= s t) (< t s)))",
    "(sin_cos_square (t) (= (+ (^ (sin t) 2) (^ (cos t) 2)) 1))",
    "(sin_cos_sum (s t) (and (= (sin (+ s t)) (+ (* (sin s) (cos t)) (* (cos s) (sin t)))) (= (cos (+ s t)) (+ (* (cos s) (cos t)) (* -1 (sin s) (sin t))))))",
    "(sin_cos_zero () (and (= (sin 0) 0) (= (cos 0) 1)))",
    "(sin_cos_opposite (t) (and (= (sin (* -1 t)) (* -1 (sin t))) (= (cos (* -1 t)) (cos t))))",
    "(tangent_arctan (t) (and (< 0 (cos (arctan t))) (= (sin (arctan t)) (* t (cos (arctan t))))))",
    "(arctan_range (t) (and (< (* -2 (arctan 1)) (arctan t)) (< (arctan t) (* 2 (arctan 1)))))",
];

/// The name of a law.
pub fn name(law: &'static str) -> &'static str {
    law.trim_start_matches('(').split(' ').next().unwrap_or(law)
}

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
    let text = LAWS.into_iter().find(|known| name(known) == &**law);
    let text = text.ok_or_else(|| Rejection::Name(NameFault::Law, law.clone()))?;
    let says = sexp::read(text)?;
    let (_, [names, formula]) = says.form()? else {
        return Err(says.unknown().into());
    };
    let names: Vec<Name> = names.read()?;
    count(names.len(), terms.len())?;
    let by = names.into_iter().zip(terms.iter().cloned()).collect();
    substitute_formula(&formula.read()?, &by)
}
