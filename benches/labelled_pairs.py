#!/usr/bin/env python3
"""Turns public sets of labelled pairs into the forms that `wirecopy eval pairs` and `wirecopy eval facts` read.

  labelled_pairs.py SETS OUT

SETS holds one folder a set (those that are missing are passed over), OUT gets one .jsonl a task. Nothing else is written.

semeval22   news pairs; label: Overall <= 2 (same story), score: 4 - Overall; _even and _odd are its halves, by place
clough      source and answer; label: cut, light, heavy, non
newsrooms   all pairs of each story; label: the first relation that the answers accept
synth       all pairs of one source, and as many of two sources, drawn by hash; pages that are made of two sources are left out of
            the second kind, since they derive from both
pan, mrpc   sentence pairs of the development part; label: paraphrase
ecbplus     pairs inside a topic; label: same event

For `eval facts`, each with its halves _even (to choose rules on) and _odd (to report on):

etpc        sentence pairs with typed differences: those of which at least one is marked by its span (pairs that are called different as
            a whole are left out); Identity counts among the places that say the same. Halves: number of the pair, two by two
vitaminc    revisions of one sentence; kind of change (mixed ones have none), and claims that one side alone supports. Halves: hash of the page
"""
import csv, glob, hashlib, itertools, json, os, re, sys


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


MARK = {"changed": "altered", "added": "added", "dropped": "dropped"}


def ranges(tokens, sentence):
    """Byte ranges of the words in the sentence that they were cut from, marks apart: one run, or else one after the other."""
    words = re.findall(r"\w+", tokens)
    if not words:
        return []
    run = re.search(r"(?<!\w)" + r"\W*".join(words) + r"(?!\w)", sentence) or re.search(r"\W*".join(words), sentence)
    found, at = ([run.span()] if run else []), 0
    for word in words if not run else []:
        hit = re.compile(r"(?<!\w)" + word).search(sentence, at) or re.compile(word).search(sentence, at)
        if hit:
            found.append(hit.span())
            at = hit.end()
    return [[len(sentence[:s].encode()), len(sentence[:e].encode())] for s, e in found]


def etpc(folder):
    out = []
    for p in (json.loads(line) for line in open(folder + "/factdiff.jsonl", encoding="utf-8")):
        place = lambda c: {"a": ranges(c["a"], p["a"]), "b": ranges(c["b"], p["b"])}
        if p["split"] == "dev" and p["changes"] and all(c["kind"] in MARK for c in p["changes"]):
            out.append({"half": int(p["id"].removeprefix("etpc")) // 2 % 2, "a": p["a"], "b": p["b"],
                        "changes": [{"mark": MARK[c["kind"]], **place(c)} for c in p["changes"]],
                        "preserved": [place(c) for c in p["preserved"]]})
    return out


def vitaminc(folder):
    out = []
    for p in (json.loads(line) for line in open(folder + "/revisions.jsonl", encoding="utf-8")):
        if p["split"] != "dev":
            continue
        one = [c for c in p["claims"] if (c["in_a"] == "SUPPORTS") != (c["in_b"] == "SUPPORTS")]
        pair = {"half": hashlib.sha256(p["page"].encode()).digest()[0] % 2, "a": p["a"], "b": p["b"],
                "claims": [{"text": c["claim"], "supported_by": "a" if c["in_a"] == "SUPPORTS" else "b"} for c in one]}
        if p["label"] in MARK:
            pair["change"] = MARK[p["label"]]
        out.append(pair)
    return out


TASKS = {"semeval22": ("semeval22_news", semeval22), "clough": ("clough_stevenson", clough), "newsrooms": ("newsrooms", newsrooms),
         "synth": ("synth_wire", synth), "pan": ("pan_paraphrase", sentences), "mrpc": ("mrpc", sentences), "ecbplus": ("ecbplus", ecbplus),
         "etpc": ("etpc_factdiff", etpc), "vitaminc": ("vitaminc_real", vitaminc)}


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
        if task in ("etpc", "vitaminc"):
            half = [p.pop("half") for p in pairs]
            parts |= {task + name: [p for p, h in zip(pairs, half) if h == part] for part, name in enumerate(("_even", "_odd"))}
        for name, part in parts.items():
            with open(os.path.join(out, name + ".jsonl"), "w", encoding="utf-8") as f:
                f.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in part)
            print(f"{name}: {len(part)} pairs")


main()
