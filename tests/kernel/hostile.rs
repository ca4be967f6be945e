//! Short texts that ask for much: the kernel rejects each within its limits.
#![allow(clippy::unwrap_used, clippy::format_collect, reason = "tests")]

use spurious::kernel::rejection::{DivisorFault, Premise, Rejection};
use spurious::kernel::verdict::Proved;

fn check(definitions: &str, formula: &str, evidence: &str) -> Rejection {
    let text =
        format!("(certificate 3 (step () (statement ({definitions}) {formula}) {evidence}))");
    Proved::check_text(&text).unwrap_err().reason
}

fn nested(times: usize, start: &str, around: impl Fn(String) -> String) -> String {
    (0..times).fold(start.to_string(), |term, _| around(term))
}

const RING: &str = "(cone () () ())";
const DIGITS: usize = spurious::kernel::limits::DIGITS;
const TOO_LARGE: Rejection = Rejection::TooLarge;

#[test]
fn powers_of_numbers() {
    assert_eq!(check("", "(= (^ 1 4000000000) 1)", RING), TOO_LARGE);
    let tower = nested(4, "2", |term| format!("(^ {term} 4096)"));
    assert_eq!(check("", &format!("(= {tower} 0)"), RING), TOO_LARGE);
    assert_eq!(
        check("", &format!("(< 0 {tower})"), "(interval 64)"),
        Rejection::Premise(Premise::Enclosure, vec![])
    );
    assert_eq!(
        check("", "(= (/ 1 (^ (^ 2 4096) 4096)) 0)", RING),
        TOO_LARGE
    );
}

#[test]
fn powers_of_sums() {
    let stated = "(forall (x y z) (= (^ (+ x y z 1) 1500) 0))";
    assert_eq!(
        check("", stated, "(fix (x y z) (cone () () ()))"),
        TOO_LARGE
    );
    let tower = nested(3, "(+ x 1/3)", |term| format!("(^ {term} 16)"));
    assert_eq!(
        check(
            "",
            &format!("(forall (x) (= {tower} 0))"),
            "(fix (x) (cone () () ()))"
        ),
        TOO_LARGE
    );
}

#[test]
fn sums_of_many_fractions() {
    let addends: String = (1..1200).map(|k| format!("(/ 1 (+ x {k})) ")).collect();
    let stated = format!("(forall (x) (implies (< 0 x) (= (+ {addends}) 0)))");
    let rejection = check("", &stated, "(fix (x) (assume (cone () () ())))");
    assert!(
        matches!(rejection, Rejection::Divisor(DivisorFault::MayVanish, _))
            || rejection == TOO_LARGE
    );
}

#[test]
fn definitions_that_double() {
    let doubling = |k| format!("(function f{} (x) (+ (call f{k} x) (call f{k} x))) ", k + 1);
    let definitions: String = (0..60).map(doubling).collect();
    let definitions = format!("(function f0 (x) (+ x 1)) {definitions}");
    assert_eq!(check(&definitions, "(= (call f60 0) 0)", RING), TOO_LARGE);
}

#[test]
fn definitions_that_nest() {
    let deep = |term: &str| nested(250, term, |term| format!("(sqrt {term})"));
    let definitions: String = (0..50)
        .map(|k| {
            format!(
                "(function f{} (x) {}) ",
                k + 1,
                deep(&format!("(call f{k} x)"))
            )
        })
        .collect();
    let definitions = format!("(function f0 (x) x) {definitions}");
    assert_eq!(check(&definitions, "(= (call f50 0) 0)", RING), TOO_LARGE);
}

#[test]
fn substitutions_that_double() {
    let term = nested(200, "x", |term| format!("(at (* x x) (x {term}))"));
    let rejection = check(
        "",
        &format!("(forall (x) (= {term} 0))"),
        "(fix (x) (cone () () ()))",
    );
    assert_eq!(rejection, TOO_LARGE);
}

#[test]
fn derivatives_of_derivatives() {
    let term = nested(90, "x", |term| format!("(d (/ x (+ 1 {term})) x)"));
    let rejection = check(
        "",
        &format!("(forall (x) (= {term} 0))"),
        "(fix (x) (cone () () ()))",
    );
    assert_eq!(rejection, TOO_LARGE);
}

#[test]
fn instances_that_double() {
    let sum = nested(10, "x", |term| format!("(+ {term} {term})"));
    let instances = nested(400, "(cone () () ())", |next| {
        format!("(instance 0 ({sum}) {next})")
    });
    let stated = format!("(forall (x) (implies (forall (y) (= (^ (+ y {sum}) 9) y)) (= x 0)))");
    let rejection = check("", &stated, &format!("(fix (x) (assume {instances}))"));
    assert_eq!(rejection, TOO_LARGE);
}

#[test]
fn matrices_of_long_fractions() {
    let entry = |k: u32| format!("1/{}", num_bigint::BigInt::from(10).pow(900) + k);
    let row = |i: u32| {
        format!(
            "({})",
            (0..60)
                .map(|j| entry(60 * i + j))
                .collect::<Vec<_>>()
                .join(" ")
        )
    };
    let rows = (0..60).map(row).collect::<Vec<_>>().join(" ");
    assert_eq!(
        check("", &format!("(holds (rank ({rows}) 60))"), "(rank)"),
        TOO_LARGE
    );
}

#[test]
fn polynomials_of_high_degree() {
    let stated = "(holds (roots (+ (^ x 4000) (* -1 (^ (+ x 1/3) 3999)) -7) x 0 none 1))";
    assert_eq!(check("", stated, "(roots (1 2 3 4 5 6 7 8 9))"), TOO_LARGE);
}

/// An empty sum is on the grid of the integers: to bring it onto this one first would take a gigabyte and a second.
#[test]
fn exponentials_of_absurd_precision() {
    for function in ["exp", "tanh", "log", "sqrt"].repeat(100) {
        let rejection = check(
            "",
            &format!("(< 0 ({function} (+)))"),
            "(interval 2147483000)",
        );
        assert_eq!(rejection, Rejection::Premise(Premise::Enclosure, vec![]));
    }
}

/// An odd number of the most digits.
fn long(last: u32) -> String {
    format!("{}{last:010}", "7294613058".repeat(DIGITS / 10 - 1))
}

#[test]
fn messages_that_write_out_nested_powers() {
    let term = nested(40, "x", |term| format!("(log (^ (+ 1 {term}) 3))"));
    let rejection = check(
        "",
        &format!("(forall (x) (< 0 {term}))"),
        "(fix (x) (cone () () ()))",
    );
    assert_eq!(
        rejection.to_string(),
        "the combination is not the goal; much is left over"
    );
    let rejection = check(
        "",
        &format!("(forall (x) (< 0 (/ 1 {term})))"),
        "(fix (x) (cone () () ()))",
    );
    assert!(
        matches!(rejection, Rejection::Divisor(DivisorFault::MayVanish, _)),
        "{rejection:?}"
    );
}

#[test]
fn common_divisors_of_long_numbers() {
    let constant = format!("(function c () 1/{}) ", long(1));
    for (addend, goal) in [
        ("(log (+ (* (call c) x) (* (call c) y)))", "(= {} 0)"),
        ("(exp (* (call c) x))", "(= {} 0)"),
    ] {
        let stated = format!(
            "(forall (x y) {})",
            goal.replace("{}", &format!("(+ {})", addend.repeat(100_000)))
        );
        assert_eq!(
            check(&constant, &stated, "(fix (x y) (cone () () ()))"),
            TOO_LARGE,
            "{addend}"
        );
    }
    let points: String = (0..500).map(|point| format!("{point} ")).collect();
    let stated = format!(
        "(holds (roots (+ (* x {}/{}) 1) x none none 0))",
        long(3),
        long(1)
    );
    assert_eq!(
        check("", &stated, &format!("(roots ({points}))")),
        Rejection::Premise(Premise::Predicate, vec![])
    );
    let below = format!("(and (< 1/{} x) (< x 2))", long(1));
    let stated = format!(
        "(forall (x) (implies {below} (< 0 (+ {}))))",
        "x ".repeat(1_000_000)
    );
    assert_eq!(
        check("", &stated, "(fix (x) (assume (interval 16000)))"),
        TOO_LARGE
    );
}

#[test]
fn copies_of_long_predicates() {
    let matrix = format!("(holds (rank (({})) 0))", "0 ".repeat(300_000));
    let premises = nested(450, "(each)", |next| format!("(premise 0 {next})"));
    let steps = format!(
        "(step () (statement () {matrix}) (rank)) (step (0) (statement () (and)) {premises})"
    );
    // Copies share the predicate.
    assert!(Proved::check_text(&format!("(certificate 3 {steps})")).is_ok());
    let (foralls, fixes) = (
        nested(400, &matrix, |f| format!("(forall () {f})")),
        nested(400, "(rank)", |p| format!("(fix () {p})")),
    );
    assert!(
        Proved::check_text(&format!(
            "(certificate 3 (step () (statement () {foralls}) {fixes}))"
        ))
        .is_ok()
    );
}

#[test]
fn exact_values_with_long_denominators() {
    let rows: String = (0..40)
        .map(|k| format!(" (({}) 1 1)", 130_000 - k))
        .collect();
    let minimum = format!(
        "(minimum (data tanh 1 (((1) 1/2 1){rows})) (chart ((0 1 ())) ()) (exp 0 (3)) 40 1/10 0 (0 1) none)"
    );
    let responses = format!("{}{}", num_bigint::BigInt::from(1) << 254, " 0".repeat(40));
    let evidence = format!("(surface (barrier 256 ({responses}) ((0)) ()))");
    let rejection = check("", &format!("(holds (surface {minimum}))"), &evidence);
    assert_eq!(rejection, TOO_LARGE);
}

#[test]
fn zeros_with_long_denominators() {
    let constant = format!("(function c () 1/{}) ", long(1));
    let rejection = check(
        &constant,
        &format!("(= (* 0 {}) 1)", "(call c) ".repeat(4_000)),
        RING,
    );
    assert!(
        matches!(rejection, Rejection::Combination(_)),
        "{rejection:?}"
    );
}

/// Sums of so many variables, their names, and their product.
fn dense(count: usize) -> (String, String) {
    let names = |letter: &str| {
        (0..count)
            .map(|k| format!("{letter}{k} "))
            .collect::<String>()
    };
    let (a, b) = (names("a"), names("b"));
    (format!("{a}{b}"), format!("(* (+ {a}) (+ {b}))"))
}

#[test]
fn long_sums_met_again_and_again() {
    let (names, product) = dense(500);
    let below = |x: &str, k, j| format!("(* {x} (+ (^ y {k})) (+ (^ z {j})))");
    let addends: String = (0..9_801)
        .map(|k| format!("(/ 1 {})", below("x x", k / 99 + 1, k % 99 + 1)))
        .collect();
    let sum = format!("(+ (/ {product} {}) {addends})", below("x", 100, 100));
    let stated =
        format!("(forall ({names} x y z) (implies (and (< 0 x) (< 0 y) (< 0 z)) (= {sum} 0)))");
    assert_eq!(
        check(
            "",
            &stated,
            &format!("(fix ({names} x y z) (assume {RING}))")
        ),
        TOO_LARGE
    );
    let (names, product) = dense(1_000);
    let same = nested(270, &product, |term| format!("(^ {term} 1)"));
    assert_eq!(
        check(
            "",
            &format!("(forall ({names}) (= {same} 0))"),
            &format!("(fix ({names}) {RING})")
        ),
        TOO_LARGE
    );
}

#[test]
fn products_of_long_monomials() {
    let names = |letter: &str, count: usize| {
        (0..count)
            .map(|k| format!("{letter}{k} "))
            .collect::<String>()
    };
    let [a, b, x, y] = [("a", 1_200), ("b", 1_200), ("x", 1_000), ("y", 1_000)]
        .map(|(letter, n)| names(letter, n));
    let stated = format!("(forall ({a} {b} {x} {y}) (= (* (* {x} (+ {a})) (* {y} (+ {b}))) 0))");
    assert_eq!(
        check("", &stated, &format!("(fix ({a} {b} {x} {y}) {RING})")),
        TOO_LARGE
    );
}

#[test]
fn rows_with_different_denominators() {
    let rows: String = (0..1_500u64)
        .map(|k| format!("((1) 1/{} 1)", (1u64 << 62) + 2 * k * k + 2 * k + 1))
        .collect();
    let data = format!("(data tanh 1 ({rows}))");
    let limit = format!("(holds (surface (limit {data} (1) 0)))");
    assert_eq!(check("", &limit, "(surface (compute))"), TOO_LARGE);
    let minima = format!("(holds (surface (minima {data} (chart ((0 1 ())) ()) () none)))");
    assert_eq!(
        check("", &minima, "(surface (cells () ((in 0) (in 0))))"),
        TOO_LARGE
    );
}

#[test]
fn many_comparisons_of_a_training_set() {
    let rows = "((1) 1 1) ".repeat(2000);
    let spurious = format!("(holds (surface (has-spurious (data tanh 1 ({rows})))))");
    let (many, proofs) = ("(= 0 0) ".repeat(1000), "(hypothesis 0) ".repeat(1000));
    let stated = format!("(implies {spurious} (implies (or {many}) {spurious}))");
    assert_eq!(
        check(
            "",
            &stated,
            &format!("(assume (assume (cases 1 ({proofs}))))")
        ),
        TOO_LARGE
    );
}

/// Definitions of predicates, each of which calls the one before it in such a body.
fn chain(times: usize, first: &str, body: impl Fn(String) -> String) -> String {
    let call = |k| body(format!("(call p{k} x)"));
    let next = |k| format!("(predicate p{} (x) {}) ", k + 1, call(k));
    format!(
        "(predicate p0 (x) {first}) {}",
        (0..times).map(next).collect::<String>()
    )
}

#[test]
fn predicates_that_double() {
    let double = |call: String| format!("(and {call} {call})");
    let definitions = chain(30, "(and)", double);
    assert_eq!(check(&definitions, "(call p30 0)", "(each)"), TOO_LARGE);
    let definitions = chain(30, "(and)", |call| format!("(exists (y) {})", double(call)));
    assert_eq!(check(&definitions, "(call p30 0)", "(each)"), TOO_LARGE);
}

#[test]
fn formulas_that_nest_through_definitions() {
    for (start, end) in [
        ("(and ", ")"),
        ("(or ", ")"),
        ("(forall () ", ")"),
        ("(implies (or) ", ")"),
        ("(implies ", " (or))"),
    ] {
        let definitions = chain(100, "(and)", |call| {
            nested(470, &call, |formula| format!("{start}{formula}{end}"))
        });
        assert_eq!(check(&definitions, "(call p100 0)", "(each)"), TOO_LARGE);
    }
}

#[test]
fn terms_that_nest_through_predicates() {
    let deep = nested(470, "x", |term| format!("(sqrt {term})"));
    let definitions = chain(120, "(< x x)", |call| call.replace('x', &deep));
    assert_eq!(check(&definitions, "(call p120 0)", "(each)"), TOO_LARGE);
}

#[test]
fn texts_of_many_items() {
    for many in ["()", "(and)", "(each)", "(each (each))"] {
        let evidence = format!("(each {})", many.repeat(4_500_000));
        assert_eq!(check("", "(and)", &evidence), TOO_LARGE, "{many}");
    }
    for (formula, evidence) in [
        (format!("(= 0 (+ {}))", "1 ".repeat(4_500_000)), RING),
        (format!("(= 0 (+ {}))", "x ".repeat(4_500_000)), RING),
    ] {
        assert_eq!(check("", &formula, evidence), TOO_LARGE);
    }
}

#[test]
fn numbers_that_are_long_to_read() {
    let fractions: String = (0..400)
        .map(|k| format!("{}/{} ", long(10 * k + 1), long(10 * k + 3)))
        .collect();
    let rejection = check("", "(= 0 0)", &format!("(roots ({fractions}))"));
    assert!(
        matches!(rejection, Rejection::Read(_)) || rejection == TOO_LARGE,
        "{rejection:?}"
    );
}

#[test]
fn scopes_that_are_copied_again_and_again() {
    let names: String = (0..100_000).map(|k| format!("v{k} ")).collect();
    let formula = nested(400, "(and)", |formula| format!("(forall () {formula})"));
    let evidence = nested(400, "(each)", |proof| format!("(fix () {proof})"));
    let rejection = check(
        "",
        &format!("(forall ({names}) {formula})"),
        &format!("(fix ({names}) {evidence})"),
    );
    assert_eq!(rejection, TOO_LARGE);
}

#[test]
fn steps_are_those_of_the_whole_certificate() {
    let step = format!(
        "(step () (statement () (= (^ {} 400) 0)) {RING})",
        "(+ 1 1)"
    );
    let one = format!("(certificate 3 {step})");
    let rejected = Proved::check_text(&one).unwrap_err();
    assert!(matches!(rejected.reason, Rejection::Combination(_)));
    let rank = format!(
        "(step () (statement () (holds (rank (({})) 0))) (rank))",
        "0 ".repeat(300_000)
    );
    let rejected = Proved::check_text(&format!("(certificate 3 {})", rank.repeat(20))).unwrap_err();
    assert_eq!(rejected.reason, TOO_LARGE);
    assert!(rejected.step.is_none_or(|step| step > 0));
}

#[test]
fn common_denominators_that_come_last() {
    let row = format!("{} 1/{}", "1 ".repeat(300_000), long(1));
    let rejection = check("", &format!("(holds (rank (({row})) 1))"), "(rank)");
    assert_eq!(rejection, TOO_LARGE);
}

#[test]
fn predicates_that_are_compared_again_and_again() {
    let predicate = format!("(holds (rank (({})) 0))", "0 ".repeat(300_000));
    let conclusions = format!("{predicate} {}", "(call q) ".repeat(100));
    let rejection = check(
        &format!("(predicate q () {predicate})"),
        &format!("(implies {predicate} (and {conclusions}))"),
        &format!("(assume (each {}))", "(hypothesis 0) ".repeat(101)),
    );
    assert_eq!(rejection, TOO_LARGE);
}

/// Two quotients of Fibonacci numbers, which agree in all but the last of their partial quotients.
fn fibonacci() -> [String; 2] {
    let [mut a, mut b] = [1, 1].map(num_bigint::BigInt::from);
    let most = num_bigint::BigInt::from(10).pow(u32::try_from(DIGITS - 2).unwrap());
    while b < most {
        (a, b) = (b.clone(), a + b);
    }
    let next = &a + &b;
    [format!("{b}/{a}"), format!("{next}/{b}")]
}

#[test]
fn comparisons_of_fractions_that_are_nearly_equal() {
    let [p, q] = fibonacci();
    let (goals, proofs) = ("(< 0 x) ".repeat(2_000), "(interval 64) ".repeat(2_000));
    let rejection = check(
        "",
        &format!("(forall (x) (implies (and (< {p} x) (< {q} x) (< x 2)) (and {goals} (< x 0))))"),
        &format!("(fix (x) (assume (each {proofs} (interval 64))))"),
    );
    assert!(
        [TOO_LARGE, Rejection::Premise(Premise::Decided, vec![])].contains(&rejection),
        "{rejection:?}"
    );
}

#[test]
fn limits_of_a_training_set_again_and_again() {
    let limit = format!(
        "(holds (surface (limit (data tanh 1 ({})) (1) 0)))",
        "((1) 1 1) ".repeat(50_000)
    );
    let rejection = check(
        &format!("(predicate p () {limit})"),
        &format!("(and {})", "(call p) ".repeat(2_000)),
        &format!("(each {})", "(surface (compute)) ".repeat(2_000)),
    );
    assert_eq!(rejection, TOO_LARGE);
}
