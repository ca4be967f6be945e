"""Certificate text as nested tuples of words.

Written from the chapter on the certificate format. A list is a tuple, a word a string. Canonical
numbers make equal values equal words, so that formulas are compared as they stand.
"""

import re
from fractions import Fraction


class Rejected(Exception):
    """A premise that fails; the first argument is its class."""


def ensure(holds, reason):
    if not holds:
        raise Rejected(reason)


TEXT_BYTES = 2**26
DEPTH = 500
DIGITS = 20000
TOKEN = re.compile(r"[ \t\n\f\r]+|([()])|([!#-&*-:<-\[\]-_a-~]+)")
INTEGER = re.compile(r"0|-?[1-9][0-9]*")
NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def read(text):
    """The one list that a text holds."""
    ensure(len(text) <= TEXT_BYTES, "read")
    at, outermost = 0, []
    stack = [outermost]
    while at < len(text):
        token = TOKEN.match(text, at)
        ensure(token, "read")
        at = token.end()
        parenthesis, word = token.groups()
        if word:
            ensure(len(stack) > 1, "read")
            stack[-1].append(word)
        elif parenthesis == "(":
            ensure(len(stack) <= DEPTH and not (len(stack) == 1 and outermost), "read")
            stack.append([])
        elif parenthesis == ")":
            ensure(len(stack) > 1, "read")
            done = tuple(stack.pop())
            stack[-1].append(done)
    ensure(len(stack) == 1 and len(outermost) == 1, "read")
    return outermost[0]


def form(sexp, *heads):
    """Head and items of a list that begins with one of these words, or with any."""
    ensure(isinstance(sexp, tuple) and sexp and isinstance(sexp[0], str), "read")
    ensure(not heads or sexp[0] in heads, "read")
    return sexp[0], sexp[1:]


def items(sexp, count=None):
    """The items of a list, of this number if one is given."""
    ensure(isinstance(sexp, tuple) and (count is None or len(sexp) == count), "read")
    return sexp


def word(sexp):
    ensure(isinstance(sexp, str), "read")
    return sexp


def integer(sexp):
    text = word(sexp)
    ensure(INTEGER.fullmatch(text) and len(text.lstrip("-")) <= DIGITS, "read")
    return int(text)


def natural(sexp, bound=2**64):
    value = integer(sexp)
    ensure(0 <= value < bound, "read")
    return value


def rational(sexp):
    above, bar, below = word(sexp).partition("/")
    if not bar:
        return Fraction(integer(above))
    numerator, denominator = integer(above), integer(below)
    ensure(denominator >= 2, "read")
    value = Fraction(numerator, denominator)
    ensure(value.denominator == denominator, "read")
    return value


def name(sexp):
    ensure(NAME.fullmatch(word(sexp)), "read")
    return sexp


def names(sexp):
    return tuple(name(item) for item in items(sexp))


def matrix(sexp):
    """Rows of one length, at least one by one."""
    rows = [[rational(entry) for entry in items(row)] for row in items(sexp)]
    ensure(rows and rows[0] and all(len(row) == len(rows[0]) for row in rows), "ragged")
    return rows
