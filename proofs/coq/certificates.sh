#!/bin/sh
# Export every certificate below the given folders, and have Coq check each theorem and say what it rests on.
# The library must be compiled (build.sh). usage: proofs/coq/certificates.sh PATH_OF_SPURIOUS FOLDER...
set -eu
spurious=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find "$@" -name '*.cert' | sort > "$work/list"
checked=0
other=0
while read -r certificate; do
  if "$spurious" export --to coq "$certificate" --output "$work/Exported.v" --quiet 2> "$work/why"; then
    theorems=$(sed -n 's/^Theorem \([a-z_0-9]*\) .*/\1/p' "$work/Exported.v" | paste -s -d ,)
    printf '\nDefinition all_theorems := (%s).\nPrint Assumptions all_theorems.\n' "$theorems" >> "$work/Exported.v"
    (cd "$work" && coqc -q -Q "$here" Spurious Exported.v) > "$work/axioms" || { echo "$certificate: Coq rejects it" >&2; exit 1; }
    "$here/axioms.sh" "$work/axioms" || { echo "$certificate: rests on another axiom" >&2; exit 1; }
    checked=$((checked + 1))
  elif grep -q 'cannot be exported' "$work/why"; then
    other=$((other + 1))
  else
    cat "$work/why" >&2
    exit 1
  fi
done < "$work/list"
[ "$checked" -gt 0 ]
echo "$checked certificates are theorems of Coq; $other state something else than a strict local minimum"
