#!/bin/sh
# What `Print Assumptions` printed names no axiom but those of Coq's standard real numbers, and those given besides.
# usage: axioms.sh FILE [AXIOM...]
set -eu
file=$1
shift
grep -q '^Axioms:' "$file"
known="ClassicalDedekindReals.sig_forall_dec ClassicalDedekindReals.sig_not_dec
FunctionalExtensionality.functional_extensionality_dep $*"
sed -n '/^Axioms:/,$p' "$file" | sed 1d | grep -v '^ ' | cut -d' ' -f1 | while read -r axiom; do
  case " $(echo $known) " in
    *" $axiom "*) ;;
    *) echo "an axiom that is not allowed: $axiom" >&2; exit 1 ;;
  esac
done
