#!/usr/bin/env python3
"""`wirecopy index add` and incrededup (crates.io, `--sqlite`), the nearest other stored index, on the same documents in one run.

    python3 benches/index_rival.py CORPUS.jsonl --rival PATH [--program PATH] [--documents 100000]

CORPUS has the truth in every line: `cluster`, `edit`, `src` (the corpus generator beside the peers makes it). Each program adds the documents to
a new file with all its threads and its own defaults; the rate is from start to end of the process, CPU seconds are user + system of it. Bytes are those of
the file when the program has ended, its log with it. Of each kind of edit: the share that is in one cluster with its source. Pairs are those of one
cluster; excerpts count as found pairs, a story that shares no more than a background paragraph as a wrong one.

incrededup keeps no texts; what the texts take in the index of wirecopy is told beside.
"""
import argparse
import collections
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid


def timed(command, folder):
    """Runs a command; seconds, CPU seconds, largest memory in MiB."""
    began = time.monotonic()
    with open(os.path.join(folder, "log"), "w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        with open(os.path.join(folder, "log"), encoding="utf-8") as log:
            sys.exit(f"{command} failed:\n{log.read()[-2000:]}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def size(path):
    return sum(os.path.getsize(path + end) for end in ("", "-wal") if os.path.exists(path + end))


def two_of(counts):
    return sum(n * (n - 1) // 2 for n in counts.values())


def scored(truth, label):
    """What the clusters of a program are against the truth; `label` gives the cluster of an id."""
    kinds, found = collections.Counter(), collections.Counter()
    for row in truth:
        if row["src"]:
            kinds[row["edit"]] += 1
            found[row["edit"]] += label[row["id"]] == label[row["src"]]
    together = two_of(collections.Counter((row["cluster"], label[row["id"]]) for row in truth))
    told = two_of(collections.Counter(label[row["id"]] for row in truth))
    return {
        "recall": {kind: found[kind] / kinds[kind] for kind in sorted(kinds)},
        "precision": together / told if told else 1.0,
        "pair recall": together / two_of(collections.Counter(row["cluster"] for row in truth)),
        "largest": max(collections.Counter(label[row["id"]] for row in truth).values()),
    }


def own(program, corpus, truth, folder):
    index = os.path.join(folder, "own.wirecopy")
    seconds, cpu, memory = timed([program, "index", "add", corpus, "--progress", "never", "--index", index], folder)
    exported = subprocess.run([program, "index", "export", "--index", index], capture_output=True, text=True, check=True).stdout
    label = {row["id"]: row["cluster"] for row in map(json.loads, exported.splitlines())}
    info = json.loads(subprocess.run([program, "index", "info", "--index", index], capture_output=True, text=True, check=True).stdout)
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    texts = info["text_bytes"] / len(truth)
    return {"tool": version, "seconds": seconds, "cpu": cpu, "memory": memory, "bytes": size(index) / len(truth), "texts": texts, **scored(truth, label)}


def rival(program, threshold, truth, texts, folder):
    """incrededup wants a table with the texts: making it is not counted. What it keeps itself lies in a folder."""
    table, kept = os.path.join(folder, "documents.sqlite"), os.path.join(folder, "kept")
    name = {row["id"]: str(uuid.uuid5(uuid.NAMESPACE_URL, row["id"])) for row in truth}
    with sqlite3.connect(table) as database:
        database.executescript(
            "CREATE TABLE documents (id TEXT PRIMARY KEY, content TEXT NOT NULL, content_len INTEGER NOT NULL, filename TEXT, is_parent INTEGER);"
            "CREATE TABLE dupes (child_id TEXT PRIMARY KEY, parent_id TEXT NOT NULL, jaccard_similarity REAL NOT NULL,"
            " size_difference INTEGER NOT NULL, size_difference_pct REAL NOT NULL);"
        )
        rows = ((name[row["id"]], text, len(text.encode()), row["id"]) for row, text in zip(truth, texts()))
        database.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, NULL)", rows)
    database.close()
    command = [program, "--sqlite", table, "--data-dir", kept, "--threshold", str(threshold)]
    seconds, cpu, memory = timed(command, folder)
    with sqlite3.connect(table) as database:
        parent = dict(database.execute("SELECT child_id, parent_id FROM dupes"))
    database.close()

    def root(document):
        while parent.get(document, document) != document:
            document = parent[document]
        return document

    label = {row["id"]: root(name[row["id"]]) for row in truth}
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    files = [os.path.join(at, file) for at, _, found in os.walk(kept) for file in found]
    taken = sum(os.path.getsize(file) for file in files) / len(truth)
    return {"tool": f"{version}, t = {threshold}", "seconds": seconds, "cpu": cpu, "memory": memory, "bytes": taken, "texts": 0, **scored(truth, label)}


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("corpus")
    asked.add_argument("--rival", required=True, help="the program of incrededup")
    asked.add_argument("--program", default="target/release/wirecopy")
    asked.add_argument("--documents", type=int, default=100_000)
    asked.add_argument("--thresholds", nargs="+", type=float, default=[0.5, 0.8], help="those of incrededup; its own default is 0.8")
    asked = asked.parse_args()
    program, other = os.path.abspath(asked.program), os.path.abspath(asked.rival)
    with tempfile.TemporaryDirectory() as folder:
        corpus, truth = os.path.join(folder, "corpus.jsonl"), []
        with open(asked.corpus, encoding="utf-8") as lines, open(corpus, "w", encoding="utf-8") as out:
            for _, line in zip(range(asked.documents), lines):
                row = json.loads(line)
                truth.append({key: row[key] for key in ("id", "cluster", "edit", "src")})
                out.write(json.dumps({"id": row["id"], "text": row["text"]}) + "\n")

        def texts():
            with open(corpus, encoding="utf-8") as lines:
                for line in lines:
                    yield json.loads(line)["text"]

        rows = []
        for threshold in asked.thresholds:
            with tempfile.TemporaryDirectory() as own_folder:
                rows.append(rival(other, threshold, truth, texts, own_folder))
        with tempfile.TemporaryDirectory() as own_folder:
            rows.insert(0, own(program, corpus, truth, own_folder))
    print(f"{len(truth)} documents; load of the machine at the end {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors\n")
    print("| what | " + " | ".join(row["tool"] for row in rows) + " |")
    print("|---" * (len(rows) + 1) + "|")
    lines = [
        ("documents a second", lambda r: f"{len(truth) / r['seconds']:.0f}"),
        ("documents a CPU second", lambda r: f"{len(truth) / r['cpu']:.0f}"),
        ("largest memory, MiB", lambda r: f"{r['memory']:.0f}"),
        ("bytes on disk a document, texts not counted", lambda r: f"{r['bytes'] - r['texts']:.0f}"),
        ("packed texts, bytes a document", lambda r: f"{r['texts']:.0f}" if r["texts"] else "not kept"),
        ("pair precision", lambda r: f"{r['precision']:.4f}"),
        ("pair recall", lambda r: f"{r['pair recall']:.4f}"),
        ("largest cluster", lambda r: str(r["largest"])),
    ]
    lines += [(f"{kind} with its source", lambda r, kind=kind: f"{r['recall'][kind]:.3f}") for kind in rows[0]["recall"] if kind != "hardneg"]
    lines.append(("hardneg with the story that it shares a paragraph with (wrong)", lambda r: f"{r['recall'].get('hardneg', 0):.3f}"))
    for what, cell in lines:
        print(f"| {what} | " + " | ".join(cell(row) for row in rows) + " |")


if __name__ == "__main__":
    main()
