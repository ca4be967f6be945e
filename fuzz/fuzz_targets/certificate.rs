//! Certificate texts, as they come and with mutations: no panic; what reads back is what was written; one verdict on both.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spurious::certificate::{self, StepText, VERSION};
use spurious::kernel::proof::Proof;
use spurious::kernel::sexp::{self, Sexp};
use spurious::kernel::term::Statement;
use spurious::kernel::verdict::Proved;

type Step = (Vec<usize>, Statement, Proof);

fn step_of(sexp: &Sexp<'_>) -> Option<Step> {
    let ("step", [premises, statement, proof]) = sexp.form().ok()? else {
        return None;
    };
    Some((
        premises.read().ok()?,
        statement.read().ok()?,
        proof.read().ok()?,
    ))
}

/// The steps of a certificate, if every one of them reads.
fn steps(text: &str) -> Option<Vec<Step>> {
    let certificate = sexp::read(text).ok()?;
    let ("certificate", [version, steps @ ..]) = certificate.form().ok()? else {
        return None;
    };
    if version.word() != Ok(VERSION) {
        return None;
    }
    steps.iter().map(step_of).collect()
}

fn written(steps: &[Step]) -> String {
    let steps = steps
        .iter()
        .map(|(premises, statement, proof)| StepText::new(statement, proof).step(premises));
    certificate::file(steps)
}

fuzz_target!(|text: &str| {
    let verdict = Proved::check_text(text);
    let Some(read) = steps(text) else {
        assert!(verdict.is_err(), "accepted without being read");
        return;
    };
    let again = written(&read);
    assert_eq!(steps(&again).as_ref(), Some(&read), "{again}");
    match (verdict, Proved::check_text(&again)) {
        (Ok(proved), Ok(same)) => {
            assert_eq!(proved.len(), read.len());
            for ((proved, same), (_, stated, _)) in proved.iter().zip(&same).zip(&read) {
                assert_eq!(proved.statement(), stated);
                assert_eq!(same.statement(), stated);
                assert_eq!(same.reduced(), proved.reduced());
                let text = certificate::text(stated);
                let back: Statement = sexp::read(&text).unwrap().read().unwrap();
                assert_eq!(back.to_string(), proved.statement().to_string());
            }
        }
        (Err(first), Err(second)) => {
            assert_eq!(first, second);
            let _ = first.to_string();
        }
        (first, second) => panic!("{first:?}\n{second:?}"),
    }
});
