"""The peer of benches/surface.rs: python-flint (pip install python-flint).

Krawczyk and LDL at 128 bits near the minimum of the 125 instances (which proves a minimum in a tiny box, not that it is
not global), and exact E, gradient and Hessian with fmpq at a 20-bit point. Prints microseconds.
"""
import csv
import os
import time
from flint import arb, arb_mat, ctx, fmpq

here = os.path.dirname(os.path.abspath(__file__))
rows = list(csv.reader(open(os.path.join(here, "..", "..", "proofs", "data", "ss89-corrected.csv"))))[1:]
A = [[int(v) for v in r[:5]] for r in rows]
B = [int(r[5]) for r in rows]
W = [int(r[6]) for r in rows]
N = 5


def measure(name, work, repeat):
    least = 1e9
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(repeat):
            work()
        least = min(least, (time.perf_counter() - start) / repeat)
    print(f"{name:<50} {least * 1e6:>12.1f} µs")


def gradient_hessian(x):
    g = [arb(0)] * N
    h = [[arb(0)] * N for _ in range(N)]
    for a, b, w in zip(A, B, W):
        y = sum((x[i] if a[i] > 0 else -x[i]) for i in range(N))
        t = y.tanh()
        p = 1 - t * t
        g1 = 2 * w * (t - b) * p
        h1 = 2 * w * p * (1 - 3 * t * t + 2 * b * t)
        for i in range(N):
            g[i] += a[i] * g1
            for j in range(i + 1):
                h[i][j] += (a[i] * a[j]) * h1
    for i in range(N):
        for j in range(i):
            h[j][i] = h[i][j]
    return g, h


def krawczyk(start):
    ctx.prec = 128
    x = [arb(v) for v in start]
    for _ in range(4):
        g, h = gradient_hessian(x)
        d = arb_mat(h).solve(arb_mat(N, 1, g))
        x = [(x[i] - d[i, 0]).mid() for i in range(N)]
    g, h = gradient_hessian(x)
    y = arb_mat(h).inv().mid()
    r = arb(0, 1e-6)
    box = [x[i] + r for i in range(N)]
    _, hb = gradient_hessian(box)
    hb = arb_mat(hb)
    eye = arb_mat(N, N, [int(i == j) for i in range(N) for j in range(N)])
    m = eye - y * hb
    yg = y * arb_mat(N, 1, g)
    step = m * arb_mat(N, 1, [r] * N)
    assert all(abs(-yg[i, 0] + step[i, 0]) < arb(1e-6) for i in range(N))
    # LDL over the box: all pivots positive.
    a = [[hb[i, j] for j in range(N)] for i in range(N)]
    for k in range(N):
        assert a[k][k] > 0
        for i in range(k + 1, N):
            f = a[i][k] / a[k][k]
            for j in range(k + 1, N):
                a[i][j] -= f * a[k][j]


def exact(xi):
    e = fmpq(0)
    g = [fmpq(0)] * N
    h = [[fmpq(0)] * N for _ in range(N)]
    for a, b, w in zip(A, B, W):
        u = fmpq(1)
        for i in range(N):
            u = u * xi[i] if a[i] > 0 else u / xi[i]
        t = (u - 1) / (u + 1)
        p = 1 - t * t
        e += w * (t - b) ** 2
        g1 = 2 * w * (t - b) * p
        h1 = 2 * w * p * (1 - 3 * t * t + 2 * b * t)
        for i in range(N):
            g[i] += a[i] * g1
            for j in range(i + 1):
                h[i][j] += (a[i] * a[j]) * h1
    return e, g, h


measure("125 instances: Krawczyk + LDL, 128 bits", lambda: krawczyk([1.353] * N), 20)
point = [fmpq(n, 1048573) for n in (15728641, 15728655, 15728663, 15728681, 15728689)]
measure("125 instances: exact E, gradient, Hessian (fmpq)", lambda: exact(point), 50)
