//! CSV data files: a header, then one row a line.

use super::data_error::{DataError, DataFault, excerpt};
use super::training_set::{Builder, MAX_ROWS, Reading, TrainingSet};
use super::{CellFault, parse_cell};
use crate::kernel::number::Rational;
use crate::kernel::surface::Row;
use csv::StringRecord;
use num_traits::{One, Signed};
use std::collections::BTreeMap;

/// What stands after `target`.
#[derive(Clone, Copy, PartialEq)]
enum Tail {
    None,
    Count,
    Weight,
}

fn column(index: usize) -> u64 {
    u64::try_from(index).unwrap_or(u64::MAX).saturating_add(1)
}

/// The line, from 1, of the record that begins at a byte; the reader may count the line break before as part of it.
fn line_at(text: &str, byte: u64) -> u64 {
    let byte = usize::try_from(byte).unwrap_or(0);
    let breaks = text.get(byte..).unwrap_or_default().bytes().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    let before = text.get(..byte.saturating_add(breaks)).unwrap_or_default();
    column(before.bytes().filter(|b| *b == b'\n').count())
}

pub(super) fn read(file: &str, text: &str, reading: Reading) -> Result<TrainingSet, DataError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let syntax = |error: &csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        DataError::new(file, line, 1, DataFault::Syntax(error.to_string()))
    };
    if !reader.read_record(&mut record).map_err(|e| syntax(&e))? {
        return Err(DataError::new(file, 1, 1, DataFault::Empty));
    }
    let line = line_at(text, record.position().map_or(0, csv::Position::byte));
    let (names, tail) = header(file, line, &record)?;
    let inputs = names.len();
    let width = record.len();
    let mut builder = Builder::new(file, reading, names, line)?;
    // Most large files repeat rows: a line seen before is not read again.
    let mut seen: BTreeMap<Vec<String>, Row> = BTreeMap::new();
    while reader.read_record(&mut record).map_err(|e| syntax(&e))? {
        let byte = record.position().map_or(0, csv::Position::byte);
        let line = || line_at(text, byte);
        if record.len() != width {
            let fault = DataFault::Ragged { expected: width, found: record.len() };
            return Err(DataError::new(file, line(), column(record.len().min(width)), fault));
        }
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        let row = if let Some(row) = seen.get(&cells) {
            row.clone()
        } else {
            let row = read_row(file, &line, &cells, inputs, tail)?;
            if seen.len() < MAX_ROWS {
                seen.insert(cells, row.clone());
            }
            row
        };
        let last = width.saturating_sub(1);
        builder.add(row, |target| (line(), column(if target { inputs } else { last })))?;
    }
    builder.finish()
}

fn header(file: &str, line: u64, record: &StringRecord) -> Result<(Vec<String>, Tail), DataError> {
    let fail = |index: usize, fault| Err(DataError::new(file, line, column(index), fault));
    let Some(target) = record.iter().position(|name| name == "target") else {
        return fail(record.len(), DataFault::NoTarget);
    };
    let names = record.iter().take(target).map(str::to_owned).collect();
    let mut after = record.iter().skip(target.saturating_add(1));
    let tail = match after.next() {
        None => Tail::None,
        Some("count") => Tail::Count,
        Some("weight") => Tail::Weight,
        Some(other) => return fail(target.saturating_add(1), DataFault::AfterTarget(excerpt(other))),
    };
    match after.next() {
        Some(other) => fail(target.saturating_add(2), DataFault::AfterTarget(excerpt(other))),
        None => Ok((names, tail)),
    }
}

fn read_row(
    file: &str,
    line: &impl Fn() -> u64,
    cells: &[String],
    inputs: usize,
    tail: Tail,
) -> Result<Row, DataError> {
    let place = |index: usize, fault| DataError::new(file, line(), column(index), fault);
    let mut numbers = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let number = parse_cell(cell)
            .map_err(|fault: CellFault| place(index, DataFault::Cell { fault, text: excerpt(cell) }))?;
        numbers.push(number);
    }
    let weight = if tail == Tail::None { Rational::one() } else { numbers.pop().unwrap_or_else(Rational::one) };
    if tail == Tail::Count && !(weight.is_integer() && weight.is_positive()) {
        let text = cells.last().map(|cell| excerpt(cell)).unwrap_or_default();
        return Err(place(inputs.saturating_add(1), DataFault::Count(text)));
    }
    let target = numbers.pop().unwrap_or_else(Rational::one);
    Ok(Row { input: numbers, target, weight })
}
