"""Terms and formulas, and their reduction: definitions, substitution, the formal derivative."""

from reader import Rejected, ensure, form, items, name, names, natural, rational, word

ARITY = {"exp": 1, "log": 1, "tanh": 1, "sqrt": 1, "abs": 1, "min": 2, "max": 2}
ARITY.update({"sin": 1, "cos": 1, "arctan": 1})
RELATIONS = ("<", "<=", "=", "!=")
FALSE = ("or",)
DEPTH = 300


def is_number(text):
    return text[0] == "-" or text[0].isdigit()


def is_variable(term):
    return isinstance(term, str) and not is_number(term)


def variables(term):
    """The variables of a reduced term."""
    if isinstance(term, str):
        return set() if is_number(term) else {term}
    return set().union(*(variables(part) for part in term[1:]))


def depth(term):
    return 0 if isinstance(term, str) else max((depth(part) + 1 for part in parts(term)), default=0)


def parts(term):
    """The terms of which a reduced term, which is no word, consists."""
    return term[1:2] if term[0] == "^" else term[1:]


def substitute(term, by):
    """A reduced term with terms put for variables, all at once."""
    if isinstance(term, str):
        return term if is_number(term) else by.get(term, term)
    return (term[0], *(substitute(part, by) for part in term[1:]))


def substitute_formula(formula, by):
    """A reduced formula with terms put for variables, all at once, without capture."""
    head = formula[0]
    if head in RELATIONS:
        return (head, *(substitute(term, by) for term in formula[1:]))
    if head in ("and", "or", "implies"):
        return (head, *(substitute_formula(part, by) for part in formula[1:]))
    if head in ("forall", "exists"):
        _, bound, body = formula
        left = {known: term for known, term in by.items() if known not in bound}
        used = set().union(*(variables(term) for term in left.values()))
        ensure(used.isdisjoint(bound), "scope")
        return (head, bound, substitute_formula(body, left))
    return formula


def derivative(term, by):
    """The formal derivative of a reduced term; `None` where it has none."""
    if isinstance(term, str):
        return "1" if term == by else None
    slopes = [derivative(part, by) for part in parts(term)]
    addends = [addend(term, place, slope) for place, slope in enumerate(slopes) if slope is not None]
    if len(addends) < 2:
        return addends[0] if addends else None
    return ("+", *addends)


def addend(term, place, slope):
    """What one part adds to the derivative."""
    head = term[0]
    if head == "+":
        return slope
    if head == "*":
        return (*term[: place + 1], slope, *term[place + 2 :])
    if head == "/":
        _, above, below = term
        if place == 0:
            return ("/", slope, below)
        return ("/", ("*", "-1", above, slope), ("^", below, "2"))
    if head == "^":
        return ("*", term[2], ("^", term[1], str(max(int(term[2]) - 1, 0))), slope)
    outer = {
        "exp": term,
        "log": ("/", "1", term[1]),
        "tanh": ("+", "1", ("*", "-1", ("^", term, "2"))),
        "sqrt": ("/", "1", ("*", "2", term)),
        "sin": ("cos", *term[1:]),
        "cos": ("*", "-1", ("sin", *term[1:])),
        "arctan": ("/", "1", ("+", "1", ("^", term[1], "2"))),
    }
    ensure(head in outer, "differentiable")
    return ("*", outer[head], slope)


def negation(comparison):
    """The comparison that holds where this one does not."""
    head, left, right = comparison
    return {
        "<": ("<=", right, left),
        "<=": ("<", right, left),
        "=": ("!=", left, right),
        "!=": ("=", left, right),
    }[head]


def shallow(term):
    ensure(depth(term) <= DEPTH, "limit")
    return term


class Definitions:
    """What the definitions of a statement say; carries them out."""

    def __init__(self, definitions=()):
        self.known = {}
        for definition in definitions:
            self.define(definition)

    def define(self, definition):
        kind, (called, parameters, body) = form(definition)[0], items(definition[1:], 3)
        ensure(kind in ("function", "predicate", "error"), "read")
        called, parameters = name(called), names(parameters)
        scope = frozenset(parameters)
        if kind == "function":
            body = self.term(body, scope)
        elif kind == "predicate":
            body = self.formula(body, scope)
        else:
            kind, body = "function", error(body, parameters)
        ensure(called not in ARITY and called not in ("d", "at"), "scope")
        ensure(called not in self.known and len(scope) == len(parameters), "scope")
        self.known[called] = (kind, parameters, body)

    def called(self, kind, called, arguments, scope):
        """The body of a definition, and what is to be put for its parameters."""
        ensure(name(called) in self.known, "defined")
        found, parameters, body = self.known[called]
        ensure(len(parameters) == len(arguments), "arguments")
        ensure(found == kind, "defined")
        return body, {p: self.term(term, scope) for p, term in zip(parameters, arguments)}

    def term(self, term, scope):
        """A term with everything carried out."""
        if isinstance(term, str):
            if is_number(term):
                rational(term)
            else:
                ensure(name(term) in scope, "scope")
            return term
        head, rest = form(term)
        if head in ("+", "*") or head in ARITY:
            ensure(len(rest) == ARITY.get(head, len(rest)), "arity")
            return (head, *(self.term(part, scope) for part in rest))
        if head == "/":
            return (head, *(self.term(part, scope) for part in items(rest, 2)))
        if head == "^":
            base, exponent = items(rest, 2)
            natural(exponent, 2**32)
            return (head, self.term(base, scope), exponent)
        if head == "d":
            body, by = items(rest, 2)
            ensure(name(by) in scope, "scope")
            slope = derivative(self.term(body, scope), by)
            return "0" if slope is None else shallow(slope)
        if head == "at":
            ensure(rest, "read")
            pairs = [items(pair, 2) for pair in rest[1:]]
            put = {name(known): self.term(value, scope) for known, value in pairs}
            ensure(len(put) == len(pairs), "scope")
            return shallow(substitute(self.term(rest[0], scope | put.keys()), put))
        if head == "call":
            ensure(rest, "read")
            body, put = self.called("function", rest[0], rest[1:], scope)
            return shallow(substitute(body, put))
        raise Rejected("read")

    def formula(self, formula, scope):
        """A formula with everything carried out."""
        head, rest = form(formula)
        if head in RELATIONS:
            return (head, *(self.term(term, scope) for term in items(rest, 2)))
        if head in ("and", "or", "implies"):
            ensure(head != "implies" or len(rest) == 2, "read")
            return (head, *(self.formula(part, scope) for part in rest))
        if head in ("forall", "exists"):
            bound, body = items(rest, 2)
            bound = names(bound)
            ensure(len(set(bound)) == len(bound) and scope.isdisjoint(bound), "scope")
            return (head, bound, self.formula(body, scope.union(bound)))
        if head in ("holds", "fails"):
            return (head, self.predicate(*items(rest, 1)))
        if head == "call":
            ensure(rest, "read")
            body, put = self.called("predicate", rest[0], rest[1:], scope)
            return substitute_formula(body, put)
        raise Rejected("read")

    def predicate(self, predicate):
        head, rest = form(predicate, "roots", "rank", "inertia", "surface")
        if head == "roots":
            polynomial, by, *ends, count = items(rest, 5)
            for end in ends:
                if end != "none":
                    rational(end)
            natural(count)
            return (head, self.term(polynomial, frozenset((name(by),))), by, *ends, count)
        if head == "surface":
            items(rest, 1)
            return predicate
        rows, counts = items(rest, 2)
        for row in items(rows):
            for entry in items(row):
                rational(entry)
        for count in (counts,) if head == "rank" else items(counts, 3):
            natural(count)
        return predicate


def error(data, parameters):
    """The error function of a training set, as a term."""
    unit, width, rows = items(form(data, "data")[1], 3)
    width, rows = natural(width), items(rows)
    ensure(unit in ("tanh", "logistic") and 1 <= width <= 64 and 1 <= len(rows) <= 200000, "read")
    addends = []
    for row in rows:
        entries, target, weight = items(row, 3)
        entries = [(entry, rational(entry)) for entry in items(entries)]
        low = -1 if unit == "tanh" else 0
        ensure(len(entries) == width and low <= rational(target) <= 1, "read")
        ensure(rational(weight) > 0, "read")
        inner = (("*", text, x) for (text, value), x in zip(entries, parameters) if value != 0)
        argument = ("+", *inner)
        if unit == "tanh":
            output = ("tanh", argument)
        else:
            output = ("/", "1", ("+", "1", ("exp", ("*", "-1", argument))))
        residual = ("+", output, str(-rational(target)))
        addends.append(("*", word(weight), ("^", residual, "2")))
    ensure(len(parameters) == width, "arguments")
    return ("+", *addends)
