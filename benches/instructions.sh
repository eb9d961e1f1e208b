#!/usr/bin/env bash
# Instructions that `dedup` takes for one more document: the difference of two sizes, so that the start of the program drops out.
# They do not depend on the load of the machine. valgrind knows no AVX-512, so this is the AVX2 way.
#   bash benches/instructions.sh [>> benches/results/instructions.tsv]
set -euo pipefail
cd "$(dirname "$0")/.."
program=${PROGRAM:-$PWD/target/release/wirecopy}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
total() {
    "$program" synth --documents "$1" --seed 1 -o "$folder/corpus.jsonl" --progress never
    valgrind --tool=callgrind --callgrind-out-file="$folder/out" "$program" dedup "$folder/corpus.jsonl" -o "$folder/kept.jsonl" \
        --clusters "$folder/clusters.jsonl" --threads 1 --progress never 2>&1 | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
less=$(total 1000)
more=$(total 2000)
printf '%s\t%s\t%s\n' "$(date +%F)" "$(git describe --always --dirty)" $(((more - less) / 1000))
