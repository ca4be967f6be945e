"""The rules that decide a predicate, each twice: as the chapter says, and by another method.

Roots also by Sturm's sequence, inertia also by the signs of the characteristic polynomial. Where
the two disagree the chapter is wrong, and `Contradiction` says so.
"""

from fractions import Fraction

from forms import Forms
from reader import ensure, items, matrix, natural, rational


class Contradiction(Exception):
    """Two methods, of which each is a proof, disagree."""


def agree(found, other, about):
    if found != other:
        raise Contradiction(f"{about}: {found} by the rule, {other} by the other method")
    return found


def coefficients(polynomial, variable):
    """The coefficients of a polynomial in one variable, ascending."""
    forms, conditions = Forms(), set()
    numerator, below = forms.fraction(forms.form(polynomial, conditions))
    ensure(numerator and not conditions and not below, "polynomial")
    atom = forms.atom("variable", variable)
    ensure(all(m == () or (len(m) == 1 and m[0][0] == atom) for m in numerator), "polynomial")
    degrees = {(m[0][1] if m else 0): value for m, value in numerator.items()}
    return [degrees.get(k, Fraction(0)) for k in range(max(degrees) + 1)]


def value(poly, x):
    total = Fraction(0)
    for coefficient in reversed(poly):
        total = total * x + coefficient
    return total


def product(left, right):
    result = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            result[i + j] += a * b
    return result


def changes(numbers):
    signs = [number > 0 for number in numbers if number != 0]
    return sum(s != t for s, t in zip(signs, signs[1:]))


def transformed(poly, a, b):
    """(1+y)ᵈ p((a + by)/(1+y)), with ends as quotients."""
    degree = len(poly) - 1
    above, below = [a[0], b[0]], [a[1], b[1]]
    total = [Fraction(0)] * (degree + 1)
    for k, coefficient in enumerate(poly):
        term = [coefficient]
        for factor in [above] * k + [below] * (degree - k):
            term = product(term, factor)
        total = [s + t for s, t in zip(total, term)]
    return total


def ends(low, high):
    """Two ends as quotients, −∞ as −1/0 and ∞ as 1/0."""

    def pair(end, sign):
        return (Fraction(sign), Fraction(0)) if end == "none" else (rational(end), Fraction(1))

    return pair(low, -1), pair(high, 1)


def roots(predicate, points):
    """How many roots a polynomial has between two ends."""
    _, polynomial, variable, low, high, _ = predicate
    poly = coefficients(polynomial, variable)
    first, last = ends(low, high)
    points = [(rational(point), Fraction(1)) for point in items(points)]
    stops = [first, *points, last]
    total = 0
    for a, b in zip(stops, stops[1:]):
        ensure(a[0] * b[1] < b[0] * a[1], "ends")
        between = changes(transformed(poly, a, b))
        ensure(between < 2, "sign changes")
        total += between
    total += sum(value(poly, point) == 0 for point, _ in points)
    return agree(total, sturm(poly, first, last), "roots")


def remainder(above, below):
    above = list(above)
    while len(above) >= len(below):
        factor = above[-1] / below[-1]
        for k, coefficient in enumerate(below):
            above[len(above) - len(below) + k] -= factor * coefficient
        above.pop()
        while above and above[-1] == 0:
            above.pop()
    return above


def quotient(above, below):
    above, result = list(above), [Fraction(0)] * (len(above) - len(below) + 1)
    for place in reversed(range(len(result))):
        factor = above[place + len(below) - 1] / below[-1]
        result[place] = factor
        for k, coefficient in enumerate(below):
            above[place + k] -= factor * coefficient
    return result


def sturm(poly, low, high):
    """The number of distinct roots in an open interval, by Sturm's sequence."""
    for end in (low, high):
        # A root at an end is none in the interval.
        while end[1] and value(poly, end[0]) == 0:
            poly = quotient(poly, [-end[0], Fraction(1)])
    sequence = [poly, [k * c for k, c in enumerate(poly)][1:]]
    while sequence[-1]:
        rest = remainder(sequence[-2], sequence[-1])
        # A positive factor changes no sign, and keeps the numbers short.
        sequence.append([-c / abs(rest[-1]) for c in rest])
    sequence.pop()

    def sign(p, end):
        if end[1]:
            return value(p, end[0])
        return p[-1] * (-1) ** (len(p) - 1) if end[0] < 0 else p[-1]

    return changes(sign(p, low) for p in sequence) - changes(sign(p, high) for p in sequence)


def eliminated(rows):
    """The rank, by Gaussian elimination."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        found += 1
        for row in rows[found:]:
            factor = row[column] / pivot[column]
            for k in range(len(row)):
                row[k] -= factor * pivot[k]
    return found


def times(left, right):
    columns = list(zip(*right))
    return [[sum(a * b for a, b in zip(row, column)) for column in columns] for row in left]


def characteristic(rows):
    """The coefficients of det(xI − M), ascending, by the method of Faddeev and Le Verrier."""
    n = len(rows)
    power, result = [[Fraction(0)] * n for _ in range(n)], [Fraction(1)]
    for k in range(1, n + 1):
        for i in range(n):
            power[i][i] += result[-1]
        power = times(rows, power)
        result.append(-sum(power[i][i] for i in range(n)) / k)
    return result[::-1]


def inertia(predicate, congruence):
    """How many eigenvalues are positive, negative and zero."""
    rows, change = matrix(predicate[1]), matrix(congruence)
    order = len(rows)
    ensure([list(column) for column in zip(*rows)] == rows, "symmetric")
    ensure(len(change) == len(change[0]) == order == eliminated(change), "regular")
    image = times(times(change, rows), list(zip(*change)))
    ensure(all(image[i][j] == 0 for i in range(order) for j in range(order) if i != j), "diagonal")
    diagonal = [image[i][i] for i in range(order)]
    found = [sum(x > 0 for x in diagonal), sum(x < 0 for x in diagonal), diagonal.count(0)]
    # All roots are real: Descartes' bound is the number of positive ones.
    poly = characteristic(rows)
    zero = next(k for k, c in enumerate(poly) if c)
    positive = changes(poly)
    return agree(found, [positive, order - positive - zero, zero], "inertia")


def decide(rule, predicate, evidence):
    """Whether a predicate holds, by a rule of its own."""
    ensure(predicate[0] == rule, "rule")
    if rule == "roots":
        return roots(predicate, *items(evidence, 1)) == natural(predicate[5])
    if rule == "rank":
        items(evidence, 0)
        return eliminated(matrix(predicate[1])) == natural(predicate[2])
    counts = [natural(count) for count in predicate[2]]
    return inertia(predicate, *items(evidence, 1)) == counts
