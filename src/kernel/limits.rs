//! Every cap of the kernel, in one place. Part of the trusted kernel.
//!
//! A cap bounds time and memory on hostile input. None of them is part of soundness.

/// Longest certificate or statement text, in bytes.
pub const TEXT_BYTES: usize = 64 << 20;
/// Deepest nesting of lists in a certificate.
pub const DEPTH: usize = 200;
/// Most digits of one integer in a text.
pub const DIGITS: usize = 20_000;
/// Most weights of a training set.
pub const WEIGHTS: usize = 64;
/// Most distinct rows of a training set.
pub const ROWS: usize = 200_000;
