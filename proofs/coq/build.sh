#!/bin/sh
# Check every proof in this folder, in the order of _CoqProject; then have coqchk check what was compiled, and compare what the
# theorems assume: the barrier rule may need the axioms of the real numbers only, the general lemmas classic too.
# Needs Coq 8.16 (Debian package coq) and nothing else. usage: proofs/coq/build.sh
set -eu
cd "$(dirname "$0")"
modules=
for file in $(grep '\.v$' _CoqProject); do
  printf '%s\n' "$file"
  coqc -q -Q . Spurious "$file" > /dev/null
  modules="$modules Spurious.${file%.v}"
done
./axioms.sh reals . Spurious "$modules" Spurious.Assumptions.the_rule
./axioms.sh classical . Spurious Spurious.Assumptions Spurious.Assumptions.with_excluded_middle
echo "every proof is checked; the theorems rest on the axioms of the real numbers, the general lemmas on classic besides"
