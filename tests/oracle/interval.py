"""Enclosures of terms on a box. Ends are fractions; only values of functions are rounded.

Exponentials and cosines come from their power series, logarithms and arctangents from those of the
inverse tangents: other formulas than the kernel's, and sharper ends.
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


def arctan(x, bits):
    """Lower and upper bounds of the inverse tangent."""
    if x < 0:
        low, high = arctan(-x, bits)
        return -high, -low
    if x <= Fraction(1, 2):
        return arctan_series(x, bits)
    # arctan x = π/4 + arctan((x − 1)/(x + 1)), an argument between −1/3 and 1.
    (low, high), (least, most) = half_turn(bits), arctan((x - 1) / (x + 1), bits)
    return low / 4 + least, high / 4 + most


def arctan_series(z, bits):
    """Bounds of arctan z for 0 ≤ z ≤ 1/2, by its alternating series."""
    total, power, n = Fraction(0), z, 1
    while power * 2 ** (bits + 4) > 1:
        total, power, n = total + (power if n % 4 == 1 else -power) / n, power * z * z, n + 2
    # The rest is at most the next term, on either side.
    return floor(total - power, bits + 8), ceiling(total + power, bits + 8)


def half_turn(bits):
    """Bounds of π = 16 arctan(1/5) − 4 arctan(1/239) (Machin)."""
    five, large = arctan_series(Fraction(1, 5), bits + 8), arctan_series(Fraction(1, 239), bits + 8)
    return 16 * five[0] - 4 * large[1], 16 * five[1] - 4 * large[0]


def cosine(x, bits):
    """Lower and upper bounds of cos x, from its power series at x/2^k, doubled k times."""
    x = abs(x)
    ensure(x < ARGUMENT + 1, "enclosure")
    doublings = int(x).bit_length() + 1
    work = bits + 2 * doublings + 16
    small = floor(x / 2**doublings, work + 8)
    # cos changes by less than its argument.
    low, high = cosine_series(small, work + 8)
    low, high = low - Fraction(1, 2 ** (work + 8)), high + Fraction(1, 2 ** (work + 8))
    for _ in range(doublings):
        square = power((low, high), 2)
        low, high = floor(2 * square[0] - 1, work), ceiling(2 * square[1] - 1, work)
    return low, high


def cosine_series(x, bits):
    """Bounds of cos x for 0 ≤ x ≤ 1, by its alternating series."""
    total, term, n = Fraction(0), Fraction(1), 0
    while term * 2**bits > 1:
        total, n = total + (term if n % 4 == 0 else -term), n + 2
        term = ceiling(term * x * x / (n * (n - 1)), 2 * bits)
    slack = term + Fraction(n, 2**bits) / 2**bits * n
    return total - slack, total + slack


def cos(argument, bits):
    """The enclosure of cos: its values at the ends, and ±1 where a multiple of π lies between."""
    (low, high), (least, most) = argument, half_turn(bits)
    ensure(max(abs(low), abs(high)) < ARGUMENT + 1, "enclosure")
    values = [*cosine(low, bits), *cosine(high, bits)]
    first = min(low / least, low / most).__floor__()
    for k in range(first, first + int((high - low) / least) + 4):
        ends = sorted((k * least, k * most))
        if ends[0] <= high and low <= ends[1]:
            values.append(Fraction(1 if k % 2 == 0 else -1))
    return min(values), max(values)


def sin(argument, bits):
    """The enclosure of sin x = cos(x − π/2)."""
    least, most = half_turn(bits)
    return cos((argument[0] - most / 2, argument[1] - least / 2), bits)


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
    if head in ("sin", "cos"):
        return (sin if head == "sin" else cos)(parts[0], bits + EXTRA_BITS)
    functions = {"exp": exp, "log": log, "tanh": tanh, "sqrt": sqrt, "arctan": arctan}
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
