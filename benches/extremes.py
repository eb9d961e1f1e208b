#!/usr/bin/env python3
"""Corpora that bring naive programs to their knees, as JSON Lines on standard output.

    python3 benches/extremes.py copies 100000          one text, again and again
    python3 benches/extremes.py template 50000 60      pages of one template of 60 words with 40 own words each

Work must grow with the number of pages, not with its square; pages of a template are near-duplicates only when the shared words
carry them over the threshold (60 of 100: Jaccard .39 over three-word shingles; 150 of 190: .64).
"""
import json
import random
import sys


def main():
    kind, count = sys.argv[1], int(sys.argv[2])
    random.seed(5)
    words = ["".join(random.choice("abcdefghilmnoprstuv") for _ in range(random.randint(3, 9))) for _ in range(20000)]
    template = [random.choice(words) for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 400)]
    for number in range(count):
        own = [random.choice(words) for _ in range(40)] if kind == "template" else []
        print(json.dumps({"id": f"p{number}", "text": " ".join(template[:30] + own + template[30:])}))


if __name__ == "__main__":
    main()
