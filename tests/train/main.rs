//! The trainer: algorithms, experiments, models, and what its output promises.

#[path = "../support/training.rs"]
mod training;

mod algorithms;
mod claims;
mod cli;
mod experiments;
mod lanes;
mod models;
mod schema;
