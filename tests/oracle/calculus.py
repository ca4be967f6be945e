"""The theorems of the rule `calculus` about a reduced term as a function of one variable."""

from terms import derivative, substitute


def instance(theorem, function, x, a, b):
    """What the theorem says between a and b."""
    at_a, at_b = (substitute(function, {x: end}) for end in (a, b))
    if theorem == "congruence":
        return ("implies", ("and", ("=", a, b)), ("=", at_a, at_b))
    continuous = everywhere(x, "<=", a, b, conditions(function, "<="))
    if theorem == "zero":
        there = ("exists", (x,), ("and", ("<=", a, x), ("<=", x, b), ("=", function, "0")))
        return ("implies", ("and", ("<=", a, b), continuous, ("<=", at_a, "0"), ("<=", "0", at_b)), there)
    relation = "<=" if theorem == "monotone" else "<"
    slope = derivative(function, x)
    sign = (relation, "0", "0" if slope is None else slope)
    smooth = everywhere(x, "<", a, b, [sign, *conditions(function, "<")])
    return ("implies", ("and", (relation, a, b), continuous, smooth), (relation, at_a, at_b))


def everywhere(x, relation, a, b, what):
    """What holds for all x between a and b, with the ends or without."""
    inside = ("and", (relation, a, x), (relation, x, b))
    return ("forall", (x,), ("implies", inside, ("and", *what)))


def conditions(term, relation):
    """What makes a term continuous, with `<=`, or smooth, with `<`, as a function of any variable."""
    if isinstance(term, str):
        return []
    found = {
        "/": [("!=", term[-1], "0")],
        "log": [("<", "0", term[-1])],
        "sqrt": [(relation, "0", term[-1])],
    }.get(term[0], [])
    below = term[1:2] if term[0] == "^" else term[1:]
    return [*found, *(condition for part in below for condition in conditions(part, relation))]
