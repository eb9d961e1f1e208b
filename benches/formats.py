#!/usr/bin/env python3
"""The same made articles as JSON Lines, CSV, Parquet and WARC must give the same clusters.

    formats.py PROGRAM [ARTICLES] [TRACED]

`PROGRAM synth --kind news` makes ARTICLES (10,000) articles, once as texts and once as web pages. Both are written as gzip JSON Lines, as CSV, as
Parquet (by the program itself: `dedup --output-format parquet`) and as a gzip WARC with one member a record. `dedup` runs on each, with both
presets, and every row of its clusters must be the same, byte for byte; the same for what `trace` says of TRACED (1,000) articles. Exits with
1 where something differs.
"""
import csv, gzip, html, json, os, resource, subprocess, sys, tempfile, time


def run(*arguments):
    """What the program prints, the seconds and the CPU seconds that it takes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(arguments, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}\nended with {done.returncode}:\n{done.stderr}")
    return done.stdout, time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def page(article):
    """The article as a web page; a paragraph for each block between blank lines, and its single line breaks as they are."""
    body = "".join("<p>" + html.escape(part, quote=False).replace("\n", "<br>") + "</p>" for part in article["text"].split("\n\n"))
    title = html.escape(article["title"], quote=False) if article.get("title") else ""
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body><article>{body}</article></body></html>"


def archive(path, articles, field):
    """A member for each record, as crawlers write them: first what the crawl was, then requests and responses in turn."""
    def record(out, kind, name, content_type, content):
        head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{name}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
        out.write(gzip.compress(head.encode() + content + b"\r\n\r\n", compresslevel=1, mtime=0))
    kind = {"text": "text/plain", "html": "text/html"}[field]
    with open(path, "wb") as out:
        record(out, "warcinfo", "urn:info", "application/warc-fields", b"software: formats.py\r\n")
        for article in articles:
            record(out, "request", "urn:request:" + article["id"], "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n")
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{article[field]}".encode()
            record(out, "response", article["id"], "application/http; msgtype=response", answer)


def written(program, folder, count, field):
    """The articles in each format: name and path. Nothing but an id and a text or page, since that is all that an archive has."""
    made = os.path.join(folder, "made.jsonl")
    run(program, "synth", "--kind", "news", "--documents", str(count), "--seed", "11", "-o", made, "--progress", "never")
    with open(made, encoding="utf-8") as f:
        articles = [{"id": row["id"], field: row["text"] if field == "text" else page(row)} for row in map(json.loads, f)]
    paths = {name: os.path.join(folder, "articles." + name) for name in ("jsonl.gz", "csv", "parquet", "warc.gz")}
    with gzip.open(paths["jsonl.gz"], "wt", encoding="utf-8", compresslevel=1) as f:
        f.writelines(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)
    with open(paths["csv"], "w", encoding="utf-8", newline="") as f:
        table = csv.DictWriter(f, ["id", field])
        table.writeheader()
        table.writerows(articles)
    # a text of one word is never collapsed, so all records are kept
    marked = os.path.join(folder, "marked.jsonl")
    with open(marked, "w", encoding="utf-8") as f:
        f.writelines(json.dumps({**a, "key": f"k{n}"}, ensure_ascii=False) + "\n" for n, a in enumerate(articles))
    run(program, "dedup", marked, "--text-field", "key", "--output-format", "parquet", "--columns", f"id,{field}", "-o", paths["parquet"],
        "--progress", "never")
    archive(paths["warc.gz"], articles, field)
    return paths.items()


def traced(program, path):
    """What `trace` finds, without what names the file and the fields that only some formats have."""
    out, seconds, cpu = run(program, "trace", path, "--format", "json", "--progress", "never")
    report = json.loads(out)
    return json.dumps({part: report[part] for part in ("pairs", "clusters", "versions")}), seconds, cpu


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    counts = [int(n) for n in sys.argv[2:]] + [10_000, 1_000][len(sys.argv) - 2:]
    same = True
    tasks = [("dedup", counts[0]), ("dedup --preset news", counts[0]), ("trace", counts[1])]
    for (what, count), field in ((task, field) for task in tasks for field in ("text", "html")):
        with tempfile.TemporaryDirectory() as folder:
            first = None
            for name, path in written(program, folder, count, field):
                if what == "trace":
                    found, seconds, cpu = traced(program, path)
                else:
                    rows = os.path.join(folder, "rows.jsonl")
                    _, seconds, cpu = run(program, *what.split(), path, "-o", os.path.join(folder, "kept.jsonl"), "--clusters", rows, "--progress", "never")
                    with open(rows, encoding="utf-8") as f:
                        found = f.read()
                first = found if first is None else first
                same &= found == first
                verdict = "the same" if found == first else "DIFFERENT"
                print(f"{what}, {count} articles ({field}), {name}: {seconds:.1f} s, {cpu:.1f} CPU s, {verdict}", flush=True)
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
