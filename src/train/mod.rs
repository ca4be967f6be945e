//! Training in floating point, by the algorithms of the papers: a numeric instrument, not a judge.
//!
//! UNTRUSTED: nothing here proves anything. Its results are measurements with a seed; where they
//! are called evidence, they come with the number of repetitions and an interval.
//!
//! The error is `E(w) = Σ_j weight_j (f(w, input_j) − target_j)²`, without the factor ½ of lb98 and
//! without a mean: a rate here is the rate of that sum. `time` is the time of the gradient flow `w'
//! = −∇E`.

pub mod algorithm;
pub mod claimed;
pub mod example;
pub mod experiment;
pub mod exponential;
pub mod lanes;
pub mod lines;
pub mod named;
pub mod network;
pub mod number;
pub mod objective;
pub mod preparation;
pub mod run;
pub mod seed;
pub mod sigmoid;
pub mod spectrum;
pub mod statistics;
