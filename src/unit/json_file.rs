//! JSON data files: `{"inputs": [names], "rows": [{"input": […], "target": "…", "count": 1}]}`; numbers may be JSON
//! numbers or strings and are read exactly either way.

use super::data_error::{self, DataError, DataFault, excerpt};
use super::parse_cell;
use super::training_set::{Builder, Reading, TrainingSet};
use crate::kernel::number::Rational;
use crate::kernel::surface::Row;
use num_traits::{One, Signed};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    inputs: Vec<String>,
    #[serde(borrow)]
    rows: Vec<JsonRow<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonRow<'a> {
    #[serde(borrow)]
    input: Vec<&'a RawValue>,
    target: &'a RawValue,
    #[serde(default)]
    count: Option<&'a RawValue>,
    #[serde(default)]
    weight: Option<&'a RawValue>,
}

struct Text<'a> {
    file: &'a str,
    text: &'a str,
}

impl Text<'_> {
    /// Line and column, from 1, of a value inside the text.
    fn place(&self, value: &RawValue) -> (u64, u64) {
        let offset = value
            .get()
            .as_ptr()
            .addr()
            .saturating_sub(self.text.as_ptr().addr());
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before
            .bytes()
            .filter(|b| *b == b'\n')
            .count()
            .saturating_add(1);
        let column = before
            .chars()
            .rev()
            .take_while(|c| *c != '\n')
            .count()
            .saturating_add(1);
        (
            u64::try_from(line).unwrap_or(0),
            u64::try_from(column).unwrap_or(0),
        )
    }

    fn fail(&self, value: &RawValue, fault: DataFault) -> DataError {
        let (line, column) = self.place(value);
        DataError::new(self.file, line, column, fault)
    }

    fn number(&self, value: &RawValue) -> Result<Rational, DataError> {
        let raw = value.get();
        let text = raw
            .strip_prefix('"')
            .and_then(|r| r.strip_suffix('"'))
            .unwrap_or(raw);
        parse_cell(text).map_err(|fault| {
            self.fail(
                value,
                DataFault::Cell {
                    fault,
                    text: excerpt(raw),
                },
            )
        })
    }

    fn row(&self, row: &JsonRow<'_>, inputs: usize) -> Result<Row, DataError> {
        if row.input.len() != inputs {
            let fault = DataFault::Ragged {
                expected: inputs,
                found: row.input.len(),
            };
            return Err(self.fail(row.target, fault));
        }
        let input = row
            .input
            .iter()
            .map(|value| self.number(value))
            .collect::<Result<_, _>>()?;
        let weight = match (row.count, row.weight) {
            (None, None) => Rational::one(),
            (None, Some(weight)) => self.number(weight)?,
            (Some(count), None) => {
                let value = self.number(count)?;
                if !(value.is_integer() && value.is_positive()) {
                    return Err(self.fail(count, DataFault::Count(excerpt(count.get()))));
                }
                value
            }
            (Some(count), Some(_)) => return Err(self.fail(count, DataFault::CountAndWeight)),
        };
        Ok(Row {
            input,
            target: self.number(row.target)?,
            weight,
        })
    }
}

pub(super) fn read(file: &str, text: &str, reading: Reading) -> Result<TrainingSet, DataError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let parsed: File<'_> = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (u64::try_from(error.line()), u64::try_from(error.column()));
        let fault = if text.trim().is_empty() {
            DataFault::Empty
        } else {
            data_error::syntax(&error)
        };
        DataError::new(file, line.unwrap_or(0), column.unwrap_or(0), fault)
    })?;
    let inputs = parsed.inputs.len();
    let text = Text { file, text };
    let mut builder = Builder::new(file, reading, parsed.inputs, 1)?;
    for row in &parsed.rows {
        let weight = row.count.or(row.weight).unwrap_or(row.target);
        builder.add(text.row(row, inputs)?, |target| {
            text.place(if target { row.target } else { weight })
        })?;
    }
    builder.finish()
}
