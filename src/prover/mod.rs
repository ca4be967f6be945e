//! The search for certificates. UNTRUSTED: whatever comes out of here returns through the kernel.

pub mod analysis;
pub mod budget;
pub mod comparison;
pub mod congruence;
pub mod counterexample;
pub mod hypotheses;
pub mod roots;
pub mod sdp;
pub mod simplex;
pub mod surface;
pub mod tableau;
pub mod witness;
