#!/usr/bin/env python3
"""Fact diffs of machine-made derivatives: false changes where nothing changed, and the listed changes that were found.

  false_changes.py DOCS [--wirecopy PROGRAM] [--show N]

DOCS is a JSON Lines file of documents with id, cluster (the source), kind ("source" for sources) and changes, a list of {kind: changed |
added | dropped, type, a, b}. Each derivative is compared with its source. A false change is a row marked altered, added or dropped that
is not to be checked, in a derivative without any listed change. A listed change is found when such a row overlaps it: the old words on
the base's side, the new ones on the variant's. Prints for each kind: derivatives, false changes a derivative, changes listed and found.
"""
import argparse, collections, json, os, subprocess, tempfile


def found(change, row):
    def touches(words, side):
        return not words or (side is not None and (words in side["text"] or side["text"] in words or words in side["around"]))
    marks = {"changed": ("altered",), "added": ("added", "altered"), "dropped": ("dropped", "altered")}[change["kind"]]
    return row["mark"] in marks and touches(change["a"], row["base"]) and touches(change["b"], row["variant"])


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("docs")
    args.add_argument("--wirecopy", default="target/release/wirecopy")
    args.add_argument("--show", type=int, default=0, help="print so many false rows and missed changes of each kind")
    args = args.parse_args()
    with open(args.docs, encoding="utf-8") as f:
        docs = [json.loads(line) for line in f]
    clusters = collections.defaultdict(list)
    for d in docs:
        clusters[d["cluster"]].append(d)
    totals = collections.defaultdict(collections.Counter)
    for members in clusters.values():
        source = next(d for d in members if d["kind"] == "source")
        variants = [d for d in members if d["kind"] != "source"]
        with tempfile.TemporaryDirectory() as folder:
            def write(name, group):
                path = os.path.join(folder, name)
                with open(path, "w", encoding="utf-8") as out:
                    out.writelines(json.dumps({"id": d["id"], "title": d.get("title"), "text": d["text"]}) + "\n" for d in group)
                return path
            run = [args.wirecopy, "diff", write("base.jsonl", [source]), write("variants.jsonl", variants), "--format", "json"]
            report = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
        diffs = {d["variant"]: d for d in report["diffs"]}
        for variant in variants:
            rows = [r for r in diffs[variant["id"]]["facts"] if r["mark"] in ("altered", "added", "dropped") and not r["check"]]
            for row in rows:
                for side, text in (("base", source["text"]), ("variant", variant["text"])):
                    if row[side]:
                        a, b = row[side]["span"]
                        row[side]["around"] = text.encode()[max(0, a - 12):b + 12].decode(errors="ignore")
            count = totals[variant["kind"]]
            count["derivatives"] += 1
            if not variant["changes"]:
                count["false"] += len(rows)
                for row in rows[: args.show]:
                    side = lambda s: row[s]["text"][:70] if row[s] else None
                    print(f"  {variant['id']}: {row['kind']} {row['mark']}: {side('base')} -> {side('variant')}")
            for change in variant["changes"]:
                hit = any(found(change, r) for r in rows)
                kind = change["type"]
                count[kind] += 1
                count[kind + " found"] += hit
                if not hit and args.show and kind != "sentence":
                    print(f"  {variant['id']}: missed {kind} {change['kind']}: {change['a'][:60]} -> {change['b'][:60]}")
    for kind in sorted(totals):
        count = totals[kind]
        line = f"{kind:16} {count['derivatives']:4} derivatives"
        if count["false"] or not any(k.endswith("found") for k in count):
            line += f", {count['false'] / count['derivatives']:.3f} false changes each"
        for what in ("number", "date", "name", "negation", "sentence"):
            if count[what]:
                line += f", {what} {count[what + ' found']} of {count[what]}"
        print(line)


main()
