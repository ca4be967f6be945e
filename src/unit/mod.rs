//! Training sets: exact data from CSV and JSON files. Untrusted: the kernel holds its own copy and prints it.

mod cell;
mod csv_file;
mod data_error;
mod json_file;
pub mod starts;
mod training_set;

pub use cell::{MAX_DIGITS, MAX_EXPONENT, parse_cell};
pub use data_error::{CellFault, DataError, DataFault};
pub use training_set::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Reading, TrainingSet};
