//! Randomness: one named generator (`ChaCha` with 8 rounds), one stream per run.
//!
//! UNTRUSTED. A run's stream is chosen by its index, so results do not depend on which thread runs
//! what, or when.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The generator of every experiment.
pub type Generator = ChaCha8Rng;

/// The generator of run number `index` under this seed.
#[must_use]
pub fn generator(seed: u64, index: u64) -> Generator {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(index);
    generator
}

/// Uniform in [−scale, scale).
pub fn uniform(generator: &mut Generator, scale: f64) -> f64 {
    (2.0 * generator.random::<f64>() - 1.0) * scale
}

/// A uniform start in the cube [−scale, scale)^n.
pub fn cube(generator: &mut Generator, n: usize, scale: f64) -> Vec<f64> {
    (0..n).map(|_| uniform(generator, scale)).collect()
}

/// Standard normal (polar method).
pub fn normal(generator: &mut Generator) -> f64 {
    loop {
        let (u, v) = (uniform(generator, 1.0), uniform(generator, 1.0));
        let square = u * u + v * v;
        if square > 0.0 && square < 1.0 {
            return u * (-2.0 * square.ln() / square).sqrt();
        }
    }
}

/// A direction, uniform on the sphere.
pub fn direction(generator: &mut Generator, n: usize) -> Vec<f64> {
    let vector: Vec<f64> = (0..n).map(|_| normal(generator)).collect();
    let length = super::number::norm(&vector);
    vector.iter().map(|entry| entry / length).collect()
}
