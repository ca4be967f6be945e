"""The rules of logic and `cone`: whether a proof proves a goal in a context."""

from fractions import Fraction
from functools import cached_property

import calculus
import interval
import predicates
from forms import ONE, ZERO, Forms, is_multiple, minus, plus, scaled, times
from reader import Rejected, ensure, form, items, name, names, natural, rational
from terms import FALSE, RELATIONS, Definitions, negation, substitute_formula

LAWS = {
    "exp_positive": lambda t: ("<", "0", ("exp", t)),
    "exp_tangent": lambda t: ("<=", ("+", "1", t), ("exp", t)),
    "exp_increasing": lambda s, t: ("implies", ("<", s, t), ("<", ("exp", s), ("exp", t))),
    "exp_log": lambda t: ("implies", ("<", "0", t), ("=", ("exp", ("log", t)), t)),
    "log_exp": lambda t: ("=", ("log", ("exp", t)), t),
    "sqrt_square": lambda t: (
        "implies",
        ("<=", "0", t),
        ("and", ("<=", "0", ("sqrt", t)), ("=", ("^", ("sqrt", t), "2"), t)),
    ),
    "abs_cases": lambda t: (
        "or",
        ("and", ("<=", "0", t), ("=", ("abs", t), t)),
        ("and", ("<=", t, "0"), ("=", ("abs", t), ("*", "-1", t))),
    ),
    "min_cases": lambda s, t: (
        "or",
        ("and", ("<=", s, t), ("=", ("min", s, t), s), ("=", ("min", t, s), s)),
        ("and", ("<=", t, s), ("=", ("min", t, s), t), ("=", ("min", s, t), t)),
    ),
    "max_cases": lambda s, t: (
        "or",
        ("and", ("<=", s, t), ("=", ("max", s, t), t), ("=", ("max", t, s), t)),
        ("and", ("<=", t, s), ("=", ("max", t, s), s), ("=", ("max", s, t), s)),
    ),
    "trichotomy": lambda s, t: ("or", ("<", s, t), ("=", s, t), ("<", t, s)),
    "sin_cos_square": lambda t: ("=", ("+", ("^", ("sin", t), "2"), ("^", ("cos", t), "2")), "1"),
    "sin_cos_sum": lambda s, t: (
        "and",
        ("=", ("sin", ("+", s, t)), ("+", ("*", ("sin", s), ("cos", t)), ("*", ("cos", s), ("sin", t)))),
        (
            "=",
            ("cos", ("+", s, t)),
            ("+", ("*", ("cos", s), ("cos", t)), ("*", "-1", ("sin", s), ("sin", t))),
        ),
    ),
    "sin_cos_zero": lambda: ("and", ("=", ("sin", "0"), "0"), ("=", ("cos", "0"), "1")),
    "sin_cos_opposite": lambda t: (
        "and",
        ("=", ("sin", ("*", "-1", t)), ("*", "-1", ("sin", t))),
        ("=", ("cos", ("*", "-1", t)), ("cos", t)),
    ),
    "tangent_arctan": lambda t: (
        "and",
        ("<", "0", ("cos", ("arctan", t))),
        ("=", ("sin", ("arctan", t)), ("*", t, ("cos", ("arctan", t)))),
    ),
    "arctan_range": lambda t: (
        "and",
        ("<", ("*", "-2", ("arctan", "1")), ("arctan", t)),
        ("<", ("arctan", t), ("*", "2", ("arctan", "1"))),
    ),
}
THEOREMS = ("congruence", "monotone", "increasing", "zero")
# Which evidence is for which claim about a training set; the evidence itself is not checked here.
SURFACE = {
    ("holds", "minimum", "barrier"),
    ("holds", "has-spurious", "spurious"),
    ("fails", "has-spurious", "global"),
    ("fails", "has-spurious", "direction"),
    ("holds", "no-critical-point", "direction"),
    ("holds", "balanced", "dual"),
    ("holds", "limit", "compute"),
    ("holds", "minima", "cells"),
    ("holds", "attraction", "attraction"),
    ("holds", "product", "parts"),
    ("holds", "critical", "krawczyk"),
}
LAW_TERMS = {known: law.__code__.co_argcount for known, law in LAWS.items()}


def cleared(comparison, known, forms):
    """A comparison as a relation and a polynomial that 0 has it to."""
    if comparison == FALSE:
        return "<", ZERO
    relation, left, right = comparison
    conditions = set()
    difference = minus(forms.form(right, conditions), forms.form(left, conditions))
    signs = {reciprocal: sign(reciprocal, known, forms) for reciprocal in conditions}
    numerator, below = forms.fraction(difference)
    if relation in ("<", "<="):
        for reciprocal, exponent in below.items():
            if exponent % 2 == 1:
                ensure(signs[reciprocal] is not None, "divisor sign")
                numerator = scaled(numerator, Fraction(signs[reciprocal]))
    return relation, numerator


def sign(reciprocal, known, forms):
    """The sign of a divisor, `None` for one that is only known not to vanish."""
    divisor = forms.divisor(reciprocal)
    if forms.is_evidently_positive(divisor):
        return 1
    found = []
    for hypothesis in known:
        if hypothesis.formula[0] not in ("<", "!=") or hypothesis.cleared is None:
            continue
        relation, poly = hypothesis.cleared
        factor = is_multiple(poly, divisor)
        if factor is not None:
            found.append((1 if factor > 0 else -1) if relation == "<" else None)
    ensure(found, "divisor")
    return next((one for one in found if one is not None), None)


class Hypothesis:
    """A hypothesis, with those before it."""

    def __init__(self, formula, before, forms):
        self.formula, self.before, self.forms = formula, before, forms

    @cached_property
    def cleared(self):
        """Relation and polynomial, `None` where there are none."""
        if self.formula[0] not in RELATIONS and self.formula != FALSE:
            return None
        try:
            return cleared(self.formula, self.before, self.forms)
        except Rejected:
            return None


class Context:
    """Scope and hypotheses; never changed."""

    def __init__(self, scope=frozenset(), hypotheses=()):
        self.scope, self.hypotheses = scope, hypotheses

    def declare(self, fresh):
        ensure(len(set(fresh)) == len(fresh) and self.scope.isdisjoint(fresh), "fresh")
        return Context(self.scope.union(fresh), self.hypotheses)

    def suppose(self, formula, forms):
        if formula[0] == "and":
            context = self
            for part in formula[1:]:
                context = context.suppose(part, forms)
            return context
        hypothesis = Hypothesis(formula, self.hypotheses, forms)
        return Context(self.scope, (*self.hypotheses, hypothesis))

    def hypothesis(self, index):
        index = natural(index)
        ensure(index < len(self.hypotheses), "hypothesis")
        return self.hypotheses[index]


def instance(bound, terms, body):
    ensure(len(bound) == len(terms), "count")
    return substitute_formula(body, dict(zip(bound, terms)))


class Checker:
    """Checks the proof of one step; counts the parts that it does not check."""

    def __init__(self, definitions, premises):
        self.definitions, self.premises = definitions, premises
        self.forms, self.unsupported = Forms(), 0

    def terms(self, context, terms):
        return tuple(self.definitions.term(term, context.scope) for term in items(terms))

    def check(self, context, goal, proof):
        """Accepts the proof of a goal in a context, or raises `Rejected`."""
        rule, rest = form(proof)
        method = getattr(self, "rule_" + rule, None)
        ensure(method, "read")
        method(context, goal, *rest) if fits(method, rest) else ensure(False, "read")

    def suppose(self, context, formula, goal, proof):
        self.check(context.suppose(formula, self.forms), goal, proof)

    def rule_fix(self, context, goal, fresh, proof):
        ensure(goal[0] == "forall", "goal")
        context = context.declare(names(fresh))
        self.check(context, instance(goal[1], fresh, goal[2]), proof)

    def rule_assume(self, context, goal, proof):
        ensure(goal[0] == "implies", "goal")
        self.suppose(context, goal[1], goal[2], proof)

    def rule_each(self, context, goal, *proofs):
        ensure(goal[0] == "and", "goal")
        ensure(len(goal) - 1 == len(proofs), "count")
        for part, proof in zip(goal[1:], proofs):
            self.check(context, part, proof)

    def rule_choose(self, context, goal, index, proof):
        ensure(goal[0] == "or", "goal")
        ensure(natural(index) < len(goal) - 1, "disjunct")
        self.check(context, goal[1 + natural(index)], proof)

    def rule_witness(self, context, goal, terms, proof):
        ensure(goal[0] == "exists", "goal")
        self.check(context, instance(goal[1], self.terms(context, terms), goal[2]), proof)

    def rule_cut(self, context, goal, lemma, first, second):
        lemma = self.definitions.formula(lemma, context.scope)
        self.check(context, lemma, first)
        self.suppose(context, lemma, goal, second)

    def rule_split(self, context, goal, comparison, first, second):
        comparison = self.definitions.formula(comparison, context.scope)
        ensure(comparison[0] in RELATIONS, "comparison")
        self.suppose(context, comparison, goal, first)
        self.suppose(context, negation(comparison), goal, second)

    def rule_absurd(self, context, goal, proof):
        self.check(context, FALSE, proof)

    def rule_hypothesis(self, context, goal, index):
        ensure(context.hypothesis(index).formula == goal, "the goal")

    def rule_instance(self, context, goal, index, terms, proof):
        head, *rest = context.hypothesis(index).formula
        ensure(head == "forall", "form")
        self.suppose(context, instance(rest[0], self.terms(context, terms), rest[1]), goal, proof)

    def rule_apply(self, context, goal, index, first, second):
        head, *rest = context.hypothesis(index).formula
        ensure(head == "implies", "form")
        self.check(context, rest[0], first)
        self.suppose(context, rest[1], goal, second)

    def rule_cases(self, context, goal, index, proofs):
        head, *rest = context.hypothesis(index).formula
        ensure(head == "or", "form")
        ensure(len(rest) == len(items(proofs)), "count")
        for part, proof in zip(rest, proofs):
            self.suppose(context, part, goal, proof)

    def rule_obtain(self, context, goal, index, fresh, proof):
        head, *rest = context.hypothesis(index).formula
        ensure(head == "exists", "form")
        context = context.declare(names(fresh))
        self.suppose(context, instance(rest[0], fresh, rest[1]), goal, proof)

    def rule_law(self, context, goal, law, terms, proof):
        terms = self.terms(context, terms)
        ensure(LAW_TERMS.get(name(law)) == len(terms), "law")
        self.suppose(context, LAWS[law](*terms), goal, proof)

    def rule_calculus(self, context, goal, theorem, function, variable, ends, proof):
        inner = context.declare(names((variable,)))
        function = self.definitions.term(function, inner.scope)
        start, end = self.terms(context, items(ends, 2))
        ensure(name(theorem) in THEOREMS, "read")
        instance = calculus.instance(theorem, function, variable, start, end)
        self.suppose(context, instance, goal, proof)

    def rule_premise(self, context, goal, index, proof):
        ensure(natural(index) < len(self.premises), "premise")
        self.suppose(context, self.premises[natural(index)], goal, proof)

    def rule_interval(self, context, goal, bits):
        hypotheses = [hypothesis.formula for hypothesis in context.hypotheses]
        interval.check(hypotheses, goal, natural(bits, 2**32))

    def rule_roots(self, context, goal, *evidence):
        self.decide("roots", goal, evidence)

    def rule_rank(self, context, goal, *evidence):
        self.decide("rank", goal, evidence)

    def rule_inertia(self, context, goal, *evidence):
        self.decide("inertia", goal, evidence)

    def decide(self, rule, goal, evidence):
        ensure(goal[0] in ("holds", "fails"), "goal")
        found = predicates.decide(rule, goal[1], evidence)
        ensure(found == (goal[0] == "holds"), "predicate")

    def rule_surface(self, context, goal, evidence):
        ensure(goal[0] in ("holds", "fails"), "goal")
        ensure(goal[1][0] == "surface", "rule")
        claim, found = form(goal[1][1])[0], form(evidence)[0]
        ensure((goal[0], claim, found) in SURFACE, "rule")
        self.unsupported += 1

    def rule_cone(self, context, goal, multiplier, summands, multiples):
        ensure(goal[0] in RELATIONS or goal == FALSE, "goal")
        relation, left = cleared(goal, context.hypotheses, self.forms)
        right, strict = ZERO, False
        for index in items(multiplier):
            kind, poly = self.known(context, index)
            ensure(kind == "<" or kind == "!=" and relation == "=", "multiplier")
            left = times(left, poly)
        for summand in items(summands):
            value, positive = self.summand(context, *items(summand, 3))
            right, strict = plus(right, value), strict or positive
        for multiple in items(multiples):
            cofactor, index = items(multiple, 2)
            kind, poly = self.known(context, index)
            ensure(kind == "=", "equation")
            right = plus(right, times(self.polynomial(context, cofactor), poly))
        ensure(left == right, "combination")
        ensure(relation != "<" or strict, "strict")
        ensure(relation != "=" or not summands, "equality")
        ensure(relation != "!=", "goal")

    def known(self, context, index):
        """Relation and polynomial of a hypothesis."""
        found = context.hypothesis(index).cleared
        ensure(found is not None, "form")
        return found

    def summand(self, context, coefficient, hypotheses, squares):
        """A nonnegative number times hypotheses times squares; whether it is positive."""
        coefficient = rational(coefficient)
        ensure(coefficient >= 0, "coefficient")
        value, positive = scaled(ONE, coefficient), coefficient > 0 and not items(squares)
        for index in items(hypotheses):
            kind, poly = self.known(context, index)
            ensure(kind in ("<", "<="), "factor")
            value, positive = times(value, poly), positive and kind == "<"
        for square in squares:
            root = self.polynomial(context, square)
            value = times(times(value, root), root)
        return value, positive

    def polynomial(self, context, term):
        """The polynomial of a square or cofactor."""
        reduced = Definitions().term(term, context.scope)
        numerator, below = self.forms.fraction(self.forms.form(reduced, set()))
        ensure(not below, "divisor sign")
        return numerator


def fits(method, arguments):
    """Whether a rule takes so many items, besides the context and the goal."""
    code = method.__func__.__code__
    variadic, fixed = bool(code.co_flags & 4), code.co_argcount - 3
    return len(arguments) >= fixed if variadic else len(arguments) == fixed
