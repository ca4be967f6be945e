#!/usr/bin/env bash
# Builds the fuzz targets on a stable toolchain and runs each for some seconds from the kept corpus, or the targets named.
#   fuzz/run.sh [SECONDS [TARGET…]]
# `cargo fuzz run -s none TARGET` does the same, one target at a time, and needs cargo-fuzz. Coverage guides the mutations; there is
# no sanitizer, which would need a nightly compiler: the code has no `unsafe`. A failing input stays in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-20}
[ $# -gt 0 ] && shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(certificate claims data interval)

# The flags of cargo-fuzz without a sanitizer, so that both use one build.
coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
coverage+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
coverage+=" -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
coverage+=" -Cllvm-args=-simplifycfg-branch-fold-threshold=0 -Cllvm-args=-sanitizer-coverage-stack-depth"
coverage+=" -Cdebug-assertions -Ccodegen-units=1"
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS=$coverage cargo build --quiet --locked --release --manifest-path fuzz/Cargo.toml --target "$host" \
    "${targets[@]/#/--bin=}"

# What the repository holds anyway are seeds too.
seeds() {
    case $1 in
    certificate) echo tests/certificates/accepted tests/certificates/rejected ;;
    claims) echo proofs/ss89 proofs/fi92 ;;
    data) echo proofs/data ;;
    interval) ;;
    esac
}

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
for target in "${targets[@]}"; do
    mkdir -p "fuzz/artifacts/$target" "fuzz/corpus/$target" "$new/$target"
    log="$new/$target.log"
    # shellcheck disable=SC2046
    if ! "fuzz/target/$host/release/$target" "$new/$target" "fuzz/corpus/$target" $(seeds "$target") \
        -max_total_time="$seconds" -max_len=4096 -timeout=120 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="fuzz/artifacts/$target/" >"$log" 2>&1; then
        tail -n 60 "$log"
        exit 1
    fi
    echo "$target: $(sed -n 's/^Done \(.*\)/\1/p' "$log")"
done
