#!/bin/sh
# Export every certificate below the given folders, have Coq check each theorem, and have axioms.sh check all of them together.
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
modules=
theorems=
while read -r certificate; do
  name=Exported_$((checked + 1))
  if "$spurious" export --to coq "$certificate" --output "$work/$name.v" --quiet 2> "$work/why"; then
    (cd "$work" && coqc -q -Q "$here" Spurious -Q . Certificate "$name.v") || { echo "$certificate: Coq rejects it" >&2; exit 1; }
    found=$(sed -n "s/^Theorem \([a-z_0-9]*\) .*/Certificate.$name.\1/p" "$work/$name.v")
    [ -n "$found" ]
    echo "$name: $certificate" >> "$work/names"
    modules="$modules Certificate.$name"
    theorems="$theorems $found"
    checked=$((checked + 1))
  elif grep -q 'cannot be exported' "$work/why"; then
    other=$((other + 1))
  else
    cat "$work/why" >&2
    exit 1
  fi
done < "$work/list"
[ "$checked" -gt 0 ]
"$here/axioms.sh" reals "$work" Certificate "$modules" $theorems || { cat "$work/names" >&2; exit 1; }
echo "$checked certificates are theorems of Coq; $other state something else than a strict local minimum"
