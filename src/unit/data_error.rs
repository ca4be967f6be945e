//! What can be wrong with a data file, and where.

use crate::kernel::rejection::Rejection;
pub(super) use crate::terminal::excerpt;

/// What is wrong with the text of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// Neither an integer, nor a decimal, nor a fraction.
    #[error("expected an integer, a decimal or a fraction such as -7/4")]
    NotANumber,
    /// A comma where a decimal point may stand.
    #[error("expected a decimal point, not a comma, and no commas between thousands")]
    Comma,
    /// More than [`super::MAX_DIGITS`] digits.
    #[error("expected at most {} digits", super::MAX_DIGITS)]
    TooManyDigits,
    /// An exponent beyond [`super::MAX_EXPONENT`].
    #[error("expected an exponent of at most {} either way", super::MAX_EXPONENT)]
    ExponentTooLarge,
    /// A fraction over zero.
    #[error("expected a denominator other than 0")]
    ZeroDenominator,
}

/// What is wrong with a data file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataFault {
    /// The file cannot be read at all: what the system says.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A folder.
    #[error("this is a folder; expected a data file")]
    Folder,
    /// Not valid UTF-8.
    #[error("expected UTF-8 text")]
    NotText,
    /// Above the cap on bytes.
    #[error("expected at most {} bytes", super::MAX_BYTES)]
    TooLong,
    /// Neither a header nor a row.
    #[error("expected a header line such as `x1,x2,target`")]
    Empty,
    /// A header but no rows.
    #[error("expected at least one row of data")]
    NoRows,
    /// More distinct rows than allowed.
    #[error("expected at most {} distinct rows", super::MAX_ROWS)]
    TooManyRows,
    /// More columns than allowed.
    #[error("expected at most {} input columns", super::MAX_COLUMNS)]
    TooManyColumns,
    /// The header has no `target`: the columns that it has.
    #[error("expected a column named `target` after the input columns; found {0}")]
    NoTarget(String),
    /// The columns of the header are separated otherwise.
    #[error("columns are separated by {0}: use commas")]
    Separator(&'static str),
    /// The header has no input before `target`.
    #[error("expected at least one input column before `target`, or --threshold")]
    NoInput,
    /// A column name that is empty.
    #[error("expected a column name")]
    Unnamed,
    /// Two columns have the same name.
    #[error("expected a name that no other column has, found `{0}` again")]
    Duplicate(String),
    /// A column after `target` that is neither `count` nor `weight`, or both of these.
    #[error("expected one column `count` or `weight`, or nothing, after `target`; found `{0}`")]
    AfterTarget(String),
    /// `count` or `weight` as the name of an input.
    #[error("`{0}` is reserved: it stands after `target`")]
    Reserved(String),
    /// A row with another number of cells than the header.
    #[error("expected {expected} cells, found {found}")]
    Ragged {
        /// Cells in the header.
        expected: usize,
        /// Cells in the row.
        found: usize,
    },
    /// A cell that is not a number.
    #[error("{fault}, found `{text}`")]
    Cell {
        /// What is wrong.
        fault: CellFault,
        /// The first characters of the cell.
        text: String,
    },
    /// A target outside the range of the unit.
    #[error("expected a target in {range}, found {text}")]
    Target {
        /// `[-1, 1]` or `[0, 1]`.
        range: &'static str,
        /// The first characters of the cell.
        text: String,
    },
    /// A count that is not a positive integer.
    #[error("expected a positive integer as count, found {0}")]
    Count(String),
    /// A weight that is not positive.
    #[error("expected a positive weight, found {0}")]
    Weight(String),
    /// Both `count` and `weight` in one JSON row.
    #[error("expected `count` or `weight`, not both")]
    CountAndWeight,
    /// Not well-formed CSV or JSON, or JSON of another shape: what the reader says.
    #[error("{0}")]
    Syntax(String),
    /// What the kernel says about the whole set.
    #[error("{0}")]
    Set(Rejection),
}

/// A fault with its place; line and column count from 1, 0 stands for "the whole file".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {fault}", at(*line, *column))]
pub struct DataError {
    /// Name of the file as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Cell of the line (CSV) or character of the line (JSON), from 1.
    pub column: u64,
    /// What is wrong there.
    pub fault: DataFault,
}

impl DataError {
    pub(super) fn new(file: &str, line: u64, column: u64, fault: DataFault) -> Self {
        Self {
            file: file.to_owned(),
            line,
            column,
            fault,
        }
    }
}

/// The place behind the name of a file.
fn at(line: u64, column: u64) -> String {
    match (line, column) {
        (0, _) => String::new(),
        (line, 0) => format!(":{line}"),
        (line, column) => format!(":{line}:{column}"),
    }
}

/// Most characters of what a reader of CSV or JSON says; it may quote the file.
const SAID: usize = 200;

/// What a reader of CSV or JSON says.
pub(super) fn syntax(error: &dyn std::error::Error) -> DataFault {
    let said = error.to_string();
    DataFault::Syntax(match said.char_indices().nth(SAID) {
        Some((end, _)) => format!("{}…", said.get(..end).unwrap_or_default()),
        None => said,
    })
}
