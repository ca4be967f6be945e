//! The kernel's values in words: statements, training sets, rejections. Untrusted: the kernel compares and stores
//! statements, it does not word them.
//!
//! The prints have no code beyond `Display` of the kernel's types. `tests/prints.rs` reads them back.

mod logic;
pub mod normal;
mod rejection;
mod surface;
