#!/bin/sh
# Check every proof in this folder, in the order of _CoqProject. The last file prints what the theorems assume: first the
# barrier rule, which may need the axioms of the real numbers only, then the general lemmas, which may need classic too.
# Needs Coq 8.16 (Debian package coq) and nothing else. usage: proofs/coq/build.sh
set -eu
cd "$(dirname "$0")"
printed=$(mktemp -d)
trap 'rm -rf "$printed"' EXIT
grep '\.v$' _CoqProject | while read -r file; do
  printf '%s\n' "$file"
  coqc -q -Q . Spurious "$file" > "$printed/all"
done
cat "$printed/all"
awk -v folder="$printed" '/^Axioms:/ { part++ } { print > (folder "/" part) }' "$printed/all"
./axioms.sh "$printed/1"
./axioms.sh "$printed/2" Classical_Prop.classic
