#!/usr/bin/env python3
"""Turns public sets of labelled pairs into the form that `wirecopy eval pairs` reads.

  labelled_pairs.py SETS OUT

SETS holds one folder a set (those that are missing are passed over), OUT gets one .jsonl a task. Nothing else is written.

semeval22   news pairs; label: Overall <= 2 (same story), score: 4 - Overall; _even and _odd are its halves, by place
clough      source and answer; label: cut, light, heavy, non
newsrooms   all pairs of each story; label: the first relation that the answers accept
synth       all pairs of one source, and as many of two sources, drawn by hash; pages that are made of two sources are left out of
            the second kind, since they derive from both
pan, mrpc   sentence pairs of the development part; label: paraphrase
ecbplus     pairs inside a topic; label: same event
"""
import csv, glob, hashlib, itertools, json, os, sys


def rows(path):
    with open(path, newline="", encoding="utf-8") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


def documents(path):
    with open(path, encoding="utf-8") as f:
        return {d["id"]: d for d in map(json.loads, f)}


def text(d):
    return {"text": d["text"], "title": d["title"]} if d.get("title") else d["text"]


def semeval22(folder):
    docs = documents(folder + "/docs.jsonl")
    return [{"a": text(docs[r["id_a"]]), "b": text(docs[r["id_b"]]), "label": float(r["label"]) <= 2, "score": 4 - float(r["label"])}
            for r in rows(folder + "/pairs.tsv") if r["split"] == "dev"]


def clough(folder):
    docs = documents(folder + "/docs.jsonl")
    return [{"a": text(docs[r["id_a"]]), "b": text(docs[r["id_b"]]), "label": r["level"]} for r in rows(folder + "/pairs.tsv")]


def newsrooms(folder):
    out = []
    for gold in sorted(glob.glob(folder + "/*/gold.json")):
        with open(gold, encoding="utf-8") as f:
            pairs = json.load(f)["pairs"]
        for p in pairs:
            page = lambda d: open(os.path.join(os.path.dirname(gold), d + ".txt"), encoding="utf-8").read()
            out.append({"a": page(p["a"]), "b": page(p["b"]), "label": p["accept"][0]})
    return out


def synth(folder):
    docs = documents(folder + "/docs.jsonl")
    same, other = [], []
    for a, b in itertools.combinations(sorted(docs), 2):
        if docs[a]["cluster"] == docs[b]["cluster"]:
            same.append((a, b))
        elif "quote_half" not in (docs[a]["kind"], docs[b]["kind"]):
            other.append((a, b))
    other.sort(key=lambda p: hashlib.sha256("|".join(p).encode()).digest())
    keep = [(p, True) for p in same] + [(p, False) for p in other[: len(same)]]
    return [{"a": text(docs[a]), "b": text(docs[b]), "label": label} for (a, b), label in keep]


def sentences(folder):
    return [{"a": r["text_a"], "b": r["text_b"], "label": r["label"] == "1"} for r in rows(folder + "/sentence_pairs.tsv") if r["split"] == "dev"]


def ecbplus(folder):
    docs = documents(folder + "/docs.jsonl")
    return [{"a": text(docs[r["id_a"]]), "b": text(docs[r["id_b"]]), "label": r["label"] == "1"}
            for r in rows(folder + "/pairs.tsv") if r["split"] == "dev"]


TASKS = {"semeval22": ("semeval22_news", semeval22), "clough": ("clough_stevenson", clough), "newsrooms": ("newsrooms", newsrooms),
         "synth": ("synth_wire", synth), "pan": ("pan_paraphrase", sentences), "mrpc": ("mrpc", sentences), "ecbplus": ("ecbplus", ecbplus)}


def main():
    sets, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for task, (folder, read) in TASKS.items():
        if not os.path.isdir(os.path.join(sets, folder)):
            print(f"{task}: no {folder}", file=sys.stderr)
            continue
        pairs = read(os.path.join(sets, folder))
        parts = {task: pairs}
        if task == "semeval22":
            parts |= {"semeval22_even": pairs[::2], "semeval22_odd": pairs[1::2]}
        for name, part in parts.items():
            with open(os.path.join(out, name + ".jsonl"), "w", encoding="utf-8") as f:
                f.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in part)
            print(f"{name}: {len(part)} pairs")


main()
