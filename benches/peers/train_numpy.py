"""Batch gradient descent of one tanh unit on the 125 instances, in NumPy: one start at a time, and many side by side.

Prints JSON, gradient steps a second. The grouped rows are eleven; `lines` is the same error on six (rows equal up to sign
gathered), which is what the Rust side runs.
"""

import json
import os
import statistics
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np

FIVE = np.array([[1, 1, 1, -1, -1], [1, 1, -1, 1, -1], [1, -1, 1, -1, 1], [-1, 1, 1, -1, 1], [-1, 1, 1, 1, -1]], float)
ONES = np.ones((1, 5))
ROWS = (np.vstack([FIVE, -FIVE, -ONES]), np.ones(11), np.array([15.0] * 5 + [1.0] * 5 + [45.0]))
LINES = (np.vstack([FIVE, ONES]), np.array([14 / 16] * 5 + [-1.0]), np.array([16.0] * 5 + [45.0]))
RATE = 0.005


def rate_of(chunk, seconds):
    """The median of the rates of short chunks of work, and the fastest."""
    rates, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds:
        before = time.perf_counter()
        count = chunk()
        rates.append(count / (time.perf_counter() - before))
    return statistics.median(rates), max(rates)


def one_start(data, seconds=1.0):
    a, b, w = data
    x, at, w2 = np.full(5, 0.1), np.ascontiguousarray(a.T), 2 * RATE * w
    def chunk():
        nonlocal x
        for _ in range(1000):
            t = np.tanh(a @ x)
            x -= at @ (w2 * (t - b) * (1 - t * t))
        return 1000

    return rate_of(chunk, seconds)


def batched(data, width, seconds=0.5):
    a, b, w = data
    x = np.random.default_rng(1).uniform(-2, 2, (5, width))
    step = np.ascontiguousarray(a.T) * (2 * RATE * w)
    b = np.repeat(b[:, None], width, axis=1)
    y, t, g = np.empty((len(a), width)), np.empty((len(a), width)), np.empty((5, width))

    def chunk():
        for _ in range(max(1, 20480 // width)):
            np.matmul(a, x, out=y)
            np.tanh(y, out=y)
            np.multiply(y, y, out=t)
            np.subtract(1.0, t, out=t)
            np.subtract(y, b, out=y)
            np.multiply(y, t, out=y)
            np.matmul(step, y, out=g)
            np.subtract(x, g, out=x)
        return max(1, 20480 // width) * width

    return rate_of(chunk, seconds)


widths = (64, 128, 256, 512, 1024, 2048, 4096, 8192)
print(
    json.dumps(
        {
            "NumPy one start": one_start(ROWS),
            "NumPy batched": max(batched(ROWS, n) for n in widths),
            "NumPy batched, lines": max(batched(LINES, n) for n in widths),
        }
    )
)
