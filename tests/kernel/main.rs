//! The kernel: its numbers, its rules with good and forged certificates, its limits.

#[path = "../support/naive.rs"]
mod naive;

mod hostile;
mod laws;
mod mutation;
mod normal_form;
mod numbers;
mod polynomials;
mod reader;
mod rules;
mod surface_rules;
