//! What bounds the terms of a cell, as the kernel computes it. UNTRUSTED.

use super::fans::FloatRow;

pub(super) type Ends = (f64, f64);

pub(super) fn times(positive: Ends, any: Ends) -> Ends {
    let low = any.0 * if any.0 < 0.0 { positive.1 } else { positive.0 };
    (
        low,
        any.1 * if any.1 < 0.0 { positive.0 } else { positive.1 },
    )
}

pub(super) fn monomial(cell: &[Ends], powers: &[i32]) -> Ends {
    cell.iter().zip(powers).fold((1.0, 1.0), |p, (q, m)| {
        (p.0 * q.0.powi(*m), p.1 * q.1.powi(*m))
    })
}

/// What bounds the terms of a row with p = e^{−2|y|} between two ends: h − h(∞), h' and h'', over p or p².
pub(super) fn factors(row: &FloatRow, sign: f64, p: Ends) -> [Ends; 3] {
    let v = (1.0 / (1.0 + p.1), 1.0 / (1.0 + p.0));
    let v2 = times(v, v);
    let beta = sign * row.b;
    let affine = |x: f64, y: f64| (v.0 * x + y, v.1 * x + y);
    let scaled = |(x, y): Ends, by: f64| {
        if by < 0.0 {
            (y * by * row.w, x * by * row.w)
        } else {
            (x * by * row.w, y * by * row.w)
        }
    };
    if beta >= 1.0 {
        let third = times(v2, affine(6.0, -2.0));
        return [
            scaled(v2, 4.0),
            scaled(times(v2, v), -16.0 * sign),
            scaled(times(v, third), 16.0),
        ];
    }
    let tau = affine(2.0, -1.0);
    let three = times(tau, tau);
    let (x, y) = (2.0 * beta * tau.0, 2.0 * beta * tau.1);
    let bend = (
        1.0 - 3.0 * three.1 + x.min(y),
        1.0 - 3.0 * three.0 + x.max(y),
    );
    [
        scaled(times(v, affine(1.0, -beta)), -4.0),
        scaled(times(v2, affine(2.0, -1.0 - beta)), 8.0 * sign),
        scaled(times(v2, bend), 8.0),
    ]
}

/// The least value of w (t − b)² for p between two ends.
pub(super) fn least(row: &FloatRow, sign: f64, p: Ends) -> f64 {
    let (low, high) = ((1.0 - p.1) / (1.0 + p.1), (1.0 - p.0) / (1.0 + p.0));
    let beta = sign * row.b;
    let distance = (low - beta).max(beta - high).max(0.0);
    row.w * distance * distance
}

/// Bounds of q^(m−l), unless it divides by a q that reaches 0.
pub(super) fn quotient(cell: &[Ends], m: &[i32], l: &[i32]) -> Option<Ends> {
    let mut product = (1.0, 1.0);
    for (q, (m, l)) in cell.iter().zip(m.iter().zip(l)) {
        match m - l {
            0 => {}
            1 => product = (product.0 * q.0, product.1 * q.1),
            more if more > 0 => product = (product.0 * q.0.powi(more), product.1 * q.1.powi(more)),
            _ if q.0 <= 0.0 => return None,
            less => product = (product.0 * q.1.powi(less), product.1 * q.0.powi(less)),
        }
    }
    Some(product)
}
