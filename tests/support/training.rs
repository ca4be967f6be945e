//! Training sets that the trainer's tests share.

#![allow(clippy::redundant_pub_crate, reason = "shared by several tests")]

use spurious::train::{
    example::Examples, network::Network, objective::Objective, sigmoid::Sigmoid,
};

/// The 125 instances of ss89 as its proof uses them, grouped: eleven distinct rows.
pub(crate) fn proof_set() -> Examples {
    let five: [[f64; 5]; 5] = [
        [1., 1., 1., -1., -1.],
        [1., 1., -1., 1., -1.],
        [1., -1., 1., -1., 1.],
        [-1., 1., 1., -1., 1.],
        [-1., 1., 1., 1., -1.],
    ];
    let mut examples = Examples::default();
    for row in five {
        examples.push(row.to_vec(), 1.0, 15.0);
    }
    for row in five {
        examples.push(row.iter().map(|a| -a).collect(), 1.0, 1.0);
    }
    examples.push(vec![-1.0; 5], 1.0, 45.0);
    examples
}

/// One tanh unit on the 125 instances.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn proof_objective() -> Objective {
    Objective::new(Network::unit(5, Sigmoid::TANH), proof_set())
}

/// Near ss89's spurious minimum.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn near_spurious() -> Vec<f64> {
    vec![0.5 * 15f64.ln(); 5]
}
