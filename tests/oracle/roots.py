"""Writes roots.txt: how many real roots random sparse polynomials have, by python-flint's certified complex roots.

    pip install python-flint && python tests/oracle/roots.py > tests/oracle/roots.txt

A line is: number of distinct real roots, number of those > 0, coefficients with the constant first.
"""
import random

from flint import fmpz_poly

random.seed(1835)
for number in range(300):
    degree = random.randint(1, 14)
    density = random.choice([0.2, 0.4, 1])
    size = random.choice([1, 3, 50])
    coefficients = [random.randint(-size, size) if random.random() < density else 0 for _ in range(degree)]
    p = fmpz_poly(coefficients + [random.choice([-size, -1, 1, size])])
    if number % 3 == 0:
        p *= fmpz_poly([random.randint(-2, 2), random.randint(1, 3)]) ** random.randint(2, 3)
    roots = [root.real for root, _ in p.complex_roots() if root.imag == 0]
    print(len(roots), sum(1 for root in roots if root > 0), *(int(c) for c in p.coeffs()))
