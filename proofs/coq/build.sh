#!/bin/sh
# Check every proof in this folder, in order; afterwards print the assumptions of the main theorems.
# Needs Coq 8.16 (Debian package coq), nothing else. usage: proofs/coq/build.sh [OUTPUT-FOLDER]
set -eu
cd "$(dirname "$0")"
grep '\.v$' _CoqProject | while read -r file; do
  printf '%s\n' "$file"
  coqc -q -Q . Spurious "$file"
done
