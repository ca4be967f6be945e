//! Blocks of lanes: where the weights of a start are in memory.
//!
//! UNTRUSTED.

/// Starts per block: two of the widest registers there are.
pub(super) const BLOCK: usize = 16;

/// The place of weight `column` of start `index`, of starts with `columns` weights.
pub(super) const fn place(columns: usize, index: usize, column: usize) -> usize {
    (index / BLOCK * columns + column) * BLOCK + index % BLOCK
}
