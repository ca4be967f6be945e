//! The transfer functions of the papers.
//!
//! UNTRUSTED. All are affine images of `tanh`, which is why one `tanh` serves every one of them.

use super::number::Scalar;
use crate::kernel::surface::Unit;

/// A transfer function `u ↦ scale · tanh(gain · u) + offset + twist · u`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sigmoid {
    /// Half the distance of the asymptotes; 0 for a linear unit.
    pub scale: f64,
    /// The slope inside.
    pub gain: f64,
    /// The value at 0.
    pub offset: f64,
    /// The small linear ("twisting") term of lb98 §4.4; 1 for a linear unit.
    pub twist: f64,
}

impl Sigmoid {
    /// `tanh u`, the sigmoid of ss89, so88 and fi92.
    pub const TANH: Self = Self {
        scale: 1.0,
        gain: 1.0,
        offset: 0.0,
        twist: 0.0,
    };
    /// `1/(1+e^{−u})`, ss89 (1.3).
    pub const LOGISTIC: Self = Self {
        scale: 0.5,
        gain: 0.5,
        offset: 0.5,
        twist: 0.0,
    };
    /// `1.7159 tanh(2u/3)`, the recommended sigmoid of lb98 §4.4.
    pub const RECOMMENDED: Self = Self {
        scale: 1.7159,
        gain: 2.0 / 3.0,
        offset: 0.0,
        twist: 0.0,
    };
    /// `u`, the output of lb98's linear network.
    pub const LINEAR: Self = Self {
        scale: 0.0,
        gain: 0.0,
        offset: 0.0,
        twist: 1.0,
    };

    /// The sigmoid of a training set's unit.
    #[must_use]
    pub const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Tanh => Self::TANH,
            Unit::Logistic => Self::LOGISTIC,
        }
    }

    /// This sigmoid with a linear term added (lb98 §4.4).
    #[must_use]
    pub const fn twisted(self, twist: f64) -> Self {
        Self { twist, ..self }
    }

    /// The value and the slope at `u`.
    pub fn value_and_slope<T: Scalar>(&self, u: T) -> (T, T) {
        let twist = T::constant(self.twist);
        if self.scale == 0.0 {
            return (T::constant(self.offset) + twist * u, twist);
        }
        let (t, slope) = (T::constant(self.gain) * u).tanh_and_slope();
        let value = T::constant(self.scale) * t + T::constant(self.offset) + twist * u;
        (value, T::constant(self.scale * self.gain) * slope + twist)
    }
}
