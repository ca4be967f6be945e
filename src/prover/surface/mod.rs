//! Finds certificates. UNTRUSTED: floats, heuristics, random search; whatever it finds returns through the kernel.
//!
//! One file per method, named as the kernel's rule that it feeds.

pub mod barrier;
pub mod cells;
pub mod certify;
pub mod chart;
pub mod directions;
pub mod find;
pub mod floats;
pub mod linear;
pub mod product;
pub mod write;
