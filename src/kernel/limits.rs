//! Every cap of the kernel, in one place. Part of the trusted kernel.
//!
//! A cap bounds time and memory on hostile input. None of them is part of soundness.

use std::cell::Cell;

/// Version of the certificate text that is read. It changes whenever the grammar does.
pub const VERSION: &str = "3";
/// Longest certificate or statement text, in bytes.
pub const TEXT_BYTES: usize = 64 << 20;
/// Deepest nesting of lists in a certificate.
pub const DEPTH: usize = 500;
/// Deepest nesting of a term after definitions, substitutions and derivatives are carried out.
pub const TERM_DEPTH: usize = 300;
/// Deepest nesting of a formula, its terms included, after definitions and substitutions are carried out.
pub const FORMULA_DEPTH: usize = 1_000;
/// Most steps of one certificate, its text included: two microseconds and 200 bytes each at most.
pub const STEPS: usize = 4_000_000;
/// Steps of comparing a predicate that was not read from a text: it may be about a whole training set.
pub const PREDICATE: usize = 10_000;
/// Stack of a check, in bytes.
pub const STACK_BYTES: usize = 64 << 20;
/// Most digits of one integer in a text.
pub const DIGITS: usize = 5_000;
/// Longest name, in bytes.
pub const NAME_BYTES: usize = 200;
/// Most weights of a training set.
pub const WEIGHTS: usize = 64;
/// Most distinct rows of a training set.
pub const ROWS: usize = 200_000;
/// Largest exponent of an indeterminate in a polynomial.
pub const DEGREE: u32 = 4_096;
/// Most products of two monomials in one multiplication of polynomials.
pub const MONOMIALS: usize = 4_000_000;
/// Most bits of precision of one rounding, working precision included.
pub const PRECISION: u32 = 1 << 14;
/// A rounded endpoint is at most 2^EXPONENT in magnitude and a multiple of 2^-EXPONENT.
pub const EXPONENT: u64 = 1 << 17;
/// Largest magnitude of an argument of the exponential function; half of it for the hyperbolic tangent.
pub const EXP_ARGUMENT: u32 = 1 << 14;
/// Most bits of a grid 2⁻ᵏ or of a box's half-width 2⁻ᵐ.
pub const GRID_BITS: u32 = 2048;
/// Most bits of a power that the checker multiplies out.
pub const POWER_BITS: u64 = 1 << 18;
/// Most weights in the rule that lists all minima.
pub const CELL_WEIGHTS: u32 = 6;
/// Largest exponent of a monomial in that rule.
pub const CELL_POWER: u32 = 256;

/// Something is beyond a cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

thread_local! {
    /// The steps that are left to the check on this thread; without a check there is no bound.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Counts steps before they are taken.
///
/// # Errors
/// [`TooLarge`] beyond [`STEPS`].
pub fn spend(steps: usize) -> Result<(), TooLarge> {
    let Some(left) = LEFT.get() else {
        return Ok(());
    };
    LEFT.set(Some(left.saturating_sub(steps)));
    if steps <= left { Ok(()) } else { Err(TooLarge) }
}

/// Counts so many products of two integers of these bits before they are computed.
///
/// # Errors
/// [`TooLarge`] beyond [`STEPS`].
pub fn multiply(products: usize, left: u64, right: u64) -> Result<(), TooLarge> {
    let words = (left >> 6_u32).saturating_mul(right >> 6_u32) >> 9_u32;
    let stored = left.saturating_add(right) >> 10_u32;
    let each = usize::try_from(words.saturating_add(stored)).map_err(|_| TooLarge)?;
    spend(
        products
            .saturating_mul(each)
            .saturating_add(products >> 4_u32),
    )
}

/// The result of some work, and the steps that it took if they are counted.
pub fn measured<T>(work: impl FnOnce() -> T) -> (T, Option<usize>) {
    let (before, result) = (LEFT.get(), work());
    let taken = before
        .zip(LEFT.get())
        .map(|(before, after)| before.saturating_sub(after));
    (result, taken)
}

/// Carries out work with so many steps on this thread. Checks that are a part of it take its stack, which must have
/// [`STACK_BYTES`].
pub fn within<T>(steps: usize, work: impl FnOnce() -> T) -> T {
    let before = LEFT.replace(Some(steps));
    let result = work();
    LEFT.set(before);
    result
}

/// Carries out a check with [`STEPS`] steps, on a stack that holds the deepest nesting whatever stack the caller has.
///
/// # Errors
/// As the check; [`TooLarge`] if the machine has no room for another thread.
pub fn bounded<T: Send, E: Send + From<TooLarge>>(
    check: impl FnOnce() -> Result<T, E> + Send,
) -> Result<T, E> {
    if LEFT.get().is_some() {
        return within(STEPS, check);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || within(STEPS, check));
        thread
            .map_err(|_| TooLarge)?
            .join()
            .unwrap_or_else(|_| Err(TooLarge.into()))
    })
}
