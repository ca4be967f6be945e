import doctest
import pathlib

import numpy
import pytest

import spurious

X = numpy.array([[-1, -1], [1, -1], [-1, 1], [1, 1]])
Y = numpy.array([-1.0, 1.0, 1.0, -1.0])
COUNTS = [1, 1, 1, 2]


def test_the_smallest_spurious_minimum():
    result = spurious.certify(X, Y, COUNTS)
    assert result.verdict == "spurious"
    assert result.complete
    minimum = result.minima[0]
    assert minimum.spurious is True
    low, high = minimum.error
    assert low <= 4.615867415407165 <= high
    assert result.infimum.value[0] <= 4 <= result.infimum.value[1]
    assert "strict local minimum, spurious" in repr(result)
    assert "<b>spurious" in result._repr_html_()


def test_the_certificate_is_checked_by_the_kernel():
    result = spurious.certify(X, Y, COUNTS)
    assert "spurious" in result.check()[-1]
    with pytest.raises(spurious.Rejected):
        spurious.check(result.certificate.replace("tanh", "logistic"))
    with pytest.raises(spurious.Rejected):
        spurious.check("(certificate")


def test_training_and_then_certifying_where_it_stopped():
    trained = spurious.train(X, Y, COUNTS, start=[0.1, 0.1, 0.1])
    result = spurious.certify(X, Y, COUNTS, start=trained.weights, starts=0, complete=False)
    assert result.nearest(trained.weights).distance(trained.weights) < 1e-6
    assert result.verdict == "minimum"


@pytest.mark.parametrize("kind", [numpy.float32, numpy.float64, numpy.int8])
def test_kinds_of_arrays_are_exact(kind):
    wide = numpy.zeros((4, 4), dtype=kind)
    wide[:, ::2] = X
    result = spurious.certify(wide[:, ::2], Y.astype(kind), COUNTS, complete=False)
    assert result.verdict == "spurious"


def test_noisy_floats():
    random = numpy.random.default_rng(1)
    inputs = random.normal(size=(200, 3))
    targets = numpy.where(inputs @ [1, -1, 0.5] + random.normal(size=200) > 0, 1.0, -1.0)
    for kind in (numpy.float32, numpy.float64):
        result = spurious.certify(inputs.astype(kind), targets, complete=False)
        assert result.verdict == "minimum", result
        assert all(high - low < 1e-6 for low, high in result.minima[0].box)


def test_separable_classes_have_no_critical_point():
    result = spurious.certify([[1.0], [2.0], [-1.0]], [1, 1, -1], threshold=False)
    assert result.verdict == "no-critical-point"


def test_torch_tensors():
    torch = pytest.importorskip("torch")
    weights = torch.tensor([0.1, 0.1, 0.1], dtype=torch.float64, requires_grad=True)
    result = spurious.certify(torch.tensor(X), torch.tensor(Y), COUNTS, start=weights)
    assert result.verdict == "spurious"


@pytest.mark.parametrize(
    ("inputs", "targets", "more", "error"),
    [
        (X, Y[:3], {}, ValueError),
        (X[0], Y, {}, ValueError),
        (X * numpy.nan, Y, {}, ValueError),
        (X * numpy.inf, Y, {}, ValueError),
        (X.astype(object), Y, {}, TypeError),
        (X.astype(complex), Y, {}, TypeError),
        (X[:0], Y[:0], {}, ValueError),
        (X, 2 * Y, {}, ValueError),
        (X, Y, {"weights": [1, 1, 1, -1]}, ValueError),
        (X, Y, {"unit": "relu"}, ValueError),
        (X, Y, {"start": [1, 2]}, ValueError),
        (X, Y, {"names": ["a"]}, ValueError),
        (numpy.full((4, 2), 2**53 + 1), Y, {}, ValueError),
        (numpy.ones((4, 5000)), Y, {}, ValueError),
    ],
)
def test_wrong_input_is_an_exception(inputs, targets, more, error):
    with pytest.raises(error):
        spurious.certify(inputs, targets, **more)


def test_verify(tmp_path):
    claims = tmp_path / "mine.claims"
    claims.write_text('paper mine\nclaim mine.one "p. 1"\n  printed "squares"\n  for x\n  show x^2 >= 0\n  verdict proved\n')
    assert spurious.verify(claims)["summary"]["proved"] == 1
    with pytest.raises(ValueError):
        spurious.verify(tmp_path / "none.claims")


def test_the_examples_of_the_readme():
    readme = pathlib.Path(__file__).parent.parent / "README.md"
    assert doctest.testfile(str(readme), module_relative=False).failed == 0
