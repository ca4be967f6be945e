//! Products of powers of indeterminates. Part of the trusted kernel.

use super::limits::{self, TooLarge};

/// The index of an indeterminate.
pub type Atom = u32;

/// A product of powers of indeterminates: ascending indices, positive exponents up to [`limits::DEGREE`].
///
/// The place after the last power holds the exponent 0 and so compares like an end.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Monomial {
    /// The first powers, without an allocation.
    first: [(Atom, u32); 6],
    /// The powers after those.
    more: Vec<(Atom, u32)>,
}

impl Monomial {
    /// An indeterminate.
    #[must_use]
    pub fn atom(atom: Atom) -> Self {
        let mut power = Self::default();
        power.push((atom, 1));
        power
    }

    fn push(&mut self, power: (Atom, u32)) {
        match self.first.iter_mut().find(|(_, exponent)| *exponent == 0) {
            Some(place) => *place = power,
            None => self.more.push(power),
        }
    }

    /// The indeterminates with their exponents.
    pub fn iter(&self) -> impl Iterator<Item = (Atom, u32)> {
        self.first.iter().take_while(|(_, exponent)| *exponent > 0).chain(&self.more).copied()
    }

    /// Whether it is 1.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The part made of such indeterminates, and the rest.
    #[must_use]
    pub fn split(&self, such: impl Fn(Atom) -> bool) -> (Self, Self) {
        let (mut part, mut rest) = (Self::default(), Self::default());
        self.iter().for_each(|power| if such(power.0) { part.push(power) } else { rest.push(power) });
        (part, rest)
    }

    /// The product.
    ///
    /// # Errors
    /// [`TooLarge`] beyond [`limits::DEGREE`].
    pub fn times(&self, other: &Self) -> Result<Self, TooLarge> {
        let (mut product, mut rest) = (Self::default(), other.iter().peekable());
        for (atom, exponent) in self.iter() {
            while let Some(before) = rest.next_if(|(other, _)| *other < atom) {
                product.push(before);
            }
            let more = rest.next_if(|(other, _)| *other == atom).map_or(0, |(_, exponent)| exponent);
            let sum = exponent.checked_add(more).filter(|sum| *sum <= limits::DEGREE).ok_or(TooLarge)?;
            product.push((atom, sum));
        }
        rest.for_each(|power| product.push(power));
        Ok(product)
    }
}
