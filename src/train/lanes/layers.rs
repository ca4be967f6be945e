//! Backpropagation through a network with examples side by side, one in each lane.
//!
//! UNTRUSTED. Sixteen examples form a block, and each weight has a sum for each place in a block.
//! The sums are added up in one order at the end. So the result depends neither on the width of the
//! registers nor on anything but weights and examples. Nothing is allocated after the first call on
//! a thread.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]

use super::block::BLOCK;
use super::exponential::tanh_and_slope;
use crate::train::example::Examples;
use crate::train::network::{Layer, Network};
use crate::train::sigmoid::Sigmoid;
use pulp::bytemuck::{cast_slice, cast_slice_mut};
use pulp::{Arch, Simd, WithSimd};
use std::cell::RefCell;

/// Registers that go through the network together.
const UNROLL: usize = 2;

/// A network on examples, which are kept in blocks.
#[derive(Clone, Debug)]
pub struct Layered {
    network: Network,
    blocks: Vec<Block>,
}

/// Sixteen examples; places beyond the last example have weight 0.
#[derive(Clone, Debug)]
struct Block {
    inputs: Vec<[f64; BLOCK]>,
    targets: [f64; BLOCK],
    weights: [f64; BLOCK],
}

/// Room for one block on its way, and for the sums of the gradient.
#[derive(Default)]
struct Room {
    values: Vec<[f64; BLOCK]>,
    slopes: Vec<[f64; BLOCK]>,
    deltas: Vec<[f64; BLOCK]>,
    sums: Vec<[f64; BLOCK]>,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

impl Layered {
    /// This network on these examples.
    #[must_use]
    pub fn new(network: Network, examples: &Examples) -> Self {
        let mut blocks = Vec::new();
        for first in (0..examples.len()).step_by(BLOCK) {
            let mut block = Block {
                inputs: vec![[0.0; BLOCK]; examples.columns()],
                targets: [0.0; BLOCK],
                weights: [0.0; BLOCK],
            };
            for (place, (input, target, weight)) in
                examples.rows().skip(first).take(BLOCK).enumerate()
            {
                for (column, entry) in block.inputs.iter_mut().zip(input) {
                    column[place] = *entry;
                }
                block.targets[place] = target;
                block.weights[place] = weight;
            }
            blocks.push(block);
        }
        Self { network, blocks }
    }

    /// `E(w)`.
    #[must_use]
    pub fn error(&self, w: &[f64]) -> f64 {
        self.sweep(w, None)
    }

    /// Writes `∇E(w)` and returns `E(w)`.
    pub fn gradient_into(&self, w: &[f64], gradient: &mut [f64]) -> f64 {
        self.sweep(w, Some(gradient))
    }

    fn sweep(&self, w: &[f64], gradient: Option<&mut [f64]>) -> f64 {
        ROOM.with_borrow_mut(|room| {
            let nodes = self.network.nodes();
            for part in [&mut room.values, &mut room.slopes, &mut room.deltas] {
                part.resize(nodes, [0.0; BLOCK]);
            }
            room.sums.clear();
            room.sums.resize(w.len(), [0.0; BLOCK]);
            let backward = gradient.is_some();
            let mut errors = [0.0; BLOCK];
            Arch::new().dispatch(Sweep {
                layers: self.network.layers(),
                threshold: self.network.has_thresholds(),
                blocks: &self.blocks,
                w,
                room,
                errors: &mut errors,
                backward,
            });
            if let Some(gradient) = gradient {
                for (entry, sums) in gradient.iter_mut().zip(&room.sums) {
                    *entry = sums.iter().sum();
                }
            }
            errors.iter().sum()
        })
    }
}

/// All blocks through the network, and back where the gradient is wanted.
struct Sweep<'a> {
    layers: &'a [Layer],
    threshold: bool,
    blocks: &'a [Block],
    w: &'a [f64],
    room: &'a mut Room,
    errors: &'a mut [f64; BLOCK],
    backward: bool,
}

/// The registers of a row that begin at this place.
#[inline(always)]
fn load<S: Simd>(row: &[f64; BLOCK], first: usize) -> [S::f64s; UNROLL] {
    let lanes: &[S::f64s] = cast_slice(&row[first..first + UNROLL * S::F64_LANES]);
    [lanes[0], lanes[1]]
}

#[inline(always)]
fn store<S: Simd>(row: &mut [f64; BLOCK], first: usize, lanes: [S::f64s; UNROLL]) {
    let places: &mut [S::f64s] = cast_slice_mut(&mut row[first..first + UNROLL * S::F64_LANES]);
    places[0] = lanes[0];
    places[1] = lanes[1];
}

/// `a · b + c`, register by register.
#[inline(always)]
fn fused<S: Simd>(
    simd: S,
    a: [S::f64s; UNROLL],
    b: [S::f64s; UNROLL],
    c: [S::f64s; UNROLL],
) -> [S::f64s; UNROLL] {
    [
        simd.mul_add_f64s(a[0], b[0], c[0]),
        simd.mul_add_f64s(a[1], b[1], c[1]),
    ]
}

#[inline(always)]
fn both<S: Simd>(simd: S, value: f64) -> [S::f64s; UNROLL] {
    [simd.splat_f64s(value); UNROLL]
}

impl WithSimd for Sweep<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        for block in self.blocks {
            let inputs = block.inputs.len();
            self.room.values[..inputs].copy_from_slice(&block.inputs);
            for first in (0..BLOCK).step_by(UNROLL * S::F64_LANES) {
                self.forward(simd, first);
                let miss = self.miss(simd, block, first);
                if self.backward {
                    self.back(simd, first, miss);
                }
            }
        }
    }
}

impl Sweep<'_> {
    #[inline(always)]
    fn forward<S: Simd>(&mut self, simd: S, first: usize) {
        for layer in self.layers {
            let rows = self.w[layer.weights..].chunks(layer.stride);
            for (unit, row) in rows.take(layer.units).enumerate() {
                let threshold = if self.threshold {
                    row[layer.inputs]
                } else {
                    0.0
                };
                let mut sum = both(simd, threshold);
                for (weight, value) in row.iter().zip(&self.room.values[layer.from..layer.to]) {
                    sum = fused(simd, both(simd, *weight), load::<S>(value, first), sum);
                }
                let (mut value, mut slope) = (sum, sum);
                for lane in 0..UNROLL {
                    (value[lane], slope[lane]) = respond(simd, &layer.sigmoid, sum[lane]);
                }
                store::<S>(&mut self.room.values[layer.to + unit], first, value);
                store::<S>(&mut self.room.slopes[layer.to + unit], first, slope);
            }
        }
    }

    /// Adds up the error, and returns the derivative by the output.
    #[inline(always)]
    fn miss<S: Simd>(&mut self, simd: S, block: &Block, first: usize) -> [S::f64s; UNROLL] {
        let output = self.room.values.len() - 1;
        let value = load::<S>(&self.room.values[output], first);
        let target = load::<S>(&block.targets, first);
        let weight = load::<S>(&block.weights, first);
        let mut error = load::<S>(self.errors, first);
        let mut seed = weight;
        for lane in 0..UNROLL {
            let miss = simd.sub_f64s(value[lane], target[lane]);
            let weighted = simd.mul_f64s(weight[lane], miss);
            error[lane] = simd.mul_add_f64s(weighted, miss, error[lane]);
            seed[lane] = simd.add_f64s(weighted, weighted);
        }
        store::<S>(self.errors, first, error);
        seed
    }

    #[inline(always)]
    fn back<S: Simd>(&mut self, simd: S, first: usize, seed: [S::f64s; UNROLL]) {
        let Room {
            values,
            slopes,
            deltas,
            sums,
        } = &mut *self.room;
        let zero = both(simd, 0.0);
        store::<S>(&mut deltas[values.len() - 1], first, seed);
        for layer in self.layers.iter().rev() {
            // Derivatives by the inputs of the network are wanted by nobody.
            let hidden = layer.from > 0;
            if hidden {
                for delta in &mut deltas[layer.from..layer.to] {
                    store::<S>(delta, first, zero);
                }
            }
            for unit in 0..layer.units {
                let node = layer.to + unit;
                let outer = load::<S>(&deltas[node], first);
                let delta = fused(simd, outer, load::<S>(&slopes[node], first), zero);
                let start = layer.weights + unit * layer.stride;
                for (i, sum) in sums[start..start + layer.inputs].iter_mut().enumerate() {
                    let value = load::<S>(&values[layer.from + i], first);
                    let more = fused(simd, delta, value, load::<S>(sum, first));
                    store::<S>(sum, first, more);
                }
                if hidden {
                    for i in 0..layer.inputs {
                        let weight = both(simd, self.w[start + i]);
                        let inner = load::<S>(&deltas[layer.from + i], first);
                        let more = fused(simd, delta, weight, inner);
                        store::<S>(&mut deltas[layer.from + i], first, more);
                    }
                }
                if self.threshold {
                    let sum = &mut sums[start + layer.inputs];
                    let more = fused(simd, delta, both(simd, 1.0), load::<S>(sum, first));
                    store::<S>(sum, first, more);
                }
            }
        }
    }
}

/// The value and the slope of a sigmoid.
#[inline(always)]
fn respond<S: Simd>(simd: S, sigmoid: &Sigmoid, u: S::f64s) -> (S::f64s, S::f64s) {
    let twist = simd.splat_f64s(sigmoid.twist);
    let linear = simd.mul_add_f64s(twist, u, simd.splat_f64s(sigmoid.offset));
    if sigmoid.scale == 0.0 {
        return (linear, twist);
    }
    let (t, slope) = tanh_and_slope(simd, simd.mul_f64s(simd.splat_f64s(sigmoid.gain), u));
    let steepness = simd.splat_f64s(sigmoid.scale * sigmoid.gain);
    (
        simd.mul_add_f64s(simd.splat_f64s(sigmoid.scale), t, linear),
        simd.mul_add_f64s(steepness, slope, twist),
    )
}
