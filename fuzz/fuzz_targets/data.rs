//! Data files, CSV and JSON: no panic; a training set that was read is read again from what is written of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use spurious::kernel::surface::Unit;
use spurious::unit::{Reading, TrainingSet};

const READING: Reading = Reading {
    unit: Unit::Tanh,
    threshold: false,
};

fn as_json(set: &TrainingSet) -> Vec<u8> {
    let text = |x: &spurious::kernel::number::Rational| x.to_string();
    let row = |row: &spurious::kernel::surface::Row| {
        let input: Vec<String> = row.input.iter().map(text).collect();
        json!({"input": input, "target": text(&row.target), "weight": text(&row.weight)})
    };
    let rows: Vec<serde_json::Value> = set.rows().iter().map(row).collect();
    serde_json::to_vec(&json!({"inputs": set.names(), "rows": rows})).unwrap()
}

/// With other names: those of a JSON file may be no names of columns.
fn as_csv(set: &TrainingSet) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = (1..=set.names().len()).map(|k| format!("x{k}"));
    writer
        .write_record(names.chain(["target".into(), "weight".into()]))
        .unwrap();
    for row in set.rows() {
        let numbers = row.input.iter().chain([&row.target, &row.weight]);
        writer
            .write_record(numbers.map(ToString::to_string))
            .unwrap();
    }
    writer.into_inner().unwrap()
}

/// The caps on digits are those of one cell of the file: a sum of weights, or a decimal as a fraction, may be longer.
fn short(set: &TrainingSet) -> bool {
    set.rows().iter().all(|row| {
        let mut numbers = row.input.iter().chain([&row.target, &row.weight]);
        numbers.all(|x| x.numer().bits().max(x.denom().bits()) < 900)
    })
}

/// Reads a file and what is written of it, and compares.
fn check(bytes: &[u8], threshold: bool) {
    let reading = Reading {
        threshold,
        ..READING
    };
    let read = if bytes.starts_with(b"{") {
        TrainingSet::from_json("data", bytes, reading)
    } else {
        TrainingSet::from_csv("data", bytes, reading)
    };
    let set = match read {
        Ok(set) if short(&set) => set,
        Ok(_) => return,
        Err(error) => {
            let _ = error.to_string();
            return;
        }
    };
    let from_json = TrainingSet::from_json("json", &as_json(&set), READING).unwrap();
    assert_eq!(from_json, set);
    let from_csv = TrainingSet::from_csv("csv", &as_csv(&set), READING).unwrap();
    assert_eq!(from_csv.plain(), set.plain());
}

fuzz_target!(|bytes: &[u8]| {
    check(bytes, false);
    check(bytes, true);
});
