//! CSV data files: a header, then one row a line. They are read as a stream: what is wrong ends the reading there.

use super::data_error::{self, DataError, DataFault, excerpt};
use super::training_set::{Builder, MAX_BYTES, MAX_ROWS, Reading, TrainingSet};
use super::{CellFault, parse_cell};
use crate::kernel::number::Rational;
use crate::kernel::surface::Row;
use csv::StringRecord;
use num_traits::{One, Signed};
use std::collections::HashMap;
use std::io::{BufRead, ErrorKind, Read};

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
pub(super) fn line_at(text: impl BufRead, byte: u64) -> u64 {
    let breaks = |(at, b): &(u64, u8)| *at < byte || matches!(b, b'\r' | b'\n');
    let before = (0..)
        .zip(text.bytes().map_while(Result::ok))
        .take_while(breaks);
    column(before.filter(|(_, b)| *b == b'\n').count())
}

/// Passes on at most [`MAX_BYTES`]; what is longer is an error.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let size = u64::try_from(count).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(size).ok_or(ErrorKind::FileTooLarge)?;
        Ok(count)
    }
}

fn syntax(file: &str, error: &csv::Error) -> DataError {
    let whole = |fault| DataError::new(file, 0, 0, fault);
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
            whole(DataFault::TooLong)
        }
        csv::ErrorKind::Io(error) => whole(DataFault::Unreadable(error.to_string())),
        csv::ErrorKind::Utf8 { .. } => whole(DataFault::NotText),
        _ => {
            let line = error.position().map_or(0, csv::Position::line);
            DataError::new(file, line, 1, data_error::syntax(error))
        }
    }
}

/// A line that was seen before: where its row is grouped, its weight, and how often it has come again.
struct Seen {
    group: usize,
    weight: Rational,
    again: u64,
}

/// Reads a file; `line` gives the line of the record that begins at a byte, when something is wrong there.
pub(super) fn read(
    file: &str,
    source: impl Read,
    line: &dyn Fn(u64) -> u64,
    reading: Reading,
) -> Result<TrainingSet, DataError> {
    let source = Bounded {
        inner: source,
        left: MAX_BYTES,
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(source);
    let mut record = StringRecord::new();
    let syntax = |error: &csv::Error| syntax(file, error);
    if !reader.read_record(&mut record).map_err(|e| syntax(&e))? {
        return Err(DataError::new(file, 1, 1, DataFault::Empty));
    }
    let first = line(record.position().map_or(0, csv::Position::byte));
    let (names, tail) = header(file, first, &record)?;
    let inputs = names.len();
    let width = record.len();
    let mut builder = Builder::new(file, reading, names, first)?;
    // Most large files repeat rows: a line seen before is not read again.
    let mut seen: HashMap<Vec<u8>, Seen> = HashMap::new();
    let mut key = Vec::new();
    while reader.read_record(&mut record).map_err(|e| syntax(&e))? {
        let byte = record.position().map_or(0, csv::Position::byte);
        let line = || line(byte);
        if record.len() != width {
            let fault = DataFault::Ragged {
                expected: width,
                found: record.len(),
            };
            return Err(DataError::new(
                file,
                line(),
                column(record.len().min(width)),
                fault,
            ));
        }
        key.clear();
        for cell in &record {
            key.extend_from_slice(cell.as_bytes());
            key.push(0);
        }
        if let Some(known) = seen.get_mut(&key) {
            known.again = known.again.saturating_add(1);
            continue;
        }
        let row = read_row(file, &line, &record, inputs, tail)?;
        let (last, weight) = (width.saturating_sub(1), row.weight.clone());
        let group = builder.add(row, |target| {
            (line(), column(if target { inputs } else { last }))
        })?;
        if seen.len() < MAX_ROWS {
            seen.insert(
                key.clone(),
                Seen {
                    group,
                    weight,
                    again: 0,
                },
            );
        }
    }
    // The sum is exact: the order in which the table gives its lines does not reach the result.
    for Seen {
        group,
        weight,
        again,
    } in seen.into_values().filter(|known| known.again > 0)
    {
        builder.repeat(group, weight * Rational::from_integer(again.into()));
    }
    builder.finish()
}

fn header(file: &str, line: u64, record: &StringRecord) -> Result<(Vec<String>, Tail), DataError> {
    let fail = |index: usize, fault| Err(DataError::new(file, line, column(index), fault));
    let Some(target) = record.iter().position(|name| name == "target") else {
        return match separator(record) {
            Some(separator) => fail(0, DataFault::Separator(separator)),
            None => fail(record.len(), DataFault::NoTarget(columns(record))),
        };
    };
    let names = record.iter().take(target).map(str::to_owned).collect();
    let mut after = record.iter().skip(target.saturating_add(1));
    let tail = match after.next() {
        None => Tail::None,
        Some("count") => Tail::Count,
        Some("weight") => Tail::Weight,
        Some(other) => {
            return fail(
                target.saturating_add(1),
                DataFault::AfterTarget(excerpt(other)),
            );
        }
    };
    match after.next() {
        Some(other) => fail(
            target.saturating_add(2),
            DataFault::AfterTarget(excerpt(other)),
        ),
        None => Ok((names, tail)),
    }
}

/// What separates the columns of a header in which a word `target` stands behind something else than a comma.
fn separator(record: &StringRecord) -> Option<&'static str> {
    let stands_behind = |separator: char| {
        let is_target = |word: &str| word.trim().trim_matches('"') == "target";
        let apart = |cell: &str| cell.contains(separator) && cell.split(separator).any(is_target);
        record.iter().any(apart)
    };
    [(';', "`;`"), ('\t', "tabs"), ('|', "`|`"), (' ', "spaces")]
        .into_iter()
        .find(|(separator, _)| stands_behind(*separator))
        .map(|(_, word)| word)
}

/// Most columns that a message names.
const NAMED: usize = 8;

/// The first columns of a header, in words.
fn columns(record: &StringRecord) -> String {
    let names = record.iter().take(NAMED);
    let mut words: Vec<String> = names.map(|name| format!("`{}`", excerpt(name))).collect();
    if record.len() > NAMED {
        words.push(format!("and {} more", record.len() - NAMED));
    }
    words.join(", ")
}

fn read_row(
    file: &str,
    line: &impl Fn() -> u64,
    cells: &StringRecord,
    inputs: usize,
    tail: Tail,
) -> Result<Row, DataError> {
    let place = |index: usize, fault| DataError::new(file, line(), column(index), fault);
    let mut numbers = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let number = parse_cell(cell).map_err(|fault: CellFault| {
            place(
                index,
                DataFault::Cell {
                    fault,
                    text: excerpt(cell),
                },
            )
        })?;
        numbers.push(number);
    }
    let weight = if tail == Tail::None {
        Rational::one()
    } else {
        numbers.pop().unwrap_or_else(Rational::one)
    };
    if tail == Tail::Count && !(weight.is_integer() && weight.is_positive()) {
        let text = cells.iter().next_back().map(excerpt).unwrap_or_default();
        return Err(place(inputs.saturating_add(1), DataFault::Count(text)));
    }
    let target = numbers.pop().unwrap_or_else(Rational::one);
    Ok(Row {
        input: numbers,
        target,
        weight,
    })
}
