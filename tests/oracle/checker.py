"""A second, naive checker of certificates, written from the chapter on the certificate format.

    python3 tests/oracle/checker.py FILE-OR-FOLDER…

Prints a verdict for each file, and for each `.cert` file of a folder: `accepted`, `rejected: class
of the premise`, or `unsupported: surface` with the number of steps that hold a rule about training
sets. All else in such steps is checked. Shares no code with the kernel; the standard library is all
it needs.
"""

import sys
import threading
from pathlib import Path

from predicates import Contradiction
from reader import Rejected, ensure, form, items, natural, read
from rules import Checker, Context
from terms import Definitions

# The chapter says 2. Version 1, second shape, differs in the word only.
VERSIONS = ("3",)


def check_step(step, earlier):
    """The reduced formula that a step proves, and how many of its parts were not checked."""
    indices, statement, proof = items(form(step, "step")[1], 3)
    indices = [natural(index) for index in items(indices)]
    ensure(all(index < len(earlier) for index in indices), "premise")
    definitions, formula = items(form(statement, "statement")[1], 2)
    definitions = Definitions(items(definitions))
    goal = definitions.formula(formula, frozenset())
    checker = Checker(definitions, [earlier[index] for index in indices])
    checker.check(Context(), goal, proof)
    return goal, checker.unsupported


def check(text):
    """Numbers of all steps and of those that hold a rule about training sets; or `Rejected`."""
    version, *steps = form(read(text), "certificate")[1] or ("",)
    ensure(version in VERSIONS and steps, "read")
    proved, unsupported = [], 0
    for step in steps:
        goal, parts = check_step(step, proved)
        proved.append(goal)
        unsupported += parts > 0
    return len(steps), unsupported


def verdict(path):
    """The verdict on a file, in words."""
    try:
        steps, unsupported = check(path.read_text(encoding="ascii"))
    except UnicodeDecodeError:
        return "rejected: read"
    except Rejected as rejected:
        return f"rejected: {rejected.args[0]}"
    except Contradiction as contradiction:
        return f"contradiction: {contradiction}"
    if unsupported:
        return f"unsupported: surface, {unsupported} of {steps} steps"
    return f"accepted, {steps} steps"


def main():
    for path in map(Path, sys.argv[1:]):
        for file in sorted(path.glob("*.cert")) if path.is_dir() else [path]:
            print(f"{file}: {verdict(file)}", flush=True)


if __name__ == "__main__":
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(100000)
    threading.stack_size(512 << 20)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
