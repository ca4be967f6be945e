"""Writes enclosures.txt: exp, log, tanh, sqrt, sin, cos and arctan in python-flint (Arb) ball arithmetic, at 200 bits.

    pip install python-flint && python tests/oracle/enclosures.py > tests/oracle/enclosures.txt

A line is: function, argument, and mantissa and binary exponent of the two ends of an interval that contains the value.
"""
import random
from fractions import Fraction

from flint import arb, ctx, fmpq

BITS = 200
random.seed(1989)


def end(x):
    mantissa, exponent = x.man_exp()
    return f"{mantissa} {exponent}"


NAMES = {"atan": "arctan"}


def show(f, x):
    # Far more bits than needed: Arb's tanh 8192 at 200 bits is a ball that reaches beyond 1. lower and upper round outward.
    ctx.prec = 40000
    value = getattr(arb(fmpq(x.numerator, x.denominator)), f)()
    ctx.prec = BITS
    print(NAMES.get(f, f), x, end(value.lower()), end(value.upper()))


handmade = [0, 1, 2, 3, 4, 10, 100, Fraction(1, 2), Fraction(1, 3), Fraction(9, 4), Fraction(2, 3), Fraction(4, 3),
            Fraction(5, 3), Fraction(1, 10), Fraction(1, 2**40), 1 + Fraction(1, 2**40), 1 - Fraction(1, 3**30),
            Fraction(1, 10**30), 10**30, Fraction(355, 113), 25, Fraction(1, 4)]
for f, low, high in [("exp", -16384, 16384), ("log", None, None), ("tanh", -8192, 8192), ("sqrt", None, None)]:
    points = [Fraction(x) for x in handmade]
    if f in ("exp", "tanh"):
        points += [-x for x in points if x] + [Fraction(low), Fraction(high), Fraction(high - 1)]
        points = [x for x in points if low <= x <= high]
        points += [Fraction(random.randint(-10**6, 10**6), random.randint(1, 10**5)) for _ in range(25)]
        points = [x for x in points if low <= x <= high]
    else:
        points += [Fraction(random.randint(1, 10**9), random.randint(1, 10**9)) for _ in range(25)]
        points = [x for x in points if x > 0 or f == "sqrt"]
    for x in points:
        show(f, x)

for f in ("sin", "cos", "atan"):
    points = [x for x in map(Fraction, handmade) if f == "atan" or x < 16384]
    points += [-x for x in points if x] + [Fraction(22, 7), Fraction(11, 7), Fraction(16384), Fraction(-16383)]
    points += [Fraction(random.randint(-10**6, 10**6), random.randint(100, 10**5)) for _ in range(25)]
    for x in points:
        show(f, x)
