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

#[test]
fn cells() {
    use spurious::prover::surface::cells;
    for name in ["xor.csv", "xor-five.csv", "xor-zero-one.csv", "and.csv"] {
        let set = load(name);
        let problem = Problem::new(set.plain());
        let found = find::search(&problem.floats, 1, 64);
        let corner = cells::least_corner(&problem);
        println!("{name} {corner:?}");
        for floors in [vec![None], vec![corner.map(|c| c.0)]] {
            let t0 = Instant::now();
            let Some((minima, shown)) = cells::list(&problem, &found, &floors) else {
                println!("  none {:?}", t0.elapsed());
                continue;
            };
            let t1 = Instant::now();
            let (statement, evidence) = (Statement::Minima(minima), Evidence::Cells(shown));
            let text = write::evidence(&evidence);
            let t2 = Instant::now();
            println!(
                "  found {:?} {} bytes {} leaves",
                t1 - t0,
                text.len(),
                text.matches("slope").count() + text.matches("bend").count() + text.matches("(in").count()
            );
            let r = check(&statement, &evidence);
            println!("  {:?} {r:?}", t2.elapsed());
        }
    }
}
