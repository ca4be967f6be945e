#!/usr/bin/env python3
"""Writes rejected/*.cert: copies of accepted certificates that differ in one place each. usage: forge.py (in its folder)"""
import copy
import re
from pathlib import Path

HERE = Path(__file__).parent

def read(name):
    stack = [[]]
    for token in re.findall(r"[()]|[^\s()]+", (HERE / "accepted" / f"{name}.cert").read_text()):
        if token == "(": stack.append([])
        elif token == ")": top = stack.pop(); stack[-1].append(top)
        else: stack[-1].append(token)
    return stack[0][0]

def text(item): return item if isinstance(item, str) else "(" + " ".join(map(text, item)) + ")"

class Parts:
    """The parts of the last step of a certificate, to be changed in place."""
    def __init__(self, name):
        self.whole = read(name)
        step = self.whole[-1]
        self.stated, evidence = step[2][2][1][1], step[3][1]
        self.minimum, self.shown = (self.stated, evidence) if self.stated[0] == "minimum" else evidence[1:]
        _, self.data, self.chart, self.centre, *_ = self.minimum
        self.rows = self.data[3]
        self.lower = self.minimum[8]

def plus(value, amount): return str(int(value) + amount)

M, LAMBDA, NEAR, ERROR, LOWER = 4, 5, 6, 7, 8
K, S, L, T = 1, 2, 3, 4
FORGERIES = {}


def change(base, name, how): FORGERIES[name] = (base, how)

def put(where, index, value): where[index] = value

# The responses at the centre.
change("five", "response_one_below", lambda p: put(p.shown[S], 0, plus(p.shown[S][0], -1)))
change("five", "response_one_above", lambda p: put(p.shown[S], 3, plus(p.shown[S][3], 1)))
change("five", "response_negative", lambda p: put(p.shown[S], 0, "-1"))
change("five", "response_missing", lambda p: p.shown[S].pop())
change("five", "response_too_many", lambda p: p.shown[S].append(p.shown[S][0]))
change("rational", "response_of_another_row", lambda p: put(p.shown[S], 0, p.shown[S][1]))
# The grid.
change("five", "grid_odd", lambda p: put(p.shown, K, "63"))
change("five", "grid_other", lambda p: put(p.shown, K, "66"))
change("five", "grid_zero", lambda p: put(p.shown, K, "0"))
# The box and the growth.
change("five", "box_wider", lambda p: put(p.minimum, M, "10"))
change("five", "box_much_wider", lambda p: put(p.minimum, M, "4"))
change("five", "box_narrower", lambda p: put(p.minimum, M, "60"))
change("five", "modulus_zero", lambda p: put(p.minimum, LAMBDA, "0"))
change("five", "modulus_negative", lambda p: put(p.minimum, LAMBDA, "-131/25"))
change("five", "modulus_larger", lambda p: put(p.minimum, LAMBDA, "6"))
change("five", "modulus_tiny", lambda p: put(p.minimum, LAMBDA, "1/1125899906842624"))
change("logistic", "modulus_larger_logistic", lambda p: put(p.minimum, LAMBDA, "137/400"))
change("rational", "modulus_larger_rational", lambda p: put(p.minimum, LAMBDA, "3"))
# The factor.
change("five", "factor_missing", lambda p: p.shown[L].pop())
change("five", "factor_empty", lambda p: p.shown[L].clear())
change("five", "factor_row_short", lambda p: p.shown[L][2].pop())
change("five", "factor_entry_changed", lambda p: put(p.shown[L][1], 0, plus(p.shown[L][1][0], 1 << 28)))
change("five", "factor_diagonal_changed", lambda p: put(p.shown[L][2], 2, plus(p.shown[L][2][2], 1 << 28)))
# The centre.
change("five", "centre_moved", lambda p: put(p.centre[2], 0, plus(p.centre[2][0], 1 << 30)))
change("five", "centre_zero", lambda p: put(p.centre[2], 0, "0"))
change("five", "centre_negative", lambda p: put(p.centre[2], 1, "-" + p.centre[2][1]))
change("five", "centre_short", lambda p: p.centre[2].pop())
change("five", "centre_grid_changed", lambda p: put(p.centre, 1, "44"))
# What is stated besides.
change("five", "nearer", lambda p: put(p.minimum, NEAR, "1/1152921504606846976"))
change("five", "near_negative", lambda p: put(p.minimum, NEAR, "-1"))
change("five", "near_zero", lambda p: put(p.minimum, NEAR, "0"))
change("five", "error_least_too_high", lambda p: put(p.minimum[ERROR], 0, p.minimum[ERROR][1]))
change("five", "error_most_too_low", lambda p: put(p.minimum[ERROR], 1, p.minimum[ERROR][0]))
change("rational", "error_most_too_low_rational", lambda p: put(p.minimum[ERROR], 1, p.minimum[ERROR][0]))
change("rational", "near_zero_rational", lambda p: put(p.minimum, NEAR, "0"))
change("exact", "exact_value_wrong", lambda p: put(p.minimum, ERROR, ["4", "3999999/1000000"]))
change("exact", "exact_centre_off", lambda p: (put(p.centre[2], 0, "1025"),))
# The lower point.
change("five", "lower_error_too_low", lambda p: put(p.lower, 2, "4"))
change("five", "lower_is_not_lower", lambda p: put(p.lower, 2, "5"))
change("five", "lower_is_the_centre", lambda p: put(p.lower, 1, copy.deepcopy(p.centre)))
change("five", "lower_moved", lambda p: put(p.lower[1][2], 0, plus(p.lower[1][2][0], 1)))
change("five", "lower_negative", lambda p: put(p.lower[1][2], 0, "-7559"))
change("five", "lower_short", lambda p: p.lower[1][2].pop())
change("five", "lower_grid_changed", lambda p: put(p.lower[1], 1, "31"))
change("five", "lower_response_off", lambda p: put(p.shown[T], 2, plus(p.shown[T][2], 2)))
change("five", "lower_response_missing", lambda p: p.shown[T].pop())
change("five", "lower_left_out", lambda p: put(p.minimum, LOWER, "none"))
change("logistic", "lower_error_too_low_logistic", lambda p: put(p.lower, 2, "1"))
# The data: another training set with the same evidence.
change("five", "row_changed", lambda p: put(p.rows[0][0], 0, "1"))
change("five", "row_longer", lambda p: p.rows[0][0].append("1"))
change("five", "row_zero", lambda p: put(p.rows[0], 0, ["0", "0", "0"]))
change("five", "row_missing", lambda p: p.rows.pop())
change("five", "target_changed", lambda p: put(p.rows[0], 1, "1"))
change("five", "target_inside", lambda p: put(p.rows[1], 1, "9/10"))
change("five", "target_out_of_range", lambda p: put(p.rows[0], 1, "-2"))
change("five", "weight_changed", lambda p: put(p.rows[3], 2, "3"))
change("five", "weight_zero", lambda p: put(p.rows[0], 2, "0"))
change("rational", "weight_changed_rational", lambda p: put(p.rows[0], 2, "1/2"))
change("five", "unit_changed", lambda p: (put(p.data, 1, "logistic"), [put(r, 1, "0") for r in p.rows if r[1] == "-1"]))
change("logistic", "unit_changed_back", lambda p: put(p.data, 1, "tanh"))
# The chart.
change("five", "scale_halved", lambda p: put(p.chart[1][0], 1, "1/2"))
change("five", "scale_doubled", lambda p: put(p.chart[1][0], 1, "2"))
change("five", "scale_negative", lambda p: put(p.chart[1][0], 1, "-1"))
change("five", "column_twice", lambda p: put(p.chart[1][1], 0, "0"))
change("five", "columns_exchanged", lambda p: (put(p.chart[1][0], 0, "2"), put(p.chart[1][2], 0, "0")))
change("rational", "scale_of_another_column", lambda p: put(p.chart[1][0], 1, "10"))
# The evidence of the claim.
change("claim", "claim_of_other_data", lambda p: put(p.stated[1][3][3], 2, "3"))
change("claim", "claim_without_lower", lambda p: (put(p.minimum, LOWER, "none"), p.shown[T].clear()))

def main():
    folder = HERE / "rejected"
    for old in folder.glob("*.cert"): old.unlink()
    for name, (base, how) in FORGERIES.items():
        parts = Parts(base)
        before = text(parts.whole)
        how(parts)
        assert text(parts.whole) != before, name
        (folder / f"{name}.cert").write_text(text(parts.whole) + "\n")

main()
