"""Certified minima of the error of one sigmoid unit.

The error is E(w) = sum of weight * (unit(<x, w>) - y)^2 over the rows, for a tanh or logistic unit. Numbers are taken
exactly as the floats or integers that they are. A result says only what the kernel of `spurious` has accepted.
"""

from __future__ import annotations

import html
import json
import math
import os
from dataclasses import dataclass
from typing import Any

import numpy

from . import _spurious

__all__ = ["Infimum", "Minimum", "Rejected", "Result", "Trained", "certify", "check", "train", "verify"]


class Rejected(ValueError):
    """The kernel rejects a certificate; the message says which premise fails."""


@dataclass(frozen=True)
class Minimum:
    """A certified local minimum: exactly one lies in the box."""

    #: Lower and upper end for each weight, the threshold last, rounded outward.
    box: tuple[tuple[float, float], ...]
    #: Lower and upper bound of the error.
    error: tuple[float, float]
    #: Whether it is alone nearby; else the minimum is an affine family of which the box encloses one element.
    strict: bool
    #: True: a lower point is certified. False: the minimum is certified to be global. None: not decided.
    spurious: bool | None

    @property
    def weights(self) -> numpy.ndarray:
        """The middle of the box."""
        return numpy.array([(low + high) / 2 for low, high in self.box])

    def distance(self, weights: Any) -> float:
        """The largest distance of a weight from its interval; 0 inside the box."""
        weights = _floats(weights, "weights", 1)
        if len(weights) != len(self.box):
            raise ValueError(f"expected {len(self.box)} weights, found {len(weights)}")
        return max(max(low - w, w - high, 0.0) for (low, high), w in zip(self.box, weights))


@dataclass(frozen=True)
class Infimum:
    """What is certified of the infimum of the error."""

    value: tuple[float, float]
    attained: bool | None


@dataclass(frozen=True)
class Trained:
    """Where training in floating point ended: a measurement, never a certified fact."""

    weights: numpy.ndarray
    error: float
    outcome: str


class Result:
    """What was certified of a training set."""

    def __init__(self, data: dict[str, Any], certificate: str | None, names: list[str]):
        self.data = data
        self.certificate = certificate
        self.names = names
        self.verdict: str = data["verdict"]
        self.reason: str = data["reason"]
        self.complete: bool = data["complete"]
        self.found: dict[str, Any] | None = data["found"]
        self.remarks: list[str] = data["remarks"]
        self.minima = [
            Minimum(tuple(_pair(p) for p in each["point"] or ()), _pair(each["error"]), each["strict"], each["spurious"])
            for each in data["minima"]
        ]
        value = data["infimum"]["value"]
        self.infimum = None if value is None else Infimum(_pair(value), data["infimum"]["attained"])

    def nearest(self, weights: Any) -> Minimum | None:
        """The certified minimum whose box is nearest to these weights."""
        return min(self.minima, key=lambda each: each.distance(weights), default=None)

    def check(self) -> list[str]:
        """Has the kernel read the certificate again; the statements that it accepts."""
        if self.certificate is None:
            raise Rejected("nothing is certified")
        return check(self.certificate)

    def _lines(self) -> list[str]:
        lines = [f"{self.verdict}: {self.reason}"]
        words = {True: ", spurious", False: ", global", None: ""}
        for each in self.minima:
            kind = "strict local minimum" if each.strict else "local minimum (affine family)"
            lines.append(f"{kind}{words[each.spurious]}: error in [{each.error[0]!r}, {each.error[1]!r}]")
            lines += [f"   {name} in [{low!r}, {high!r}]" for name, (low, high) in zip(self.names, each.box)]
        if self.infimum is not None:
            lines.append(f"infimum in [{self.infimum.value[0]!r}, {self.infimum.value[1]!r}]")
        if self.found is not None:
            lines.append(f"not certified: {self.found['obstacle']}")
            lines += [f"try: {advice}" for advice in self.found["advice"]]
        return lines + [f"remark: {remark}" for remark in self.remarks]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        first, *rest = self._lines()
        return f"<p><b>{html.escape(first)}</b></p><pre>{html.escape(chr(10).join(rest))}</pre>"


def _pair(ends: list[str]) -> tuple[float, float]:
    """Decimals as floats, outward."""
    low, high = (float(end) for end in ends)
    return math.nextafter(low, -math.inf), math.nextafter(high, math.inf)


def _floats(values: Any, name: str, dimensions: int) -> numpy.ndarray:
    """The numbers exactly, as doubles in the order of C."""
    if hasattr(values, "detach"):
        values = values.detach().cpu().numpy()
    array = numpy.asarray(values)
    if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8:
        raise TypeError(f"{name}: expected floats or integers of at most 64 bits, found {array.dtype}")
    if array.ndim != dimensions:
        raise ValueError(f"{name}: expected {dimensions} dimensions, found {array.ndim}")
    if array.size == 0:
        raise ValueError(f"{name}: expected at least one number")
    floats = array.astype("<f8", order="C")
    if array.dtype.kind in "iu" and not all(int(x) == int(y) for x, y in zip(array.flat, floats.flat)):
        raise ValueError(f"{name}: an integer is not a double")
    if not numpy.isfinite(floats).all():
        raise ValueError(f"{name}: NaN or infinity")
    return floats


def _data(X: Any, y: Any, weights: Any, unit: str, threshold: bool, names: Any) -> tuple[_spurious.Data, list[str]]:
    inputs, targets = _floats(X, "X", 2), _floats(y, "y", 1)
    counts = numpy.ones(len(targets)) if weights is None else _floats(weights, "weights", 1)
    for name, array in (("y", targets), ("weights", counts)):
        if len(array) != len(inputs):
            raise ValueError(f"{name}: expected {len(inputs)} numbers, one for each row of X, found {len(array)}")
    names = [f"x{i + 1}" for i in range(inputs.shape[1])] if names is None else [str(name) for name in names]
    if len(names) != inputs.shape[1]:
        raise ValueError(f"names: expected {inputs.shape[1]}, found {len(names)}")
    if threshold:
        inputs = numpy.column_stack([inputs, numpy.ones(len(inputs))])
        names = [*names, "threshold"]
    data = _spurious.Data(inputs.tobytes(), targets.tobytes(), counts.astype("<f8").tobytes(), names, unit)
    return data, names


def certify(X: Any, y: Any, weights: Any = None, *, unit: str = "tanh", threshold: bool = True, start: Any = None,
            starts: int = 200, seed: int = 1, complete: bool = True, attraction: bool = False,
            names: Any = None) -> Result:
    """Looks for the minima of the error and certifies what it can.

    `start` has the weights where training stopped, the threshold last, or one row of them for each start; `starts` is the
    number of random starts besides.
    """
    data, names = _data(X, y, weights, unit, threshold, names)
    points: list[list[float]] = []
    if start is not None:
        array = numpy.atleast_2d(start.detach().cpu().numpy() if hasattr(start, "detach") else numpy.asarray(start))
        points = _floats(array, "start", 2).tolist()
        if len(points[0]) != len(names):
            raise ValueError(f"start: expected {len(names)} weights, found {len(points[0])}")
    result, certificate = data.certify(points, starts, seed, complete, attraction)
    return Result(json.loads(result), certificate, names)


def train(X: Any, y: Any, weights: Any = None, *, unit: str = "tanh", threshold: bool = True, start: Any = None,
          method: str = "bfgs", steps: int = 100_000, seed: int = 1, names: Any = None) -> Trained:
    """Trains the unit in floating point, from `start` or from 0."""
    data, names = _data(X, y, weights, unit, threshold, names)
    first = numpy.zeros(len(names)) if start is None else _floats(start, "start", 1)
    found, error, outcome = data.train(method, first.tolist(), steps, seed)
    return Trained(numpy.array(found), error, outcome)


def check(certificate: str) -> list[str]:
    """Has the kernel check the text of a certificate; the statements that it accepts, the last one is what it is for."""
    try:
        return _spurious.check(certificate)
    except ValueError as error:
        raise Rejected(str(error)) from None


def verify(*paths: str | os.PathLike[str]) -> dict[str, Any]:
    """Derives every claim of claim files and folders afresh; the report of `spurious verify`."""
    return json.loads(_spurious.verify([os.fspath(path) for path in paths]))
