//! The strict reader on hostile text: an error that names the place, never a panic, and within the limits.
#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    clippy::indexing_slicing,
    reason = "tests"
)]

use proptest::prelude::*;
use spurious::kernel::limits;
use spurious::kernel::number::NumberFault::*;
use spurious::kernel::rejection::{NameFault, Premise, Rejected, Rejection};
use spurious::kernel::sexp::{ReadError, ReadFault, read};
use spurious::kernel::verdict::Proved;
use std::path::Path;

fn fault(text: &str) -> (usize, ReadFault) {
    match Proved::check_text(text) {
        Err(Rejected {
            reason: Rejection::Read(ReadError { at, fault }),
            ..
        }) => (at, fault),
        other => panic!("{other:?}"),
    }
}

const GOOD: &str = "(certificate 3 (step () (statement () (= 1 1)) (cone () () ())))";

fn instead(from: &str, to: &str) -> (usize, ReadFault) {
    assert!(GOOD.contains(from));
    fault(&GOOD.replacen(from, to, 1))
}

#[test]
fn the_good_text_is_accepted() {
    assert_eq!(Proved::check_text(GOOD).unwrap().len(), 1);
    assert!(Proved::check_text(&GOOD.replace(' ', "\r\n\t ")).is_ok());
}

#[test]
fn every_prefix_is_truncated() {
    for end in 0..GOOD.len() {
        assert_eq!(fault(&GOOD[..end]), (end, ReadFault::Truncated));
    }
}

#[test]
fn nothing_may_follow() {
    for tail in [")", "(", "x", " 1", "\n()"] {
        let (at, fault) = fault(&format!("{GOOD}{tail}"));
        assert_eq!(fault, ReadFault::Trailing, "{tail}");
        assert!(at >= GOOD.len());
    }
    assert_eq!(fault(")"), (0, ReadFault::Trailing));
}

#[test]
fn bytes_outside_words() {
    for byte in [
        "\"", "'", ";", "\\", "`", "\0", "\u{7f}", "é", "∀", "\u{feff}", "\u{200b}", "\u{b}",
    ] {
        assert_eq!(
            instead("1 1", &format!("{byte} 1")).1,
            ReadFault::BadByte(byte.as_bytes()[0]),
            "{byte:?}"
        );
    }
}

#[test]
fn nesting_is_bounded() {
    let deep = |n: usize| format!("{}{}", "(".repeat(n), ")".repeat(n));
    assert!(read(&deep(limits::DEPTH)).is_ok());
    let found = read(&deep(limits::DEPTH + 1)).unwrap_err();
    assert_eq!(
        found,
        ReadError {
            at: limits::DEPTH,
            fault: ReadFault::TooDeep
        }
    );
    assert_eq!(
        fault(&"(".repeat(5_000_000)),
        (limits::DEPTH, ReadFault::TooDeep)
    );
}

#[test]
fn deep_terms_formulas_and_proofs_do_not_overflow_the_stack() {
    let nested = |n: usize, start: &str, head: &str| {
        format!("{}{start}{}", format!("({head} ").repeat(n), ")".repeat(n))
    };
    let term = nested(490, "1", "+");
    assert!(Proved::check_text(&GOOD.replacen("1 1", &format!("{term} 1"), 1)).is_ok());
    let formula = nested(490, "(= 1 1)", "and");
    let evidence = nested(490, "(cone () () ())", "each");
    let text = GOOD
        .replacen("(= 1 1)", &formula, 1)
        .replacen("(cone () () ())", &evidence, 1);
    assert!(Proved::check_text(&text).is_ok());
    let absurd = nested(490, "(cone () () ())", "absurd");
    let text = GOOD.replacen("(cone () () ())", &absurd, 1);
    assert_eq!(
        Proved::check_text(&text).unwrap_err().reason,
        Rejection::Premise(Premise::Strict, vec![])
    );
}

#[test]
fn numbers_are_canonical() {
    let number = |text: &str| match instead("1 1", &format!("1 {text}")).1 {
        ReadFault::Number(fault) => fault,
        other => panic!("{text}: {other:?}"),
    };
    for text in [
        "01", "-0", "00", "2/4", "-2/4", "1/1", "1/0", "0/1", "0/5", "4/2", "1/02", "1/-2",
    ] {
        assert_eq!(number(text), NotCanonical, "{text}");
    }
    for text in [
        "-", "--1", "1.5", "1e5", "1_000", "0x10", "1/", "1/2/3", "-+1", "1-",
    ] {
        assert_eq!(number(text), Malformed, "{text}");
    }
    for text in ["+1", "/2", ".5", "NaN?", "x'", "x.y", "é"] {
        let found = instead("1 1", &format!("1 {text}")).1;
        assert!(
            matches!(found, ReadFault::Expected("a name") | ReadFault::BadByte(_)),
            "{text} {found:?}"
        );
    }
    assert_eq!(number(&"7".repeat(limits::DIGITS + 1)), TooLong);
    assert_eq!(number(&"7".repeat(1_000_000)), TooLong);
    assert_eq!(number(&format!("1/{}", "7".repeat(1_000_000))), TooLong);
    let long = "7".repeat(limits::DIGITS);
    assert!(Proved::check_text(&GOOD.replacen("1 1", &format!("{long} {long}"), 1)).is_ok());
}

#[test]
fn indices_fit() {
    let index = |text: &str| {
        let evidence = format!("(hypothesis {text})");
        Proved::check_text(&GOOD.replacen("(cone () () ())", &evidence, 1))
            .unwrap_err()
            .reason
    };
    assert_eq!(
        index("18446744073709551615"),
        Rejection::Premise(Premise::Hypothesis, vec![usize::MAX])
    );
    for text in ["18446744073709551616", "-1"] {
        assert!(
            matches!(
                index(text),
                Rejection::Read(ReadError {
                    fault: ReadFault::Number(TooLong),
                    ..
                })
            ),
            "{text}"
        );
    }
    for text in ["1/2", "x", "()"] {
        assert!(matches!(index(text), Rejection::Read(_)), "{text}");
    }
    assert_eq!(
        instead("(= 1 1)", "(= (^ 1 4294967296) 1)").1,
        ReadFault::Number(TooLong)
    );
    assert_eq!(
        instead("(cone () () ())", "(interval 4294967296)").1,
        ReadFault::Number(TooLong)
    );
}

#[test]
fn shapes_are_exact() {
    let shapes = [
        ("(= 1 1)", "(= 1)"),
        ("(= 1 1)", "(= 1 1 1)"),
        ("(= 1 1)", "(=)"),
        ("(= 1 1)", "()"),
        ("(= 1 1)", "="),
        ("(= 1 1)", "((= 1 1))"),
        ("(= 1 1)", "(> 1 1)"),
        ("(= 1 1)", "(not (= 1 1))"),
        ("(= 1 1)", "(forall x (= 1 1))"),
        ("(= 1 1)", "(holds (rank ((1)) 1) 1)"),
        ("(= 1 1)", "(= (/ 1) 1)"),
        ("(= 1 1)", "(= (^ 1 -1) 1)"),
        ("(= 1 1)", "(= (^ 1 1/2) 1)"),
        ("(= 1 1)", "(= (at) 1)"),
        ("(= 1 1)", "(= (call) 1)"),
        ("(= 1 1)", "(= (tan 1) 1)"),
        ("(certificate 3", "(certificate ()"),
        ("(certificate 3", "(certificate"),
        ("(certificate", "(Certificate"),
        ("(step ()", "(step"),
        ("(statement ()", "(statement (x)"),
        ("(statement ()", "(statement ((macro f (x) x))"),
        ("(cone () () ())", "(cone () ())"),
        ("(cone () () ())", "(cone () () () ())"),
        ("(cone () () ())", "(cone (x) () ())"),
        ("(cone () () ())", "(cone () ((1 ())) ())"),
        ("(cone () () ())", "(trust)"),
        ("(cone () () ())", "cone"),
        ("(cone () () ())", "(compute 1)"),
    ];
    for (from, to) in shapes {
        let (_, fault) = instead(from, to);
        assert!(
            !matches!(fault, ReadFault::Truncated | ReadFault::Trailing),
            "{to}: {fault:?}"
        );
    }
    assert!(matches!(fault("(certificate 3)").1, ReadFault::Unknown(_)));
}

#[test]
fn another_version_is_named() {
    for version in ["1", "2", "03", "two", "2/1"] {
        let text = GOOD.replacen("(certificate 3", &format!("(certificate {version}"), 1);
        let rejected = Proved::check_text(&text).unwrap_err();
        assert_eq!(rejected.reason, Rejection::Version(version.to_string()));
        assert_eq!(
            rejected.to_string(),
            format!("the certificate is of version {version}, and only version 3 is known")
        );
    }
}

#[test]
fn a_rejection_names_its_step() {
    let step = "(step () (statement () (= 1 1)) (cone () () ()))";
    let text =
        format!("(certificate 3 {step} {step} (step (0) (statement () (or)) (premise 1 x)))");
    assert_eq!(Proved::check_text(&text).unwrap_err().step, Some(2));
    let text = format!("(certificate 3 {step} {})", step.replace("1 1", "1 2"));
    let rejected = Proved::check_text(&text).unwrap_err();
    assert_eq!(
        rejected.to_string(),
        "step 1: the combination is not the goal; left over: 1"
    );
}

#[test]
fn long_names_are_rejected() {
    let named = |length| GOOD.replacen("1 1", &format!("{} 1", "x".repeat(length)), 1);
    assert_eq!(fault(&named(limits::NAME_BYTES + 1)).1, ReadFault::LongName);
    let rejected = Proved::check_text(&named(limits::NAME_BYTES)).unwrap_err();
    assert!(matches!(
        rejected.reason,
        Rejection::Name(NameFault::Unbound, _)
    ));
}

#[test]
fn long_words_are_quoted_in_part() {
    let found = instead("=", &"w".repeat(100_000)).1;
    assert_eq!(found, ReadFault::Unknown("w".repeat(40)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_is_no_certificate(text in "[()a-z0-9 /^+*<=.-]{0,200}") {
        prop_assert!(Proved::check_text(&text).is_err());
    }

    #[test]
    fn shuffled_certificates_never_panic(which in any::<prop::sample::Index>(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 4)) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates/accepted");
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let text = std::fs::read_to_string(which.get(&paths)).unwrap();
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len())).collect();
        at.sort_unstable();
        let pieces = [&text[..at[0]], &text[at[2]..at[3]], &text[at[1]..at[2]], &text[at[0]..at[1]], &text[at[3]..]];
        let _ = Proved::check_text(&pieces.concat());
    }
}
