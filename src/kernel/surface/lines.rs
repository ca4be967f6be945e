//! Lower bounds of what the rows on each line through 0 add to E. Part of the trusted kernel.

use super::super::number::Int;
use super::super::rejection::Rejection;
use super::activation::Pair;
use super::chart::FrameRow;
use super::limits;
use super::monomials::{ConeRow, Order, Sum, one};
use num_traits::{One, Signed, Zero};

/// The lines of the rows, numbered in the order of the first rows on them.
pub(super) struct Lines {
    /// On which line each row is; a number without a bound if on none.
    pub(super) of_row: Vec<usize>,
    /// A lower bound for each line, on the grid.
    pub(super) least: Vec<Int>,
}

/// Whether b is a multiple of a, where a has the entry at a place and b the factor.
fn parallel(a: &FrameRow, place: usize, b: &FrameRow) -> bool {
    let (Some(entry), Some(factor)) = (a.a.get(place), b.a.get(place)) else { return b.l1.is_zero() };
    a.a.iter().zip(&b.a).all(|(x, y)| x * factor == y * entry)
}

impl Lines {
    /// Schema: the pieces of both half-lines cover the line, on each piece the line's rows add at least m to E ⟹ so they do
    /// everywhere.
    pub(super) fn new(rows: &[FrameRow], pieces: &[[Vec<Int>; 2]]) -> Result<Self, Rejection> {
        limits::spend(rows.len().saturating_mul(pieces.len()))?;
        // The first row on each line, and the place of its first entry that is not 0.
        let mut firsts: Vec<(&FrameRow, usize)> = Vec::new();
        let mut of_row = Vec::with_capacity(rows.len());
        for row in rows {
            let known = firsts.iter().position(|(first, place)| parallel(first, *place, row));
            of_row.push(known.unwrap_or(firsts.len()));
            if known.is_none() && firsts.len() < pieces.len() {
                firsts.push((row, row.a.iter().position(|entry| !entry.is_zero()).unwrap_or(usize::MAX)));
            }
        }
        let mut least = vec![Int::zero(); firsts.len()];
        for (line, ((sides, least), (_, place))) in pieces.iter().zip(&mut least).zip(&firsts).enumerate() {
            let on = || rows.iter().zip(&of_row).filter(|(_, of)| **of == line).map(|(row, _)| row);
            let mut bounds = Vec::new();
            for (cuts, right) in sides.iter().zip([false, true]) {
                let side: Option<Vec<ConeRow<'_>>> = on().map(|row| half_line(row, *place, right)).collect();
                let side = side.ok_or(Rejection::Exponent(line))?;
                let ends =
                    [Int::zero()].into_iter().chain(cuts.iter().cloned()).zip(cuts.iter().cloned().chain([one()]));
                for piece in ends {
                    if piece.0 >= piece.1 {
                        return Err(Rejection::Cell(vec![piece]));
                    }
                    limits::spend(side.len())?;
                    bounds.push(value(&side, piece));
                }
            }
            *least = bounds.into_iter().min().unwrap_or_default().max(Int::zero());
        }
        Ok(Self { of_row, least })
    }
}

/// The row on one side of its line, with q to the power of its entry.
fn half_line(row: &FrameRow, place: usize, right: bool) -> Option<ConeRow<'_>> {
    let entry = row.a.get(place)?;
    let power = u32::try_from(entry.abs()).ok().filter(|power| *power <= limits::CELL_POWER)?;
    Some(ConeRow { row, negative: entry.is_negative() == right, powers: vec![power] })
}

/// A lower bound of what the rows add to E on a piece.
fn value(rows: &[ConeRow<'_>], piece: Pair) -> Int {
    let mut sum = Sum::default();
    for row in rows {
        row.add(&mut sum, Order::Value, &Int::one(), std::slice::from_ref(&piece));
        sum.add_number(&row.end(), 1);
    }
    sum.bounds(&[piece]).0
}
