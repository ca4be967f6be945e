//! Defends the trainer's derivatives: against finite differences, and against exact rational arithmetic for one unit.

#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    clippy::unwrap_used,
    reason = "tests"
)]

use crate::training;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, ToPrimitive, Zero};
use proptest::prelude::*;
use spurious::train::{
    example::Examples,
    exponential::{exp2, tanh_and_slope},
    network::{Network, Tape},
    objective::Objective,
    sigmoid::Sigmoid,
};
use training::proof_set;

fn weights(count: usize) -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-2.0..2.0, count)
}

fn small_set() -> Examples {
    let mut examples = Examples::default();
    for (a, b, t) in [
        (0.3, -1.2, 0.9),
        (1.0, 0.5, -0.4),
        (-0.7, 0.1, 0.2),
        (0.0, 2.0, -1.0),
    ] {
        examples.push(vec![a, b], t, 1.0 + a * a);
    }
    examples
}

fn networks() -> Vec<Network> {
    let (tanh, linear) = (Sigmoid::TANH, Sigmoid::LINEAR);
    vec![
        Network::unit(2, tanh),
        Network::unit(2, Sigmoid::LOGISTIC),
        Network::unit(2, tanh.twisted(0.1)),
        Network::layered(2, &[3], tanh, linear),
        Network::layered(2, &[1], Sigmoid::RECOMMENDED, Sigmoid::RECOMMENDED),
        Network::layered(2, &[4, 3], tanh, tanh),
    ]
}

fn difference(
    objective: &Objective,
    w: &[f64],
    i: usize,
    f: impl Fn(&Objective, &[f64]) -> f64,
) -> f64 {
    let h = 1e-5;
    let at = |d: f64| {
        let mut moved = w.to_vec();
        moved[i] += d;
        f(objective, &moved)
    };
    (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h)
}

proptest! {
    #[test]
    fn backpropagation_agrees_with_finite_differences(w in weights(40)) {
        for network in networks() {
            let objective = Objective::new(network, small_set());
            let w = &w[..objective.dimension()];
            let gradient = objective.gradient(w);
            let hessian = objective.hessian(w);
            for i in 0..w.len() {
                let slope = difference(&objective, w, i, Objective::error);
                prop_assert!((gradient[i] - slope).abs() < 1e-8 * (1.0 + slope.abs()));
                for j in 0..w.len() {
                    let bend = difference(&objective, w, i, |o, w| o.gradient(w)[j]);
                    prop_assert!((hessian[(i, j)] - bend).abs() < 1e-8 * (1.0 + bend.abs()));
                }
            }
        }
    }

    #[test]
    fn unit_gradient_agrees_with_exact_arithmetic(xi in proptest::collection::vec((1i32..60, 1i32..60), 5)) {
        let exact = exact_gradient(&xi);
        let w: Vec<f64> = xi.iter().map(|(p, q)| 0.5 * (f64::from(*p) / f64::from(*q)).ln()).collect();
        let float = Objective::new(Network::unit(5, Sigmoid::TANH), proof_set()).gradient(&w);
        for (f, e) in float.iter().zip(exact) {
            prop_assert!((f - e).abs() < 1e-12, "{f} against {e}");
        }
    }

    #[test]
    fn tanh_is_within_its_bound(y in -340.0f64..340.0) {
        check_tanh(y);
    }

    #[test]
    fn tanh_is_within_its_bound_where_it_bends(y in -20.0f64..20.0) {
        check_tanh(y);
    }

    #[test]
    fn exp2_is_within_its_bound(z in -999.0f64..999.0) {
        prop_assert!((exp2(z) / z.exp2() - 1.0).abs() < 4.5e-16);
    }
}

fn check_tanh(y: f64) {
    let (t, slope) = tanh_and_slope(y);
    assert!((t - y.tanh()).abs() <= 3.0 * f64::EPSILON / 2.0, "{y}: {t}");
    let reference = y.cosh().powi(-2);
    assert!(
        (slope - reference).abs() <= 1e-14 * (1.0 + y.abs()) * reference.max(1e-290),
        "{y}: {slope}"
    );
}

/// The gradient at `x_i = ½ ln ξ_i`, where `tanh⟨a, x⟩ = (ξ^a − 1)/(ξ^a + 1)` is rational.
fn exact_gradient(xi: &[(i32, i32)]) -> Vec<f64> {
    let mut gradient = vec![BigRational::zero(); xi.len()];
    for (a, b, weight) in proof_set().rows() {
        let power = xi
            .iter()
            .zip(a)
            .fold(BigRational::one(), |product, ((p, q), e)| {
                product * BigRational::new(BigInt::from(*p), BigInt::from(*q)).pow(*e as i32)
            });
        let t = (&power - BigRational::one()) / (power + BigRational::one());
        let [b, weight] = [b, weight].map(|v| BigRational::from_float(v).unwrap());
        let factor = (&t - b) * (BigRational::one() - &t * &t) * weight * BigInt::from(2);
        for (g, e) in gradient.iter_mut().zip(a) {
            *g += &factor * BigInt::from(*e as i32);
        }
    }
    gradient.iter().map(|g| g.to_f64().unwrap()).collect()
}

#[test]
fn weights_are_counted_as_in_finnoff() {
    let (h, q) = (10, 10);
    let network = Network::layered(h, &[q], Sigmoid::TANH, Sigmoid::TANH);
    assert_eq!(network.weights(), (q + 1) + q * (h + 1));
}

#[test]
fn diagonal_second_derivatives_of_one_unit_are_squares_of_slope_and_input() {
    let objective = Objective::new(Network::unit(2, Sigmoid::TANH), small_set());
    let (w, mut diagonal) = ([0.4, -0.3], [0.0; 2]);
    objective.example_diagonal(0, &w, &mut Tape::default(), &mut diagonal);
    let (_, slope) = tanh_and_slope(0.3 * 0.4 + 1.2 * 0.3);
    for (d, a) in diagonal.iter().zip([0.3, -1.2]) {
        assert!((d - 2.0 * slope * slope * a * a).abs() < 1e-15);
    }
}

#[test]
fn jacobian_square_is_the_hessian_where_every_example_is_met() {
    let mut examples = Examples::default();
    let w = [0.3, -0.8];
    for a in [[1.0, 0.5], [0.2, -1.0]] {
        examples.push(a.to_vec(), tanh_and_slope(a[0] * w[0] + a[1] * w[1]).0, 2.0);
    }
    let objective = Objective::new(Network::unit(2, Sigmoid::TANH), examples);
    assert!((objective.hessian(&w) - objective.jacobian_square(&w)).norm() < 1e-14);
}

#[test]
fn recommended_sigmoid_is_about_one_at_one() {
    let (value, _) = Sigmoid::RECOMMENDED.value_and_slope(1.0f64);
    assert!((value - 1.0).abs() < 1e-4 && value != 1.0);
}

/// With examples in lanes: the same as by finite differences of the same, and of the scalar path.
#[test]
fn the_network_in_lanes_is_the_network_example_by_example() {
    for network in networks() {
        let mut examples = Examples::default();
        for k in 0..45_u32 {
            let [a, b, t] = [0.7, 1.3, 2.9].map(|f| (f64::from(k) * f).sin());
            examples.push(vec![a, b], t, 1.0 + f64::from(k % 3));
        }
        let w: Vec<f64> = (0..network.weights()).map(|i| (i as f64).cos()).collect();
        let (mut tape, mut expected) = (Tape::default(), vec![0.0; w.len()]);
        let mut error = 0.0;
        for (a, t, weight) in examples.rows() {
            let miss = network.forward(&w, a, &mut tape) - t;
            error += weight * miss * miss;
            network.backward(&w, 2.0 * weight * miss, &mut tape, &mut expected);
        }
        let objective = Objective::new(network, examples);
        let mut gradient = vec![0.0; w.len()];
        let found = objective.gradient_into(&w, &mut gradient);
        assert!((found - error).abs() < 1e-12 * error);
        assert!((objective.error(&w) - found).abs() < 1e-13 * error);
        for (g, e) in gradient.iter().zip(&expected) {
            assert!((g - e).abs() < 1e-12 * (1.0 + error), "{g} {e}");
        }
    }
}
