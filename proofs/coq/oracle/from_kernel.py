#!/usr/bin/env python3
"""Turn the minima of a kernel certificate into theorems for Coq. Untrusted; a reference for the export, and its test.

usage: from_kernel.py FILE.cert    (prints a .v file; minima without a lower point become strict minima)
"""
import math, re, sys
from fractions import Fraction as F

def read(text):
    stack = [[]]
    for token in re.findall(r"[()]|[^\s()]+", text):
        if token == "(": stack.append([])
        elif token == ")": top = stack.pop(); stack[-1].append(top)
        else: stack[-1].append(token)
    return stack[0][0]

def z(v): return "(%d)" % v if v < 0 else str(v)
def lst(v): return "[" + "; ".join(map(str, v)) + "]"
def lcm(values): return math.lcm(*values) if values else 1

def bound(k, m, q, a, B, w, S):
    """floor(2^k w h''), as curvature_ok bounds it."""
    K, Q, A = 1 << k, 1 << m, 2 * sum(map(abs, a))
    below, above, W = Q*Q - A*Q, Q*Q + A*Q + 2*A*A, K*Q*Q
    slo, shi, clo, chi = S*below, (S+1)*above, (K-S-1)*below, (K-S)*above
    Plo, Phi = slo*clo, shi*chi
    Blo = q*(6*Plo - W*W) + B*(W*(W - 2*(shi if B >= 0 else slo)))
    return (16*K*w*((Plo if Blo >= 0 else Phi)*Blo)) // (q*W**4)

def four_squares(n):
    for a in range(math.isqrt(n), -1, -1):
        for b in range(math.isqrt(n - a*a), -1, -1):
            for c in range(math.isqrt(n - a*a - b*b), -1, -1):
                d = math.isqrt(n - a*a - b*b - c*c)
                if a*a + b*b + c*c + d*d == n: return [x for x in (a, b, c, d) if x]

def export(name, minimum, barrier):
    _, data, chart, centre, half_width, modulus, _near, _error, lower = minimum
    _, unit, width, rows = data
    _, coordinates, dropped = chart
    if dropped or centre[0] != "exp" or (lower != "none" and lower[1][0] != "exp"):
        print("(* %s: not exported (folded columns or a rational point) *)" % name); return
    assert [int(c[0]) for c in coordinates] == list(range(int(width)))
    logistic = unit == "logistic"
    scales = [F(c[1]) / (2 if logistic else 1) for c in coordinates]
    frame = []
    for inputs, target, weight in rows:
        a = [F(t) * s for t, s in zip(inputs, scales)]
        assert all(t.denominator == 1 for t in a)
        b = 2 * F(target) - 1 if logistic else F(target)
        frame.append(([int(t) for t in a], b, F(weight)))
    q = lcm([b.denominator for _, b, _ in frame]); W = lcm([w.denominator for _, _, w in frame])
    total = 4 * W if logistic else W
    k, m, n = int(barrier[1]), int(half_width), int(width)
    S = [int(t) for t in barrier[2]]
    zrows = [(a, int(b * q), int(w * W)) for a, b, w in frame]
    cells = [(s, bound(k, m, q, a, B, w, s)) for (a, B, w), s in zip(zrows, S)]
    L = [[int(t) for t in row] + [0] * (n - len(row)) for row in barrier[3]]
    columns = [[x * L[i][j] for i in range(n)] for j in range(n) for x in four_squares(total)]
    Lam = math.ceil(F(modulus) * 2**k) * total
    print("Definition %s : problem := Problem %d %d [" % (name, n, q))
    print(";\n".join("  ZRow %s %s %d" % (lst(a), z(B), w) for a, B, w in zrows) + "].\n")
    print("Definition %s_certificate : certificate := Certificate %d %s %d\n  %s\n  [%s]\n  %d\n  [%s].\n" % (
        name, k, centre[1], m, lst(centre[2]), ";\n   ".join("(%d, %d)" % c for c in cells), Lam, ";\n   ".join(map(lst, columns))))
    if lower == "none":
        assert not logistic and total == 1 and all(s == 1 for s in scales)
        print("Theorem %s_minimum : exists x, strict_local_min %d (E (real_rows %s)) x.\nProof." % (name, n, name))
        print("  assert (H : check_min %s %s_certificate = true) by (vm_cast_no_check (@eq_refl bool true))." % (name, name))
        print("  destruct (proj1 (check_min_sound _ _ H)) as [x [_ [Hx _]]]. exists x. exact Hx.\nQed.\n"); return
    print("Definition %s_lower : lower := Lower %s\n  %s\n  %s.\n" % (name, lower[1][1], lst(lower[1][2]), lst(barrier[4])))
    inputs = [1 / s for s in scales]
    units = "[" + "; ".join("(%d, %d)" % (u.numerator, u.denominator) for u in inputs) + "]"
    if logistic:
        goal, rule = "spurious_logistic %d (logistic_rows %s %s %d)" % (n, name, units, W), "check_logistic_sound %s %s %d" % (name, units, W)
    elif total > 1 or any(s != 1 for s in scales):
        goal, rule = "spurious %d (rational_rows %s %s %d)" % (n, name, units, W), "check_rational_sound %s %s %d" % (name, units, W)
    else:
        goal, rule = "spurious %d (real_rows %s)" % (n, name), "check_sound %s" % name
    print("Theorem %s_spurious : %s.\nProof. apply (%s %s_certificate %s_lower). vm_cast_no_check (@eq_refl bool true). Qed.\n"
          % (name, goal, rule, name, name))

def minima(node):
    """Every (minimum ...) with its (barrier ...)."""
    for step in (s for s in node if isinstance(s, list) and s and s[0] == "step"):
        statement, evidence = step[2][2][1][1], step[-1][1]
        if statement[0] == "minimum" and evidence[0] == "barrier": yield statement, evidence

def main():
    print("Require Import ZArith List.\nRequire Import Spurious.Surface Spurious.Checker Spurious.Barrier Spurious.Rational Spurious.Logistic.")
    print("Import ListNotations.\nOpen Scope Z_scope.\n")
    for index, (statement, evidence) in enumerate(minima(read(open(sys.argv[1]).read()))):
        export("minimum_%d" % index, statement, evidence)

main()
