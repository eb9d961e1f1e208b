#!/usr/bin/env python3
"""Turns public sets of labelled web pages into the form that `wirecopy eval pages` reads, and scores them.

  pages.py SETS OUT [PROGRAM]

SETS holds article_extraction (docs.jsonl with the texts, html/) and trafilatura_eval (segments.jsonl with phrases, html/); those that are
missing are passed over. OUT gets NAME.jsonl and its halves NAME_even.jsonl (to choose rules on) and NAME_odd.jsonl (to report on), by a
hash of the page's id. Pages are decoded here: as UTF-8, else by the character set that they name, else as Windows-1252.
With PROGRAM, the program scores each file; the CPU time of reading alone is that of five readings more of each page.
"""
import hashlib, json, os, re, resource, subprocess, sys


def decoded(data):
    named = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096])
    for name in ["utf-8-sig", named.group(1).decode("ascii", "replace") if named else "", "windows-1252"]:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def half(name):
    return "even" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0 else "odd"


def write(sets, out, name, labels, fields):
    folder = os.path.join(sets, name)
    if not os.path.isdir(folder):
        return []
    parts = {"": [], "_even": [], "_odd": []}
    with open(os.path.join(folder, labels), encoding="utf-8") as f:
        for row in map(json.loads, f):
            with open(os.path.join(folder, row["html"]), "rb") as page:
                html = decoded(page.read())
            line = json.dumps({"id": row["id"], "url": row.get("url"), "html": html, **{k: row[k] for k in fields}}, ensure_ascii=False)
            parts[""].append(line)
            parts["_" + half(row["id"])].append(line)
    files = []
    for part, lines in parts.items():
        files.append(os.path.join(out, name + part + ".jsonl"))
        with open(files[-1], "w", encoding="utf-8") as f:
            f.write("".join(line + "\n" for line in lines))
    return files


def scored(program, file, repeat):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [program, "eval", "pages", file, "--repeat", str(repeat)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return shown, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sets, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    files = write(sets, out, "article_extraction", "docs.jsonl", ["text"]) + write(sets, out, "trafilatura_eval", "segments.jsonl", ["with", "without"])
    for file in files if len(sys.argv) == 4 else []:
        shown, once = scored(sys.argv[3], file, 1)
        spent = (scored(sys.argv[3], file, 6)[1] - once) / 5
        pages = int(shown.split(" ", 1)[0])
        print(f"{os.path.basename(file)}: {pages / spent:.0f} pages a CPU second\n  " + shown.strip().replace("\n", "\n  "))


if __name__ == "__main__":
    main()
