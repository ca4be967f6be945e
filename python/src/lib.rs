//! What the Python package calls: numbers come as bytes of doubles, results go as JSON.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use spurious::kernel::number::Rational;
use spurious::kernel::surface::{Row, Unit};
use spurious::report::surface;
use spurious::train::algorithm::Method;
use spurious::train::example::Examples;
use spurious::train::network::Network;
use spurious::train::objective::Objective;
use spurious::train::run::{Limits, run};
use spurious::train::seed::generator;
use spurious::train::sigmoid::Sigmoid;
use spurious::{Search, TrainingSet};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

fn wrong(error: impl ToString) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Little-endian doubles.
fn doubles(bytes: &[u8]) -> Vec<f64> {
    let each = bytes.as_chunks::<8>().0;
    each.iter()
        .map(|chunk| f64::from_le_bytes(*chunk))
        .collect()
}

fn exact(values: &[f64]) -> PyResult<Vec<Rational>> {
    let each = values.iter().map(|value| Rational::from_float(*value));
    each.collect::<Option<_>>()
        .ok_or_else(|| wrong("a number is not finite"))
}

/// A training set as Python holds it.
#[pyclass(frozen)]
struct Data(TrainingSet);

#[pymethods]
impl Data {
    /// From rows of doubles.
    #[new]
    fn new(
        inputs: &[u8],
        targets: &[u8],
        weights: &[u8],
        names: Vec<String>,
        unit: &str,
    ) -> PyResult<Self> {
        let unit = match unit {
            "tanh" => Unit::Tanh,
            "logistic" => Unit::Logistic,
            _ => return Err(wrong("unit must be 'tanh' or 'logistic'")),
        };
        let (inputs, width) = (exact(&doubles(inputs))?, names.len().max(1));
        let (targets, weights) = (exact(&doubles(targets))?, exact(&doubles(weights))?);
        let rows = inputs.chunks_exact(width).zip(targets).zip(weights);
        let rows = rows.map(|((input, target), weight)| Row {
            input: input.to_vec(),
            target,
            weight,
        });
        TrainingSet::new(unit, names, rows.collect())
            .map(Self)
            .map_err(wrong)
    }

    /// The JSON of `spurious certify`, and the text of the certificate if there is one.
    fn certify(
        &self,
        py: Python<'_>,
        points: Vec<Vec<f64>>,
        starts: usize,
        seed: u64,
        complete: bool,
        attraction: bool,
    ) -> (String, Option<String>) {
        let search = Search {
            seed,
            starts,
            points,
            complete,
            attraction,
        };
        py.detach(|| {
            let found = spurious::certify(&self.0, &search);
            let text = found.certificate().map(|(text, _)| text);
            (surface::json(&found, None, seed, None).to_string(), text)
        })
    }

    /// Weights, error, and how the run ended.
    fn train(
        &self,
        py: Python<'_>,
        method: &str,
        start: Vec<f64>,
        steps: u64,
        seed: u64,
    ) -> PyResult<(Vec<f64>, f64, &'static str)> {
        let method = match method {
            "bfgs" => Method::Bfgs,
            "conjugate" => Method::Conjugate,
            "levenberg-marquardt" => Method::LevenbergMarquardt,
            _ => {
                return Err(wrong(
                    "method must be 'bfgs', 'conjugate' or 'levenberg-marquardt'",
                ));
            }
        };
        let sigmoid = match self.0.unit() {
            Unit::Tanh => Sigmoid::TANH,
            Unit::Logistic => Sigmoid::LOGISTIC,
        };
        let width = self.0.names().len();
        if start.len() != width {
            return Err(wrong(format!(
                "expected {width} weights, found {}",
                start.len()
            )));
        }
        let limits = Limits {
            steps,
            ..Limits::DEFAULT
        };
        Ok(py.detach(|| {
            let objective = Objective::new(Network::unit(width, sigmoid), Examples::from(&self.0));
            let never = AtomicBool::new(false);
            let ended = run(
                &objective,
                &method,
                &start,
                &limits,
                &mut generator(seed, 0),
                &never,
            );
            (ended.weights, ended.error, ended.outcome.describe())
        }))
    }
}

/// The statements of a certificate that the kernel accepts.
#[pyfunction]
fn check(py: Python<'_>, text: &str) -> PyResult<Vec<String>> {
    let checked = py.detach(|| spurious::check(text));
    let said = checked.map_err(wrong)?;
    Ok(said
        .iter()
        .map(|step| step.statement().to_string())
        .collect())
}

/// The JSON of `spurious verify`.
#[pyfunction]
fn verify(py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<String> {
    let found = py.detach(|| spurious::verify(&paths)).map_err(wrong)?;
    serde_json::to_string(&found).map_err(wrong)
}

/// The module.
#[pymodule]
fn _spurious(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Data>()?;
    module.add_function(wrap_pyfunction!(check, module)?)?;
    module.add_function(wrap_pyfunction!(verify, module)?)
}
