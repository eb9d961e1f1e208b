#!/usr/bin/env python3
"""CPU of `wirecopy.dedup` over an Arrow table against that of the command over the same rows as JSON Lines.

    python benches/against_command.py PROGRAM CORPUS.jsonl [--runs 5] [--threads 1]

CPU seconds of all threads, user and system; of the package without the time in which Python reads the file into a table, of the command
all of it, the files that it writes included. The clusters are compared as well."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import pyarrow as pa
import pyarrow.json

import wirecopy


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("corpus")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--threshold", type=float, default=0.5)
    asked = parser.parse_args()
    with open(asked.corpus, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    table = pa.table({"id": [str(row["id"]) for row in rows], "text": [row["text"] for row in rows]})
    here, there = [], []
    with tempfile.TemporaryDirectory() as folder:
        kept, clusters = os.path.join(folder, "kept.jsonl"), os.path.join(folder, "clusters.jsonl")
        command = [asked.program, "dedup", asked.corpus, "-o", kept, "--clusters", clusters, "--progress", "never"]
        command += ["--threads", str(asked.threads), "--threshold", str(asked.threshold)]
        for _ in range(asked.runs):
            before = time.process_time()
            result = wirecopy.dedup(table, threshold=asked.threshold, threads=asked.threads)
            here.append(time.process_time() - before)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            there.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        with open(clusters, encoding="utf-8") as lines:
            same = [json.loads(line) for line in lines] == pa.table(result).to_pylist()
    here.sort()
    there.sort()
    middle = asked.runs // 2
    told = {
        "documents": len(rows),
        "package_cpu_seconds": [round(x, 3) for x in here],
        "command_cpu_seconds": [round(x, 3) for x in there],
        "ratio_of_medians": round(here[middle] / there[middle], 3),
        "documents_per_cpu_second": round(len(rows) / here[middle]),
        "same_clusters": same,
    }
    print(json.dumps(told))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
