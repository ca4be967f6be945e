//! Steps that follow the slopes of the lines instead of evaluating them anew: for at most eight
//! lines.
//!
//! UNTRUSTED, but bounded.
//!
//! Let `z = 2Aw` be the inputs of the lines in `s = 1/(1+e^z)`, and c the slopes. A step is
//! `w ← w + Aᵀc`. With m the sum of the c since the weights were at a centre, `w = centre + Aᵀm`
//! and `z = centre + 2AAᵀm`. Only m is followed: a step is a product with the Gram matrix, and c
//! from Taylor's series around the centre (`series`).
//!
//! No error adds up, since z is always that of the weights as they are:
//!
//! * The terms of the series that are left out change c by no more than a `tanh` would that is off
//!   by `2⁻⁴⁶`.
//! * The product makes at most six roundings, each at most `2⁻⁵³` of the norm of the Gram matrix
//!   times the largest m. Periods are chosen by the slopes so that norm times m stays at 42. Then
//!   `tanh` is off by at most `2⁻⁴⁶` (`gram`).
//!
//! So c is that of a `tanh` within `2⁻⁴⁵` of its value, apart from a few units of rounding in c
//! itself. The tests measure less.
//!
//! Every lane has a period, a power of two. A lane is renewed when the number of steps is a
//! multiple of its period (`renewal`). By the speed `|2AAᵀc|` of the moment the centre is put where
//! the lane will be after half the period, and the degree is the smallest whose radius suffices for
//! as far. Lanes that leave the radius before that are renewed when they do. A lane that is too
//! fast even for the shortest period has its exponentials evaluated at every step, from z.
//!
//! Coefficients above a lane's degree are 0 and change nothing. When a lane is renewed depends on
//! the number of steps and on that lane. So a register does what its most demanding lane needs, and
//! the others get the same results as they would alone.
//!
//! Two registers take turns, so that one works while the other waits for its results.

mod descent;
mod follower;
mod gram;
mod renewal;
mod series;

pub(super) use descent::Descent;
pub(super) use gram::Rows;
