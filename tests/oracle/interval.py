"""Enclosures of terms on a box. Ends are fractions; only values of functions are rounded.

Exponentials come from their power series, logarithms from that of the inverse hyperbolic tangent:
other formulas than the kernel's, and sharper ends.
"""

from fractions import Fraction
from math import isqrt

from reader import Rejected, ensure, rational
from terms import is_number, is_variable

ARGUMENT = 2**14
PRECISION = 2**14
POWER = 2**12
EXTRA_BITS = 64


def bounds(hypotheses):
    """Lower and upper bounds of variables that comparisons with numbers give."""
    found = {}
    for head, *sides in hypotheses:
        if head not in ("<", "<=", "="):
            continue
        for (x, number), above in ((sides, True), (sides[::-1], False)):
            if not is_variable(x) or not isinstance(number, str) or is_variable(number):
                continue
            lower, upper = found.setdefault(x, ([], []))
            if above or head == "=":
                upper.append(rational(number))
            if not above or head == "=":
                lower.append(rational(number))
    return {x: (max(lower), min(upper)) for x, (lower, upper) in found.items() if lower and upper}


def floor(value, bits):
    return Fraction((value.numerator << bits) // value.denominator, 1 << bits)


def ceiling(value, bits):
    return -floor(-value, bits)


def exp(x, bits):
    """Lower and upper bounds of e^x."""
    if x == 0:
        return Fraction(1), Fraction(1)
    if x < 0:
        low, high = exp(-x, bits)
        return floor(1 / high, bits), ceiling(1 / low, bits)
    ensure(x < ARGUMENT + 1, "enclosure")
    halvings = max(int(x).bit_length() + 1, 1)
    # An error doubles, relatively, with each squaring, and e^x < 2^(3x/2 + 1).
    work = bits + 2 * halvings + 3 * (int(x) + 1) // 2 + 16
    low, high = series(x / 2**halvings, work)
    for _ in range(halvings):
        low, high = floor(low * low, work), ceiling(high * high, work)
    return low, high


def series(x, bits):
    """Bounds of e^x for 0 < x ≤ 1/2, by its power series."""
    low, high, term, n = Fraction(1), Fraction(1), (Fraction(1), Fraction(1)), 0
    while term[1] * 2**bits > 1:
        n += 1
        term = floor(term[0] * x / n, bits + 8), ceiling(term[1] * x / n, bits + 8)
        low, high = low + term[0], high + term[1]
    # What is left of the series is less than its last term.
    return low, high + term[1]


def log(x, bits):
    """Lower and upper bounds of log x, for x > 0."""
    ensure(x > 0, "enclosure")
    doublings = x.numerator.bit_length() - x.denominator.bit_length()
    mantissa = x / Fraction(2) ** doublings
    work = bits + 8 + abs(doublings).bit_length()
    two, rest = atanh(Fraction(1, 3), work), atanh((mantissa - 1) / (mantissa + 1), work)
    ends = sorted(2 * doublings * end for end in two)
    return ends[0] + 2 * rest[0], ends[1] + 2 * rest[1]


def atanh(z, bits):
    """Bounds of the inverse hyperbolic tangent, for |z| ≤ 1/2, by its power series."""
    if z < 0:
        low, high = atanh(-z, bits)
        return -high, -low
    low, high, n = Fraction(0), Fraction(0), 1
    power = (z, z)
    while power[1] * 2**bits > 1:
        low, high, n = low + power[0] / n, high + power[1] / n, n + 2
        low, high = floor(low, bits + 16), ceiling(high, bits + 16)
        power = floor(power[0] * z * z, bits + 16), ceiling(power[1] * z * z, bits + 16)
    # What is left is less than Σ zⁿ over odd n, less than 4/3 of the next power.
    return low, high + 2 * power[1]


def sqrt(x, bits):
    """Lower and upper bounds of the square root of x ≥ 0, equal where it is rational."""
    ensure(x >= 0, "enclosure")
    above, below = isqrt(x.numerator), isqrt(x.denominator)
    if above**2 == x.numerator and below**2 == x.denominator:
        return Fraction(above, below), Fraction(above, below)
    low = isqrt((x.numerator << 2 * bits) // x.denominator)
    return Fraction(low, 1 << bits), Fraction(low + 1, 1 << bits)


def increasing(function, argument, bits):
    """The enclosure of an increasing function."""
    return function(argument[0], bits)[0], function(argument[1], bits)[1]


def tanh(x, bits):
    """Lower and upper bounds of tanh x = 1 − 2/(e^2x + 1)."""
    low, high = exp(2 * x, bits)
    return 1 - 2 / (low + 1), 1 - 2 / (high + 1)


def product(x, y):
    corners = [a * b for a in x for b in y]
    return min(corners), max(corners)


def power(x, exponent):
    ensure(exponent <= POWER, "limit")
    ends = x[0] ** exponent, x[1] ** exponent
    if exponent % 2 == 0 and exponent > 0:
        return (Fraction(0) if x[0] <= 0 <= x[1] else min(ends)), max(ends)
    return ends


def absolute(x):
    return max(x[0], -x[1], Fraction(0)), max(-x[0], x[1])


def enclose(term, box, bits):
    """Bounds of a reduced term on a box."""
    if isinstance(term, str):
        if is_number(term):
            return rational(term), rational(term)
        ensure(term in box and box[term][0] <= box[term][1], "enclosure")
        return box[term]
    head, *rest = term
    if head == "^":
        return power(enclose(rest[0], box, bits), int(rest[1]))
    parts = [enclose(part, box, bits) for part in rest]
    if head == "+":
        return sum((low for low, _ in parts), Fraction(0)), sum((high for _, high in parts), Fraction(0))
    if head == "*":
        result = (Fraction(1), Fraction(1))
        for part in parts:
            result = product(result, part)
        return result
    if head == "/":
        above, below = parts
        ensure(below[0] > 0 or below[1] < 0, "enclosure")
        return product(above, (1 / below[1], 1 / below[0]))
    if head in ("min", "max"):
        choose = min if head == "min" else max
        return tuple(choose(ends) for ends in zip(*parts))
    if head == "abs":
        return absolute(parts[0])
    functions = {"exp": exp, "log": log, "tanh": tanh, "sqrt": sqrt}
    if head not in functions:
        raise Rejected("reduced")
    return increasing(functions[head], parts[0], bits + EXTRA_BITS)


def check(hypotheses, comparison, bits):
    """The rule `interval`."""
    ensure(comparison[0] in ("<", "<=", "=", "!="), "goal")
    ensure(bits <= PRECISION, "enclosure")
    box = bounds(hypotheses)
    relation, left, right = comparison
    left, right = enclose(left, box, bits), enclose(right, box, bits)
    low, high = right[0] - left[1], right[1] - left[0]
    decided = {"<": low > 0, "<=": low >= 0, "=": low == 0 == high, "!=": low > 0 or high < 0}
    ensure(decided[relation], "decided")
