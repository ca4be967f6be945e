"""Polynomial forms of terms: polynomials with coefficients that are fractions, in indeterminates.

A polynomial is a dictionary from monomials to coefficients that are not 0; a monomial is a sorted
tuple of indeterminates with exponents. Nothing is shared, kept or postponed.
"""

from fractions import Fraction
from math import gcd

from reader import ensure, rational
from terms import is_number

DEGREE = 4096
ZERO, ONE = {}, {(): Fraction(1)}


def plus(left, right):
    total = dict(left)
    for monomial, value in right.items():
        value += total.get(monomial, 0)
        if value:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def scaled(poly, factor):
    return {monomial: value * factor for monomial, value in poly.items()} if factor else {}


def minus(left, right):
    return plus(left, scaled(right, Fraction(-1)))


def joined(left, right):
    """The product of two monomials."""
    if not left or not right:
        return left or right
    exponents = dict(left)
    for atom, exponent in right:
        exponents[atom] = exponents.get(atom, 0) + exponent
        ensure(exponents[atom] <= DEGREE, "limit")
    return tuple(sorted(exponents.items()))


def times(left, right):
    product = {}
    for m, a in left.items():
        for n, b in right.items():
            monomial = joined(m, n)
            product[monomial] = product.get(monomial, 0) + a * b
    return {monomial: value for monomial, value in product.items() if value}


def power(base, exponent):
    ensure(exponent <= DEGREE, "limit")
    if len(base) == 1:
        ((monomial, value),) = base.items()
        ensure(all(k * exponent <= DEGREE for _, k in monomial), "limit")
        raised = tuple((atom, k * exponent) for atom, k in monomial if exponent)
        return {raised: value**exponent}
    product = ONE
    for _ in range(exponent):
        product = times(product, base)
    return product


def frozen(poly):
    return tuple(sorted(poly.items()))


def is_multiple(poly, of):
    """The number c for poly = c·of, if there is one that is not 0."""
    if not poly or poly.keys() != of.keys():
        return None
    quotients = {value / of[monomial] for monomial, value in poly.items()}
    return quotients.pop() if len(quotients) == 1 else None


class Forms:
    """The indeterminates that were met, and the forms in them."""

    def __init__(self):
        self.meanings = []
        self.index = {}

    def atom(self, *meaning):
        """The indeterminate with this meaning."""
        if meaning not in self.index:
            self.index[meaning] = len(self.meanings)
            self.meanings.append(meaning)
        return self.index[meaning]

    def indeterminate(self, *meaning):
        return {((self.atom(*meaning), 1),): Fraction(1)}

    def is_reciprocal(self, atom):
        return self.meanings[atom][0] == "reciprocal"

    def divisor(self, reciprocal):
        """What a reciprocal is the reciprocal of."""
        return dict(self.meanings[reciprocal][1])

    def is_evidently_positive(self, poly):
        return all(
            value > 0 and all(self.meanings[atom][0] == "exponential" for atom, _ in monomial)
            for monomial, value in poly.items()
        )

    def raised(self, numerator, have, want):
        """A numerator over the divisors `have`, multiplied up to the exponents of `want`."""
        for reciprocal, exponent in want.items():
            missing = exponent - have.get(reciprocal, 0)
            numerator = times(numerator, power(self.divisor(reciprocal), missing))
        return numerator

    def added(self, left, right):
        """The sum of two fractions, each a numerator and exponents of reciprocals."""
        below = {
            atom: max(left[1].get(atom, 0), right[1].get(atom, 0)) for atom in {**left[1], **right[1]}
        }
        return plus(self.raised(*left, below), self.raised(*right, below)), below

    def fraction(self, poly):
        """The fraction that a polynomial is equal to where no divisor vanishes."""
        groups = {}
        for monomial, value in poly.items():
            below = tuple(pair for pair in monomial if self.is_reciprocal(pair[0]))
            above = tuple(pair for pair in monomial if not self.is_reciprocal(pair[0]))
            groups.setdefault(below, {})[above] = value
        alike = {}
        for below, numerator in groups.items():
            key = frozenset(atom for atom, _ in below)
            alike[key] = self.added(alike.get(key, (ZERO, {})), (numerator, dict(below)))
        total = (ZERO, {})
        for part in alike.values():
            if part[0]:
                total = self.added(total, part)
        return total

    def over(self, dividend, divisor, exponent, conditions):
        """The quotient by the power of a polynomial."""
        numerator, below = self.fraction(divisor)
        ensure(numerator, "zero divisor")
        if len(numerator) == 1:
            ((monomial, factor),) = numerator.items()
            bases = [(frozen({((atom, 1),): Fraction(1)}), k) for atom, k in monomial]
        else:
            factor = content(numerator)
            bases = [(frozen(scaled(numerator, 1 / factor)), 1)]
        inverse = self.raised({(): 1 / factor}, {}, below)
        for base, k in bases:
            reciprocal = self.atom("reciprocal", base)
            conditions.add(reciprocal)
            inverse = times(inverse, {((reciprocal, k),): Fraction(1)})
        return times(dividend, power(inverse, exponent))

    def form(self, term, conditions):
        """The form of a reduced term; its conditions are added."""
        if isinstance(term, str):
            if is_number(term):
                return scaled(ONE, rational(term))
            return self.indeterminate("variable", term)
        head, *rest = term
        if head == "+":
            total = ZERO
            for part in rest:
                total = plus(total, self.form(part, conditions))
            return total
        if head == "*":
            product = ONE
            for part in rest:
                product = times(product, self.form(part, conditions))
            return product
        if head == "^":
            return power(self.form(rest[0], conditions), int(rest[1]))
        if head == "/":
            return self.divided(self.form(rest[0], conditions), rest[1], 1, conditions)
        fractions = [self.fraction(self.form(part, conditions)) for part in rest]
        if head in ("exp", "tanh") and not fractions[0][1]:
            if head == "exp":
                return self.exponential(fractions[0][0], conditions)
            square = self.exponential(scaled(fractions[0][0], Fraction(2)), conditions)
            return self.over(minus(square, ONE), plus(square, ONE), 1, conditions)
        arguments = (
            (frozen(above), tuple(sorted(below.items()))) for above, below in fractions
        )
        return self.indeterminate("opaque", head, *arguments)

    def divided(self, dividend, divisor, exponent, conditions):
        """Divides by a power of a term; products and powers below the bar stay apart."""
        if divisor[0] == "*" and isinstance(divisor, tuple):
            for factor in divisor[1:]:
                dividend = self.divided(dividend, factor, exponent, conditions)
            return dividend
        if divisor[0] == "^":
            exponent *= int(divisor[2])
            ensure(exponent <= DEGREE, "limit")
            return self.divided(dividend, divisor[1], exponent, conditions)
        return self.over(dividend, self.form(divisor, conditions), exponent, conditions)

    def exponential(self, exponent, conditions):
        """e to the power of a polynomial."""
        product = ONE
        for monomial, value in exponent.items():
            base = self.indeterminate("exponential", monomial, value.denominator)
            if value > 0:
                product = times(product, power(base, value.numerator))
            else:
                product = self.over(product, base, -value.numerator, conditions)
        return product


def content(poly):
    """The number by which a polynomial becomes primitive."""
    above, below = 0, 1
    for value in poly.values():
        above = gcd(above, value.numerator)
        below = below * value.denominator // gcd(below, value.denominator)
    return Fraction(above, below) * (1 if poly[max(poly)] > 0 else -1)
