#!/usr/bin/env python3
"""Adjusted Rand index of the clusters of a trace report.

  trace_clusters.py REPORT.json DOCS.jsonl FIELD KIND [SPLIT_FIELD]

FIELD of each document holds its true cluster; KIND is derivation or event. SPLIT_FIELD: its values, sorted, are dealt out to two halves.
"""
import collections, json, sys


def ari(a, b):
    two = lambda n: n * (n - 1) / 2
    pairs = lambda labels: sum(two(n) for n in collections.Counter(labels).values())
    both, x, y = pairs(zip(a, b)), pairs(a), pairs(b)
    chance = x * y / two(len(a))
    return (both - chance) / ((x + y) / 2 - chance)


def main():
    report, path, field, kind, *split = sys.argv[1:]
    found = {}
    with open(report, encoding="utf-8") as f:
        for number, cluster in enumerate(c for c in json.load(f)["clusters"] if c["kind"] == kind):
            found.update(dict.fromkeys(cluster["members"], number))
    with open(path, encoding="utf-8") as f:
        docs = [json.loads(line) for line in f]
    parts = {"all": docs}
    if split:
        values = sorted({d[split[0]] for d in docs})
        parts["even"] = [d for d in docs if d[split[0]] in values[::2]]
        parts["odd"] = [d for d in docs if d[split[0]] in values[1::2]]
    for name, part in parts.items():
        print(f"{name}: {len(part)} documents, ARI {ari([d[field] for d in part], [found.get(d['id'], d['id']) for d in part]):.4f}")


main()
