//! Experiments: what the papers say in passing, measured.
//!
//! UNTRUSTED. One [`Plan`](plan::Plan) says all that an experiment is, and one
//! [`run`](runner::run) carries it out. The command line and the claim files are two readers that
//! make plans of words. Sizes that nobody gave are in [`defaults`].
//!
//! Every result carries its seed and its number of repetitions. Run number k draws from stream k
//! of the seed, so results depend on neither threads nor order.

pub mod basins;
pub mod certified;
pub mod compare;
pub mod confirm;
mod control;
pub mod defaults;
pub mod diffusion;
pub mod eigenvalues;
pub mod ends;
pub mod escape;
pub mod estimate;
pub mod finding;
pub mod finish;
pub mod growth;
pub mod impossible;
pub mod minimum;
pub mod models;
pub mod pass;
pub mod plan;
pub mod plane;
pub mod rates;
pub mod runaway;
pub mod runner;
mod subject;

pub use control::Control;
pub(crate) use control::{RUNS, stream};
