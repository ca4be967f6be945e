#!/usr/bin/env python3
"""Make certificates of the barrier rule for the Coq checker. Untrusted: floats find, Coq checks.

usage: certify.py five | xor125 | random WEIGHTS ROWS    (prints a .v file)
"""
import math, random, sys
from fractions import Fraction

def solve(A, b):
    n = len(b); M = [r[:] + [x] for r, x in zip(A, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(M[r][i])); M[i], M[p] = M[p], M[i]
        for r in range(i + 1, n):
            f = M[r][i] / M[i][i]
            for c in range(i, n + 1): M[r][c] -= f * M[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (M[i][n] - sum(M[i][c] * x[c] for c in range(i + 1, n))) / M[i][i]
    return x

def h(y, b):
    s = 1 / (1 + math.exp(2 * y)); P = s * (1 - s)
    return (1 - 2*s - b) ** 2, 8 * (1 - 2*s - b) * P, 16 * P * (6*P - 1 + b * (1 - 2*s))

def dot(a, x): return sum(p * q for p, q in zip(a, x))

def newton(rows, x, damp=1.0):
    n = len(x)
    for _ in range(200):
        g = [0.0] * n; H = [[0.0] * n for _ in range(n)]
        for a, b, w in rows:
            _, g1, g2 = h(dot(a, x), b)
            for i in range(n):
                g[i] += w * g1 * a[i]
                for j in range(n): H[i][j] += w * g2 * a[i] * a[j]
        step = solve(H, g)
        x = [u - v for u, v in zip(x, step)]
        if max(map(abs, step)) < 1e-15: break
    return x, H

def cholesky(A):
    n = len(A); L = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            t = A[i][j] - sum(L[i][k] * L[j][k] for k in range(j))
            if i == j:
                if t <= 0: return None
                L[i][i] = math.sqrt(t)
            else: L[i][j] = t / L[j][j]
    return L

def monomial(a, X, e):
    N = D = 1
    for ai, xi in zip(a, X):
        if ai > 0: N *= xi ** ai; D <<= e * ai
        if ai < 0: D *= xi ** -ai; N <<= e * -ai
    return N, D

def cell(a, X, e, k):
    N, D = monomial(a, X, e)
    return (D << k) // (D + N)

def curvature(k, m, q, a, B, w, S):
    K, Q, A = 1 << k, 1 << m, 2 * sum(map(abs, a))
    assert 4 * A <= Q
    below, above, W = Q*Q - A*Q, Q*Q + A*Q + 2*A*A, K*Q*Q
    slo, shi, clo, chi = S*below, (S+1)*above, (K-S-1)*below, (K-S)*above
    Plo, Phi = slo*clo, shi*chi
    s = shi if B >= 0 else slo
    Blo = q*(6*Plo - W*W) + B*(W*(W - 2*s))
    P = Plo if Blo >= 0 else Phi
    return (16*K*w*(P*Blo)) // (q*W**4)

def certify(rows, q, x0, low, k, e, m):
    n = len(rows[0][0])
    frows = [(a, B / q, w) for a, B, w in rows]
    x, H = newton(frows, x0)
    X = [round(math.exp(2*t) * 2**e) for t in x]
    cells = []
    M = [[0.0]*n for _ in range(n)]
    for a, B, w in rows:
        S = cell(a, X, e, k); mu = curvature(k, m, q, a, B, w, S)
        cells.append((S, mu))
        for i in range(n):
            for j in range(n): M[i][j] += mu / 2**k * a[i] * a[j]
    lam = 64.0
    while True:
        lam *= 0.95
        if lam < 1e-9: raise SystemExit("not positive definite")
        if cholesky([[M[i][j] - (lam if i == j else 0) for j in range(n)] for i in range(n)]): break
    lam *= 0.99
    L = cholesky([[M[i][j] - (lam if i == j else 0) for j in range(n)] for i in range(n)])
    Lam = int(lam * 0.999 * 2**k)
    cols = [[round(L[i][j] * 2**(k/2)) for i in range(n)] for j in range(n)]
    Z = [max(1, round(math.exp(2*t) * 2**e)) for t in low]
    T = [cell(a, Z, e, k) for a, _, _ in rows]
    print("(* x = %s, lambda = %g *)" % (x, lam))
    return X, cells, Lam, cols, Z, T

def z(v): return "(%d)" % v if v < 0 else str(v)
def lst(v): return "[" + "; ".join(map(z, v)) + "]"

def emit(name, rows, q, cert, k, e, m):
    X, cells, Lam, cols, Z, T = cert
    print("Definition %s : problem := Problem %d %d [" % (name, len(X), q))
    print(";\n".join("  ZRow %s %s %s" % (lst(a), z(B), z(w)) for a, B, w in rows) + "].\n")
    print("Definition %s_certificate : certificate := Certificate %d %d %d\n  %s\n  [%s]\n  %d\n  [%s]."
          % (name, k, e, m, lst(X), "; ".join("(%d, %s)" % (s, z(mu)) for s, mu in cells), Lam, ";\n   ".join(map(lst, cols))))
    print("\nDefinition %s_lower : lower := Lower %d %s\n  %s.\n" % (name, e, lst(Z), lst(T)))
    print("Theorem %s_spurious : spurious %d (real_rows %s)." % (name, len(X), name))
    print("Proof. apply (check_sound %s %s_certificate %s_lower). vm_cast_no_check (@eq_refl bool true). Qed." % ((name,) * 3))

def main():
    print("Require Import ZArith List.\nRequire Import Spurious.Surface Spurious.Checker Spurious.Barrier.\nImport ListNotations.\nOpen Scope Z_scope.\n")
    kind = sys.argv[1]
    if kind == "five":
        rows = [([-1,-1,1],-1,1), ([-1,1,1],1,1), ([1,-1,1],1,1), ([1,1,1],-1,1), ([1,1,1],-1,1)]
        k, e, m = 30, 24, 8
        emit("five", rows, 1, certify(rows, 1, [-0.1265]*3, [-3.0, -3.0, 3.0], k, e, m), k, e, m)
    elif kind == "xor125":
        v = [[1,1,1,-1,-1],[1,1,-1,1,-1],[1,-1,1,-1,1],[-1,1,1,-1,1],[-1,1,1,1,-1]]
        rows = [(a,1,15) for a in v] + [([-t for t in a],1,1) for a in v] + [([-1]*5,1,45)]
        k, e, m = 40, 24, 10
        emit("hundred", rows, 1, certify(rows, 1, [math.log(15)/2]*5, [0.0]*5, k, e, m), k, e, m)
    elif kind == "random":
        n, r = int(sys.argv[2]), int(sys.argv[3])
        random.seed(1)
        true = [random.gauss(0, 0.08) for _ in range(n)]
        rows, q = [], 16
        for _ in range(r):
            a = [random.choice((-1, 1)) for _ in range(n)]
            b = math.tanh(dot(a, true)) * 0.8
            rows.append((a, round(b * q), 1))
        k, e, m = 40, 24, 12
        x = true
        cert = certify(rows, q, true, [0.0]*n, k, e, m)
        emit("big", rows, q, cert, k, e, m)

main()
