"""Writes derivatives.txt: random terms, their derivatives by x at a rational point as SymPy has them.

Each line: the term in certificate syntax, the point x, the point y, the value of the derivative with 20 digits.
"""
import random
import sympy as sp

random.seed(7)
x, y = sp.symbols("x y", positive=True)
FUNCTIONS = {"exp": sp.exp, "log": sp.log, "tanh": sp.tanh, "sqrt": sp.sqrt}
CIRCULAR = {"sin": sp.sin, "cos": sp.cos, "arctan": sp.atan}


def term(depth):
    """A random term as certificate text and as a SymPy expression; positive inside log, sqrt and below a bar."""
    kind = random.choice("vvn" if depth == 0 else "sspqwff")
    if kind == "v":
        name = random.choice("xxy")
        return name, {"x": x, "y": y}[name]
    if kind == "n":
        n = random.randint(1, 9)
        return str(n), sp.Integer(n)
    if kind == "w":
        (a, ea), n = term(depth - 1), random.randint(2, 4)
        return f"(^ {a} {n})", ea**n
    (a, ea), (b, eb) = term(depth - 1), term(depth - 1)
    if kind == "s":
        return f"(+ {a} (* -1 {b}))", ea - eb
    if kind == "p":
        return f"(* {a} {b} x)", ea * eb * x
    if kind == "q":
        return f"(/ {a} (+ 1 (^ {b} 2)))", ea / (1 + eb**2)
    name = random.choice(sorted(FUNCTIONS))
    if name == "exp":
        return f"(exp (/ {a} (+ 2 (^ {a} 2))))", sp.exp(ea / (2 + ea**2))
    if name == "tanh":
        return f"(tanh {a})", sp.tanh(ea)
    return f"({name} (+ 1 (^ {a} 2)))", FUNCTIONS[name](1 + ea**2)


with open("derivatives.txt", "w") as out:
    for _ in range(60):
        text, expression = term(random.randint(1, 3))
        at = {x: sp.Rational(random.randint(1, 12), 8), y: sp.Rational(random.randint(1, 12), 8)}
        value = sp.N(sp.diff(expression, x).subs(at), 20)
        out.write(f"{text}; {at[x]}; {at[y]}; {value}\n")
    FUNCTIONS |= CIRCULAR
    for _ in range(40):
        text, expression = term(random.randint(1, 3))
        at = {x: sp.Rational(random.randint(1, 12), 8), y: sp.Rational(random.randint(1, 12), 8)}
        value = sp.N(sp.diff(expression, x).subs(at), 20)
        out.write(f"{text}; {at[x]}; {at[y]}; {value}\n")
