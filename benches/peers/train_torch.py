"""Batch gradient descent of one tanh unit on the 125 instances, in PyTorch on the CPU: eager and compiled, on one thread and on all.

Prints JSON, gradient steps a second; many starts side by side, the gradient written out (faster here than autograd).
"""

import json
import os
import statistics
import time

import torch

torch.set_default_dtype(torch.float64)
FIVE = torch.tensor(
    [[1, 1, 1, -1, -1], [1, 1, -1, 1, -1], [1, -1, 1, -1, 1], [-1, 1, 1, -1, 1], [-1, 1, 1, 1, -1]],
    dtype=torch.float64,
)
A = torch.cat([FIVE, -FIVE, -torch.ones(1, 5)])
W = torch.tensor([15.0] * 5 + [1.0] * 5 + [45.0])
STEP = (A.T * (2 * 0.005 * W)).contiguous()


def step(x):
    t = torch.tanh(A @ x)
    return x - STEP @ ((t - 1.0) * (1.0 - t * t))


def steps(x):
    for _ in range(10):
        x = step(x)
    return x


def compiled():
    """For one width only, which is faster than code for any."""
    torch._dynamo.reset()
    return torch.compile(steps, dynamic=False)


def measure(function, width, seconds=0.5):
    torch.manual_seed(1)
    x = torch.rand(5, width) * 4 - 2
    for _ in range(3):
        x = function(x)
    rates, begin = [], time.perf_counter()
    while time.perf_counter() - begin < seconds:
        before = time.perf_counter()
        x = function(x)
        rates.append(10 * width / (time.perf_counter() - before))
    return statistics.median(rates), max(rates)


widths = (512, 1024, 2048, 4096, 8192, 65536)
result = {}
with torch.no_grad():
    for threads in sorted({1, os.cpu_count()}):
        torch.set_num_threads(threads)
        torch._dynamo.reset()
        which = "one core" if threads == 1 else f"{threads} cores"
        result[f"PyTorch, {which}"] = max(measure(steps, n) for n in widths)
        try:
            result[f"PyTorch compiled, {which}"] = max(measure(compiled(), n) for n in widths)
        except Exception as reason:  # no compiler here: say so and go on
            print(f"torch.compile: {reason}", file=__import__("sys").stderr)
print(json.dumps(result))
