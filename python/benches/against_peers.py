#!/usr/bin/env python3
"""Documents per CPU second from Python, and the quality of the clusters, beside other packages on the same work.

    python benches/against_peers.py CORPUS.jsonl [--peers ../shared/peers --python PEERS_VENV/bin/python] [--limit 20000]

All do the same, on one thread: read JSON Lines with orjson, shingles of words, 128 values, candidates, verified pairs, clusters. The scripts
of the others stand beside the repository (`bench_peer.py`, `evaluate.py`, `make_corpus.py`), with the versions that they were written for."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

PEERS = [("gaoya", 3), ("rensa", 3), ("rensa", 5), ("datasketch", 5)]


def ours(corpus: str, limit: int, threshold: float, labels: str) -> None:
    """One process, measured from its beginning to its clusters."""
    import numpy
    import orjson
    import pyarrow

    import wirecopy

    texts = []
    with open(corpus, "rb") as lines:
        for line in lines:
            texts.append(orjson.loads(line)["text"])
            if limit and len(texts) == limit:
                break
    result = wirecopy.dedup(pyarrow.table({"text": texts}), threshold=threshold, threads=1)
    clusters = pyarrow.table(result)["cluster"].to_numpy().astype("int64")
    cpu = time.process_time()
    numpy.save(labels, clusters)
    told = {"engine": "wirecopy", "version": wirecopy.__version__, "n": 3, "docs": len(texts), "cpu": round(cpu, 2)}
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
            runs += [[asked.python, script, engine, asked.corpus, "--n", str(n), *more] for engine, n in PEERS]
        for command in runs:
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            row = {key: told[key] for key in ("engine", "version", "n", "docs", "cpu", "docs_per_cpu_s", "maxrss_mb")}
            if asked.peers:
                evaluate = [asked.python, os.path.join(asked.peers, "evaluate.py"), asked.corpus, labels]
                if not asked.limit:
                    row["quality"] = json.loads(subprocess.run(evaluate, check=True, capture_output=True, text=True).stdout)["core"]
            print(json.dumps(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
