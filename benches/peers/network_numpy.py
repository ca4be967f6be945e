"""Batch gradient descent of a 10-10-1 tanh network on 200 examples, in NumPy on one core: one start, and 64 side by side.

Prints JSON, gradient steps a second: the median of short chunks of work, and the fastest.
"""

import json
import os
import statistics
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np

RATE = 1e-4
RNG = np.random.default_rng(1)
X = np.hstack([RNG.uniform(-1, 1, (200, 10)), np.ones((200, 1))])
T = 0.9 * np.sin(X[:, :5].sum(1))


def rate_of(chunk, seconds):
    rates, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds:
        before = time.perf_counter()
        count = chunk()
        rates.append(count / (time.perf_counter() - before))
    return statistics.median(rates), max(rates)


def one_start():
    hidden, output = RNG.uniform(-0.5, 0.5, (11, 10)), RNG.uniform(-0.5, 0.5, 11)
    z = np.ones((200, 11))

    def chunk():
        nonlocal hidden, output
        for _ in range(100):
            h = z[:, :10]
            np.tanh(X @ hidden, out=h)
            y = np.tanh(z @ output)
            d = 2 * (y - T) * (1 - y * y)
            back = np.outer(d, output[:10]) * (1 - h * h)
            output = output - RATE * (d @ z)
            hidden = hidden - RATE * (X.T @ back)
        return 100

    return rate_of(chunk, 1.0)


def side_by_side(width):
    """The hidden units of all starts are the columns of one product."""
    hidden = RNG.uniform(-0.5, 0.5, (11, width * 10))
    output, bias = RNG.uniform(-0.5, 0.5, (width, 10)), np.zeros(width)

    def chunk():
        nonlocal hidden, output, bias
        h = np.tanh(X @ hidden).reshape(200, width, 10)
        y = np.tanh(np.einsum("nwj,wj->nw", h, output) + bias)
        d = 2 * (y - T[:, None]) * (1 - y * y)
        back = (d[:, :, None] * output) * (1 - h * h)
        output = output - RATE * np.einsum("nw,nwj->wj", d, h)
        bias = bias - RATE * d.sum(0)
        hidden = hidden - RATE * (X.T @ back.reshape(200, width * 10))
        return width

    return rate_of(chunk, 1.0)


print(json.dumps({"NumPy, one start": one_start(), "NumPy, 64 starts": side_by_side(64)}))
