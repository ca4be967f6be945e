//! The search for certificates. UNTRUSTED: whatever comes out of here returns through the kernel.

pub mod arithmetic;
pub mod bernstein;
pub mod budget;
pub mod certificate;
pub mod congruence;
pub mod counterexample;
pub mod differing;
pub mod eliminate;
mod growing;
pub mod hypotheses;
pub mod linear;
pub mod roots;
pub mod shift;
pub mod simplex;
pub mod squares;
pub mod subdivide;
pub mod surface;
pub mod witness;
