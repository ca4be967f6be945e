//! Statements about the error surface of one unit on a training set, and the rules that prove them. Part of the trusted
//! kernel.
//!
//! The error is E(x) = Σ wⱼ (θ⟨aⱼ,x⟩ − bⱼ)² over the rows (aⱼ, bⱼ, wⱼ), θ = tanh or the logistic function.

mod training_set;

pub use training_set::{DataRejection, Row, TrainingSet, Unit};

mod stub;
pub use stub::*;
