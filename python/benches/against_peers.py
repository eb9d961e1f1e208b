#!/usr/bin/env python3
"""Documents per CPU second from Python, and the quality of the clusters, beside other packages on the same work.

    python benches/against_peers.py CORPUS.jsonl [--peers ../shared/peers --python PEERS_VENV/bin/python] [--limit 20000]

All do the same, on one thread: read JSON Lines (the others with orjson, into the list of strings that they take; wirecopy into the Arrow
table that it takes), shingles of words, 128 values, candidates, verified pairs, clusters. The scripts of the others stand beside the
repository (`bench_peer.py`, `evaluate.py`, `make_corpus.py`), with the versions that they were written for."""

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

PEERS = [("gaoya", 3), ("rensa", 3), ("rensa", 5), ("datasketch", 5)]


def ours(corpus: str, limit: int, threshold: float, labels: str) -> None:
    """One process, measured as the others are: from the first line that is read to the clusters, imports left out."""
    import numpy
    import pyarrow
    import pyarrow.compute  # noqa: F401 - what is loaded when it is first used is loaded before
    import pyarrow.json

    with contextlib.suppress(ImportError):
        import pandas  # noqa: F401 - pyarrow.table loads it where it is there

    import wirecopy

    begun = time.process_time()
    # one thread, and the one column that the others read too
    only_text = pyarrow.json.ParseOptions(explicit_schema=pyarrow.schema([("text", pyarrow.string())]), unexpected_field_behavior="ignore")
    blocks = pyarrow.json.ReadOptions(use_threads=False, block_size=8 << 20)
    table = pyarrow.json.read_json(corpus, read_options=blocks, parse_options=only_text)
    texts = table["text"][:limit] if limit else table["text"]
    read = time.process_time() - begun
    result = wirecopy.dedup(pyarrow.table({"text": texts}), threshold=threshold, threads=1)
    clusters = pyarrow.table(result)["cluster"].cast("int64").to_numpy()
    cpu = time.process_time() - begun
    numpy.save(labels, clusters)
    told = {"engine": "wirecopy", "version": wirecopy.__version__, "n": 3, "docs": len(texts), "cpu": round(cpu, 2)}
    told["docs_per_cpu_s_without_reading"] = round(len(texts) / (cpu - read), 1)
    told["docs_per_cpu_s"] = round(len(texts) / cpu, 1)
    told["maxrss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(told))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--peers", help="folder of bench_peer.py and evaluate.py")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the other packages")
    parser.add_argument("--only", nargs="+", default=[engine for engine, _ in PEERS], help="the other packages to run")
    parser.add_argument("--labels", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.labels:
        ours(asked.corpus, asked.limit, asked.threshold, asked.labels)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        labels = os.path.join(folder, "labels.npy")
        limits = ["--limit", str(asked.limit)]
        runs = [[sys.executable, __file__, asked.corpus, *limits, "--threshold", str(asked.threshold), "--labels", labels]]
        if asked.peers:
            script = os.path.join(asked.peers, "bench_peer.py")
            more = [*limits, "--t", str(asked.threshold), "--labels", labels]
            runs += [[asked.python, script, engine, asked.corpus, "--n", str(n), *more] for engine, n in PEERS if engine in asked.only]
        for command in runs:
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            row = {key: told[key] for key in ("engine", "version", "n", "docs", "cpu", "docs_per_cpu_s", "maxrss_mb")}
            phases = told.get("phases")
            if phases:
                told["docs_per_cpu_s_without_reading"] = round(told["docs"] / (told["cpu"] - phases["read"][1]), 1)
            row["docs_per_cpu_s_without_reading"] = told["docs_per_cpu_s_without_reading"]
            if asked.peers:
                evaluate = [asked.python, os.path.join(asked.peers, "evaluate.py"), asked.corpus, labels]
                if not asked.limit:
                    row["quality"] = json.loads(subprocess.run(evaluate, check=True, capture_output=True, text=True).stdout)["core"]
            print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
