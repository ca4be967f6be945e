#!/bin/sh
# Check every proof in this folder, in the order of _CoqProject; the last file prints what the theorems assume.
# Needs Coq 8.16 (Debian package coq) and nothing else. usage: proofs/coq/build.sh
set -eu
cd "$(dirname "$0")"
grep '\.v$' _CoqProject | while read -r file; do
  printf '%s\n' "$file"
  coqc -q -Q . Spurious "$file"
done
