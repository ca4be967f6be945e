//! A training set with the names of its inputs, its equal rows grouped.

use super::data_error::{DataError, DataFault, excerpt};
use super::{csv_file, csv_file::line_at, json_file};
use crate::kernel::number::Rational;
use crate::kernel::surface::{Rejection, Row, TrainingSet as Plain, Unit};
use num_traits::{One, Signed};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{BufReader, Read};
use std::path::Path;

/// Most bytes of a data file.
pub const MAX_BYTES: u64 = 512 << 20;
/// Most input columns, the threshold included.
pub const MAX_COLUMNS: usize = 64;
/// Most distinct rows.
pub const MAX_ROWS: usize = 200_000;

/// How a data file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The unit that is trained.
    pub unit: Unit,
    /// Whether the constant input 1 is added as the last one.
    pub threshold: bool,
}

/// A training set with names: distinct rows in the order in which they first appear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingSet {
    names: Vec<String>,
    plain: Plain,
}

impl TrainingSet {
    /// A training set from its parts; equal rows (same input, same target) are grouped, weights added.
    ///
    /// # Errors
    /// [`Rejection`] as the kernel gives it.
    pub fn new(unit: Unit, names: Vec<String>, rows: Vec<Row>) -> Result<Self, Rejection> {
        let mut groups = Groups::default();
        for row in rows {
            groups.add(row);
        }
        let plain = Plain::new(unit, names.len(), groups.rows)?;
        Ok(Self { names, plain })
    }

    /// Reads a file: JSON if its name ends in `.json`, else CSV. What is no plain file, such as a pipe, may be either.
    ///
    /// # Errors
    /// [`DataError`] with file, line, column and what was expected there.
    pub fn read(path: &Path, reading: Reading) -> Result<Self, DataError> {
        let name = path.display().to_string();
        let unreadable =
            |e: std::io::Error| DataError::new(&name, 0, 0, DataFault::Unreadable(e.to_string()));
        let file = std::fs::File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if about.is_dir() {
            return Err(DataError::new(&name, 0, 0, DataFault::Folder));
        }
        let json = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("json"));
        if !json && about.is_file() {
            let again = |byte| {
                std::fs::File::open(path).map_or(0, |file| line_at(BufReader::new(file), byte))
            };
            return csv_file::read(&name, file, &again, reading);
        }
        Self::from_stream(&name, file, json, reading)
    }

    /// Reads a file, or the standard input where the path is `-`.
    ///
    /// # Errors
    /// [`DataError`] with file, line, column and what was expected there.
    pub fn read_or_standard_input(path: &Path, reading: Reading) -> Result<Self, DataError> {
        if path.as_os_str() == crate::files::STANDARD_INPUT {
            return Self::from_stream("standard input", std::io::stdin(), false, reading);
        }
        Self::read(path, reading)
    }

    /// Reads what can be read once only: JSON if that is said, or if it begins as JSON does.
    fn from_stream(
        name: &str,
        source: impl Read,
        json: bool,
        reading: Reading,
    ) -> Result<Self, DataError> {
        let mut bytes = Vec::new();
        source
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| DataError::new(name, 0, 0, DataFault::Unreadable(e.to_string())))?;
        if json || bytes.trim_ascii_start().starts_with(b"{") {
            Self::from_json(name, &bytes, reading)
        } else {
            Self::from_csv(name, &bytes, reading)
        }
    }

    /// The same rows in another reading.
    ///
    /// # Errors
    /// [`Rejection`], where targets are outside the range of that unit.
    pub fn reread(&self, reading: Reading) -> Result<Self, Rejection> {
        let (mut names, mut rows) = (self.names.clone(), self.rows().to_vec());
        if reading.threshold {
            names.push("threshold".to_owned());
            for row in &mut rows {
                row.input.push(Rational::one());
            }
        }
        Self::new(reading.unit, names, rows)
    }

    /// Reads CSV text; `file` is its name in messages.
    ///
    /// # Errors
    /// [`DataError`] with file, line, column and what was expected there.
    pub fn from_csv(file: &str, bytes: &[u8], reading: Reading) -> Result<Self, DataError> {
        csv_file::read(file, bytes, &|byte| line_at(bytes, byte), reading)
    }

    /// Reads JSON text; `file` is its name in messages.
    ///
    /// # Errors
    /// [`DataError`] with file, line, column and what was expected there.
    pub fn from_json(file: &str, bytes: &[u8], reading: Reading) -> Result<Self, DataError> {
        json_file::read(file, text(file, bytes)?, reading)
    }

    /// Names of the inputs, in the order of the weights.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The unit.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.plain.unit()
    }

    /// Distinct rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        self.plain.rows()
    }

    /// The set as the kernel holds it.
    #[must_use]
    pub fn plain(&self) -> &Plain {
        &self.plain
    }
}

fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, DataError> {
    if bytes
        .len()
        .try_into()
        .is_ok_and(|size: u64| size > MAX_BYTES)
    {
        return Err(DataError::new(file, 0, 0, DataFault::TooLong));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|_| DataError::new(file, 0, 0, DataFault::NotText))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Distinct rows in the order of their first appearance.
#[derive(Default)]
struct Groups {
    rows: Vec<Row>,
    place: BTreeMap<(Vec<Rational>, Rational), usize>,
}

impl Groups {
    /// Adds a row; the number of its group.
    fn add(&mut self, row: Row) -> usize {
        match self.place.entry((row.input.clone(), row.target.clone())) {
            Entry::Occupied(place) => {
                let group = *place.get();
                self.repeat(group, row.weight);
                group
            }
            Entry::Vacant(place) => {
                let group = *place.insert(self.rows.len());
                self.rows.push(row);
                group
            }
        }
    }

    fn repeat(&mut self, group: usize, weight: Rational) {
        if let Some(known) = self.rows.get_mut(group) {
            known.weight += weight;
        }
    }
}

/// Collects the rows of a file, with their places, into a training set.
pub(super) struct Builder<'a> {
    file: &'a str,
    reading: Reading,
    names: Vec<String>,
    groups: Groups,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        file: &'a str,
        reading: Reading,
        mut names: Vec<String>,
        line: u64,
    ) -> Result<Self, DataError> {
        if reading.threshold {
            names.push("threshold".to_owned());
        }
        let fail = |column: usize, fault| {
            Err(DataError::new(
                file,
                line,
                u64::try_from(column).unwrap_or(u64::MAX).saturating_add(1),
                fault,
            ))
        };
        if names.is_empty() {
            return fail(0, DataFault::NoInput);
        }
        if names.len() > MAX_COLUMNS {
            return fail(MAX_COLUMNS, DataFault::TooManyColumns);
        }
        for (column, name) in names.iter().enumerate() {
            if name.is_empty() {
                return fail(column, DataFault::Unnamed);
            }
            if matches!(name.as_str(), "count" | "weight" | "target") {
                return fail(column, DataFault::Reserved(excerpt(name)));
            }
            if names.iter().take(column).any(|other| other == name) {
                return fail(column, DataFault::Duplicate(excerpt(name)));
            }
        }
        Ok(Self {
            file,
            reading,
            names,
            groups: Groups::default(),
        })
    }

    /// Adds a row, and tells the number of its group; `place` gives line and column of its target (`true`) or of its count or weight (`false`).
    pub(super) fn add(
        &mut self,
        mut row: Row,
        place: impl Fn(bool) -> (u64, u64),
    ) -> Result<usize, DataError> {
        let fail = |target, fault| {
            let (line, column) = place(target);
            Err(DataError::new(self.file, line, column, fault))
        };
        let (low, range) = match self.reading.unit {
            Unit::Tanh => (-Rational::one(), "[-1, 1]"),
            Unit::Logistic => (Rational::from_integer(0.into()), "[0, 1]"),
        };
        if row.target < low || row.target > Rational::one() {
            return fail(
                true,
                DataFault::Target {
                    range,
                    text: excerpt(&row.target.to_string()),
                },
            );
        }
        if !row.weight.is_positive() {
            return fail(false, DataFault::Weight(excerpt(&row.weight.to_string())));
        }
        if self.reading.threshold {
            row.input.push(Rational::one());
        }
        let group = self.groups.add(row);
        if self.groups.rows.len() > MAX_ROWS {
            fail(true, DataFault::TooManyRows)
        } else {
            Ok(group)
        }
    }

    /// Adds weight to a group.
    pub(super) fn repeat(&mut self, group: usize, weight: Rational) {
        self.groups.repeat(group, weight);
    }

    pub(super) fn finish(self) -> Result<TrainingSet, DataError> {
        let fail = |fault| DataError::new(self.file, 0, 0, fault);
        if self.groups.rows.is_empty() {
            return Err(fail(DataFault::NoRows));
        }
        let plain = Plain::new(self.reading.unit, self.names.len(), self.groups.rows)
            .map_err(|rejection| fail(DataFault::Set(rejection)))?;
        Ok(TrainingSet {
            names: self.names,
            plain,
        })
    }
}
