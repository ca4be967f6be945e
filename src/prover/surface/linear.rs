//! Small dense symmetric linear algebra in floats. UNTRUSTED.

/// A square matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    /// Number of rows.
    pub n: usize,
    /// Entries, row by row.
    pub entries: Vec<f64>,
}

impl Square {
    /// The zero matrix.
    #[must_use]
    pub fn zero(n: usize) -> Self {
        Self {
            n,
            entries: vec![0.0; n * n],
        }
    }

    /// Entry (i, j).
    #[must_use]
    pub fn at(&self, i: usize, j: usize) -> f64 {
        self.entries[i * self.n + j]
    }

    /// Entry (i, j), to be changed.
    pub fn at_mut(&mut self, i: usize, j: usize) -> &mut f64 {
        &mut self.entries[i * self.n + j]
    }

    /// Adds m a aᵀ to the lower triangle.
    pub fn add_outer(&mut self, m: f64, a: &[f64]) {
        for (i, left) in a.iter().enumerate() {
            let left = m * left;
            for (cell, right) in self.entries[i * self.n..=i * self.n + i].iter_mut().zip(a) {
                *cell += left * right;
            }
        }
    }

    /// Copies the lower triangle onto the upper one.
    pub fn mirror(&mut self) {
        for i in 0..self.n {
            for j in 0..i {
                *self.at_mut(j, i) = self.at(i, j);
            }
        }
    }

    /// The lower triangular L with L Lᵀ = self + diag(shift), if that is positive definite.
    #[must_use]
    pub fn cholesky(&self, shift: impl Fn(usize) -> f64) -> Option<Self> {
        let n = self.n;
        let mut l = Self::zero(n);
        for i in 0..n {
            for j in 0..=i {
                let mut sum = self.at(i, j);
                for k in 0..j {
                    sum -= l.at(i, k) * l.at(j, k);
                }
                if i == j {
                    sum += shift(i);
                    if !(sum > 0.0 && sum.is_finite()) {
                        return None;
                    }
                    *l.at_mut(i, i) = sum.sqrt();
                } else {
                    *l.at_mut(i, j) = sum / l.at(j, j);
                }
            }
        }
        Some(l)
    }

    /// Solves L Lᵀ x = b for lower triangular self.
    #[must_use]
    pub fn solve_cholesky(&self, b: &[f64]) -> Vec<f64> {
        let n = self.n;
        let mut x = b.to_vec();
        for i in 0..n {
            for k in 0..i {
                x[i] -= self.at(i, k) * x[k];
            }
            x[i] /= self.at(i, i);
        }
        for i in (0..n).rev() {
            for k in i + 1..n {
                x[i] -= self.at(k, i) * x[k];
            }
            x[i] /= self.at(i, i);
        }
        x
    }

    /// Eigenvalues and orthonormal eigenvectors (column j belongs to value j), by Jacobi's rotations.
    #[must_use]
    pub fn eigen(&self) -> (Vec<f64>, Self) {
        let n = self.n;
        let mut a = self.clone();
        a.mirror();
        let mut v = Self::zero(n);
        for i in 0..n {
            *v.at_mut(i, i) = 1.0;
        }
        let size: f64 = a.entries.iter().map(|x| x * x).sum();
        for _ in 0..60 {
            let mut off = 0.0;
            for p in 0..n {
                for q in 0..p {
                    off += a.at(p, q) * a.at(p, q);
                }
            }
            if off <= 1e-32 * size {
                break;
            }
            for p in 0..n {
                for q in 0..p {
                    rotate(&mut a, &mut v, p, q);
                }
            }
        }
        ((0..n).map(|i| a.at(i, i)).collect(), v)
    }
}

/// One Jacobi rotation that makes entry (p, q) zero.
fn rotate(a: &mut Square, v: &mut Square, p: usize, q: usize) {
    let apq = a.at(p, q);
    if apq.abs() < 1e-300 {
        return;
    }
    let theta = (a.at(q, q) - a.at(p, p)) / (2.0 * apq);
    let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let t = if theta == 0.0 { 1.0 } else { t };
    let c = 1.0 / t.hypot(1.0);
    let s = t * c;
    for k in 0..a.n {
        let (x, y) = (a.at(k, p), a.at(k, q));
        *a.at_mut(k, p) = c * x - s * y;
        *a.at_mut(k, q) = s * x + c * y;
        let (x, y) = (v.at(k, p), v.at(k, q));
        *v.at_mut(k, p) = c * x - s * y;
        *v.at_mut(k, q) = s * x + c * y;
    }
    for k in 0..a.n {
        let (x, y) = (a.at(p, k), a.at(q, k));
        *a.at_mut(p, k) = c * x - s * y;
        *a.at_mut(q, k) = s * x + c * y;
    }
}
