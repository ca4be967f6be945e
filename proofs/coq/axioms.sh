#!/bin/sh
# Compiled files declare nothing without proof, and theorems rest on the axioms of Coq's standard real numbers alone, or (classical)
# on excluded middle besides. coqchk checks the files again; name and type of every axiom are those that the library alone has.
# Every library below the files is admitted: check it likewise, or trust it.
# usage: axioms.sh reals|classical FOLDER PREFIX "MODULE..." [THEOREM...], all by full names
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kind=$1
folder=$(cd "$2" && pwd)
prefix=$3
modules=$4
shift 4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
fail() { echo "$1" >&2; exit 1; }

only=$(for module in $modules; do printf ' -norec %s' "$module"; done)
# The machine of vm_compute, as in coqc: an exported certificate is one long computation.
coqchk -silent -o -bytecode-compiler yes -Q "$here" Spurious -Q "$folder" "$prefix" $only > summary 2>&1 || fail "$(tail -n 5 summary)"
for line in "* Theory: Set is predicative" \
  "* Constants/Inductives relying on type-in-type: <none>" \
  "* Constants/Inductives relying on unsafe (co)fixpoints: <none>" \
  "* Inductives whose positivity is assumed: <none>"; do
  grep -qxF "$line" summary || fail "coqchk does not say: $line"
done
if grep '^    ' summary | grep -v '^    Coq\.' >&2; then fail "declared without proof"; fi

[ $# -gt 0 ] || exit 0
allowed="Coq.Reals.ClassicalDedekindReals.sig_forall_dec Coq.Reals.ClassicalDedekindReals.sig_not_dec
Coq.Logic.FunctionalExtensionality.functional_extensionality_dep"
[ "$kind" = reals ] || allowed="$allowed Coq.Logic.Classical_Prop.classic"
options="Set Printing All. Set Printing Depth 1000000. Set Printing Width 1000000."
{
  for axiom in $allowed; do echo "Require ${axiom%.*}."; done
  echo "$options"
  for axiom in $allowed; do echo "Redirect \"${axiom##*.}\" Print Assumptions $axiom."; done
} > Library.v
coqc -q Library.v
cat ./*.out > known
{
  echo "Require $modules."
  echo "$options"
  for theorem in "$@"; do echo "Redirect \"rests.$theorem\" Print Assumptions $theorem."; done
} > Question.v
coqc -q -Q "$here" Spurious -Q "$folder" "$prefix" Question.v
for theorem in "$@"; do
  # Each line is one of the library's own, word for word.
  if grep -vxF -e "Closed under the global context" -f known "rests.$theorem.out" >&2; then
    fail "$theorem: an axiom that is not allowed"
  fi
done
