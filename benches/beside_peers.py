#!/usr/bin/env python3
"""wirecopy and other programs on the same corpus in the same run, in turn: CPU seconds, memory, quality.

    python3 benches/beside_peers.py CORPUS.jsonl --peers ../shared/peers --python .venv/bin/python --rounds 3 -o rows.jsonl

CORPUS has the truth in every line (`wirecopy synth`, or the corpus generator beside the peers). Every command runs as a process
of its own, one thread; its CPU seconds are user + system of the whole process. Each peer is run with shingles of three and of
five words; the faster one of them is what counts. Raw rows go to the file, the table to standard output.
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile


def timed(command):
    """Runs a command; its standard output, CPU seconds and the load of the machine before it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    load = os.getloadavg()[0]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, round(cpu, 3), round(load, 2)


def own_run(arguments, threshold, folder):
    clusters, stats = os.path.join(folder, "clusters.jsonl"), os.path.join(folder, "stats.json")
    command = [arguments.program, "dedup", arguments.corpus, "-o", os.path.join(folder, "kept.jsonl"), "--clusters", clusters,
               "--threshold", str(threshold), "--threads", "1", "--progress", "never", "--stats", stats]
    _, cpu, load = timed(command)
    with open(stats, encoding="utf-8") as file:
        told = json.load(file)
    scored = subprocess.run([arguments.program, "eval", "clusters", arguments.corpus, clusters, "--format", "json"],
                            stdout=subprocess.PIPE, text=True)
    peak = max(stage["peak_bytes"] for stage in told["stages"]) >> 20
    return {"tool": "wirecopy", "n": 3, "t": threshold, "cpu": cpu, "documents": told["documents"], "load": load, "peak_mib": peak,
            "stages": {s["name"]: round(s["cpu_seconds"], 2) for s in told["stages"]}, "quality": json.loads(scored.stdout)}


def peer_run(arguments, peer, words, threshold, folder):
    labels = os.path.join(folder, f"{peer}-{words}-{threshold}.npy")
    script = os.path.join(arguments.peers, "bench_peer.py")
    command = [arguments.python, script, peer, arguments.corpus, "--t", str(threshold), "--n", str(words), "--labels", labels]
    out, cpu, load = timed(command)
    told = json.loads(out.strip().splitlines()[-1])
    scored = subprocess.run([arguments.python, os.path.join(arguments.peers, "evaluate.py"), arguments.corpus, labels],
                            stdout=subprocess.PIPE, text=True, check=True)
    return {"tool": f"{peer} {told['version']}", "n": words, "t": threshold, "cpu": cpu, "documents": told["docs"], "load": load,
            "peak_mib": told["maxrss_mb"], "quality": json.loads(scored.stdout)}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus")
    arguments.add_argument("--program", default="target/release/wirecopy")
    arguments.add_argument("--peers", help="folder with bench_peer.py and evaluate.py")
    arguments.add_argument("--python", default="python3", help="a Python that has the peers")
    arguments.add_argument("--engines", nargs="+", default=["gaoya", "rensa"])
    arguments.add_argument("--thresholds", nargs="+", type=float, default=[0.5, 0.8])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("-o", "--rows", required=True)
    arguments = arguments.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder, open(arguments.rows, "w", encoding="utf-8") as out:
        def told(row):
            rows.append(row)
            out.write(json.dumps(row) + "\n")
            out.flush()
            print(f"{row['tool']:16} t={row['t']} n={row['n']} {row['documents'] / row['cpu']:9.0f} documents a CPU second", file=sys.stderr)

        for threshold in arguments.thresholds:
            for _ in range(arguments.rounds):
                for engine in arguments.engines if arguments.peers else []:
                    for words in (3, 5):
                        told(own_run(arguments, threshold, folder))
                        told(peer_run(arguments, engine, words, threshold, folder))
                told(own_run(arguments, threshold, folder))
    table(rows)


def table(rows):
    def speed(row):
        return row["documents"] / row["cpu"]

    def precision(row):
        found = row["quality"]["all"]
        return found.get("pair_precision", found.get("pair_p"))

    print("| tool | t | words a shingle | documents a CPU second: least / median / most | wirecopy right before it: least / median ratio | core pair F1 | precision |")
    print("|---|---|---|---|---|---|---|")
    for threshold in sorted({r["t"] for r in rows}):
        for tool, words in sorted({(r["tool"], r["n"]) for r in rows}):
            these = [i for i, r in enumerate(rows) if (r["tool"], r["n"], r["t"]) == (tool, words, threshold)]
            speeds = [speed(rows[i]) for i in these]
            ratios = [speed(rows[i - 1]) / speed(rows[i]) for i in these if tool != "wirecopy"]
            ratio = f"{min(ratios):.1f} / {statistics.median(ratios):.1f}" if ratios else "-"
            first = rows[these[0]]
            print(f"| {tool} | {threshold} | {words} | {min(speeds):.0f} / {statistics.median(speeds):.0f} / {max(speeds):.0f} | {ratio} "
                  f"| {first['quality']['core']['pair_f1']:.4f} | {precision(first):.4f} |")


if __name__ == "__main__":
    main()
