"""Shares of the verdicts of `spurious certify` over data sets that scikit-learn packages.

    python3 benches/real_sets.py [--program target/release/spurious] [--folder FOLDER] [--start] [--sets WORD]

Writes each set as CSV into a folder of its own, raw and standardised to six decimals, with targets at and inside the
range of the unit, and runs the program on it. `--start` gives it the minimum that SciPy's L-BFGS finds, and no random
starts. Needs scikit-learn, SciPy and NumPy; no data are kept.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import tempfile
import time

import numpy
import scipy.optimize
from sklearn import datasets

TARGETS = {"pm1": ("tanh", -1.0, 1.0), "pm0.9": ("tanh", -0.9, 0.9), "01": ("logistic", 0.0, 1.0), "0.1": ("logistic", 0.1, 0.9)}


def tables():
    """Name, inputs and a boolean class of each packaged set."""
    iris, wine, cancer = datasets.load_iris(), datasets.load_wine(), datasets.load_breast_cancer()
    digits, diabetes, linnerud = datasets.load_digits(), datasets.load_diabetes(), datasets.load_linnerud()
    for k in range(3):
        yield f"iris{k}", iris.data, iris.target == k
        yield f"wine{k}", wine.data, wine.target == k
    yield "cancer", cancer.data, cancer.target == 1
    yield "cancer10", cancer.data[:, :10], cancer.target == 1
    for k in (3, 8):
        yield f"digits{k}", digits.data[:, digits.data.std(axis=0) > 0], digits.target == k
    yield "diabetes", diabetes.data, diabetes.target > numpy.median(diabetes.target)
    for k in range(3):
        values = linnerud.target[:, k]
        yield f"linnerud{k}", linnerud.data, values > numpy.median(values)


def standardised(inputs):
    return numpy.round((inputs - inputs.mean(axis=0)) / inputs.std(axis=0), 6)


def minimum(inputs, targets, unit):
    """Weights, the threshold's last, at which L-BFGS stops."""
    scale = numpy.maximum(abs(inputs).max(axis=0), 1e-12)
    a = numpy.column_stack([inputs / scale, numpy.ones(len(inputs))])

    def error(x):
        y = a @ x
        response = numpy.tanh(y) if unit == "tanh" else 0.5 * (1 + numpy.tanh(y / 2))
        slope = 1 - response**2 if unit == "tanh" else response * (1 - response)
        gap = response - targets
        return gap @ gap, 2 * a.T @ (gap * slope)

    found = scipy.optimize.minimize(error, numpy.zeros(a.shape[1]), jac=True, method="L-BFGS-B",
                                    options={"maxiter": 20000, "ftol": 1e-16, "gtol": 1e-12})
    return found.x / numpy.append(scale, 1.0)


def write(path, inputs, targets):
    names = [f"x{i + 1}" for i in range(inputs.shape[1])]
    lines = [",".join([*names, "target"])]
    lines += [",".join([*(repr(float(v)) for v in row), repr(float(t))]) for row, t in zip(inputs, targets)]
    path.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default="target/release/spurious")
    parser.add_argument("--folder")
    parser.add_argument("--start", action="store_true")
    parser.add_argument("--sets", default="")
    options = parser.parse_args()
    folder = pathlib.Path(options.folder or tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    shares = collections.Counter()
    for name, table, positive in tables():
        for form, inputs in (("raw", table), ("std", standardised(table))):
            for word, (unit, low, high) in TARGETS.items():
                label = f"{name}-{form}-{word}"
                if options.sets not in label:
                    continue
                path = folder / f"{label}.csv"
                targets = numpy.where(positive, high, low)
                write(path, inputs, targets)
                command = [options.program, "certify", path, "--unit", unit, "--threshold", "--format", "json"]
                if options.start:
                    start = folder / f"{label}.npy"
                    numpy.save(start, minimum(inputs, targets, unit))
                    command += ["--start", start, "--starts", "0", "--single"]
                begun = time.time()
                ran = subprocess.run(command, capture_output=True, text=True, check=False)
                value = json.loads(ran.stdout) if ran.stdout else {}
                verdict = value.get("verdict", "error")
                shares[verdict] += 1
                found = value.get("found") or {}
                why = found.get("obstacle", "") if verdict == "unknown" else ran.stderr.strip()
                print(f"{label:24} {verdict:18} {len(value.get('minima', [])):3} minima {time.time() - begun:7.2f} s  {why}",
                      flush=True)
    total = sum(shares.values())
    print(", ".join(f"{word} {count} ({count / total:.0%})" for word, count in shares.most_common()))


if __name__ == "__main__":
    main()
