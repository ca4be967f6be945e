//! The known training sets: what is certified of each.

use spurious::kernel::sexp;
use spurious::kernel::surface::{Evidence, Statement, Unit, check};
use spurious::prover::surface::barrier::{Problem, prove};
use spurious::prover::surface::{find, write};
use spurious::unit::{Reading, TrainingSet};
use std::path::Path;
use std::time::Instant;

fn load(name: &str) -> TrainingSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/data").join(name);
    TrainingSet::read(&path, Reading { unit: Unit::Tanh, threshold: false }).unwrap()
}

#[test]
fn show() {
    for name in [
        "ss89-printed.csv",
        "ss89-v7.csv",
        "ss89-v11.csv",
        "ss89-corrected.csv",
        "xor.csv",
        "xor-five.csv",
        "xor-zero-one.csv",
    ] {
        let set = load(name);
        let t0 = Instant::now();
        let problem = Problem::new(set.plain());
        let found = find::search(&problem.floats, 1, 64);
        let t1 = Instant::now();
        println!("{name}: {} candidates, search {:?}", found.len(), t1 - t0);
        for c in found.iter().take(5) {
            println!("  {} {:?} {}", c.error, c.point, c.minimum);
            if !c.minimum {
                continue;
            }
            let lower = found.first().filter(|l| l.error < c.error - 1e-9).map(|l| l.point.as_slice());
            let t2 = Instant::now();
            let Some((statement, evidence)) = prove(&problem, &c.point, lower, 0.95) else {
                println!("   no proof");
                continue;
            };
            let t3 = Instant::now();
            let (statement, evidence) = (Statement::Minimum(Box::new(statement)), Evidence::Barrier(evidence));
            let r = check(&statement, &evidence);
            let t4 = Instant::now();
            println!("   prove {:?} check {:?} {:?}", t3 - t2, t4 - t3, r);
            println!("{statement}");
            let text = write::statement(&statement);
            assert_eq!(Statement::read(&sexp::read(&text).unwrap()).unwrap(), statement);
            let text = write::evidence(&evidence);
            assert_eq!(Evidence::read(&sexp::read(&text).unwrap()).unwrap(), evidence);
            let text = write::certificate([(&statement, &evidence)]);
            spurious::kernel::verdict::Proved::check_text(&text).unwrap();
        }
    }
}
