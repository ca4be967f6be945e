//! Vector instructions: batch gradient descent of many starts of a unit side by side, one start per
//! lane of the registers, and backpropagation through a network with one example per lane.
//!
//! UNTRUSTED. Every lane does the same arithmetic, on every machine: a fused multiply-add is one
//! rounding everywhere. No lane looks at another. So the result depends neither on the width of the
//! registers nor on the number of threads, nor on which starts share a register. Starts of similar
//! speed do, because a register is as slow as its fastest lane.

mod block;
mod direct;
mod exponential;
mod incremental;
mod layers;
mod starts;

pub use exponential::{tanh, tanh_with_slopes};
pub use layers::Layered;
pub use starts::Starts;
