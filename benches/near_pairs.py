#!/usr/bin/env python3
"""How many known near pairs a run of `dedup` puts into one cluster.

    python3 benches/near_pairs.py DOCS.jsonl NEAR_PAIRS.tsv CLUSTERS.jsonl THRESHOLD

NEAR_PAIRS has `a`, `b`, exact Jaccard of the three-word shingles, by brute force. Only pairs of two texts of 50 words and more count.
"""
import json
import re
import sys


def main():
    docs, pairs, clusters, threshold = sys.argv[1:4] + [float(sys.argv[4])]
    words, cluster = {}, {}
    with open(docs, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            words[record["id"]] = len(re.findall(r"\w+", record["text"]))
    with open(clusters, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            cluster[row["id"]] = row["cluster"]
    found = near = 0
    with open(pairs, encoding="utf-8") as file:
        for line in file:
            a, b, jaccard = line.split("\t")[:3]
            try:
                jaccard = float(jaccard)
            except ValueError:
                continue  # the heading
            if jaccard >= threshold and min(words[a], words[b]) >= 50:
                near += 1
                found += cluster[a] == cluster[b]
    print(f"{found} of {near} pairs with Jaccard {threshold} and more: {found / max(near, 1):.4f}")


if __name__ == "__main__":
    main()
