#!/usr/bin/env python3
"""`wirecopy serve` under load on loopback: one client adds a corpus, four ask, one sends what no client should.

    index_load.py PROGRAM CORPUS.jsonl [--minutes 10] [--index FILE] [--batch 200] [--pause 0] [--between 0]

Without --index a new one is made in a folder of its own. Documents are added in lists of --batch as fast as they are taken; the four, each over a
connection that it keeps, ask for texts of the corpus (half of them cut to their second half), for articles and for clusters; the last sends broken JSON,
fields of other types, bodies over the limit, unknown addresses and methods, a wrong Host. Each of the four waits --pause seconds between two questions, and
the first --between seconds between two lists; without that they leave the machine no moment of rest. Prints what was answered by kind of request and
status, documents a second, latencies of the four, and the largest memory of the service. Exits with 1 when a sound request got a 5xx or none, or a bad one
no 4xx.
"""
import argparse, collections, http.client, json, multiprocessing, os, random, subprocess, sys, tempfile, time


def said(address, method, path, body=None, kind="application/json", host=None, connection=None):
    """Status and body of one request, over a connection of its own or one that is kept; status 0 where it broke."""
    own = connection or http.client.HTTPConnection(address, timeout=120)
    try:
        headers = {"Content-Type": kind} if body is not None else {}
        if host:
            headers["Host"] = host
        own.request(method, path, body, headers)
        answer = own.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        # The next request opens it again.
        own.close()
        return 0, b""
    finally:
        if not connection:
            own.close()


def add(address, corpus, batch, between, until, out):
    tally, added, seconds = collections.Counter(), 0, 0.0
    with open(corpus, encoding="utf-8") as lines:
        while time.time() < until:
            rows = [json.loads(line) for _, line in zip(range(batch), lines)]
            if not rows:
                break
            body = json.dumps([{k: r[k] for k in ("id", "text", "title", "publisher") if r.get(k)} for r in rows])
            begun = time.time()
            status, _ = said(address, "POST", "/v1/articles", body)
            seconds += time.time() - begun
            tally["add", status] += 1
            added += len(rows) if status == 200 else 0
            time.sleep(between)
    out.put((tally, [], added, seconds))


def ask(address, corpus, seed, pause, until, out):
    rows, chance = [], random.Random(seed)
    with open(corpus, encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(2_000), lines)]
    tally, latencies = collections.Counter(), []
    kept = http.client.HTTPConnection(address, timeout=120)
    while time.time() < until:
        time.sleep(pause)
        row, which = chance.choice(rows), chance.random()
        begun = time.time()
        if which < 0.8:
            text = row["text"] if chance.random() < 0.5 else row["text"][len(row["text"]) // 2 :]
            status, _ = said(address, "POST", "/v1/query", json.dumps({"text": text}), connection=kept)
            latencies.append(time.time() - begun)
            tally["query", status] += 1
        elif which < 0.9:
            status, _ = said(address, "GET", f"/v1/articles/{row['id']}", connection=kept)
            tally["article", 200 if status == 404 else status] += 1
        else:
            status, _ = said(address, "GET", f"/v1/clusters/{chance.randrange(1, 2_000)}", connection=kept)
            tally["cluster", 200 if status == 404 else status] += 1
    out.put((tally, latencies, 0, 0.0))


BAD = [
    ("broken", "POST", "/v1/articles", b'{"id": "x", "text": "half', "application/json", None),
    ("no text", "POST", "/v1/articles", b'[{"id": 7, "text": 8}, []]', "application/json", None),
    ("not UTF-8", "POST", "/v1/query", b'{"text": "\xff\xfe"}', "application/json", None),
    ("too large", "POST", "/v1/query", b'{"text": "' + b"a" * (9 << 20) + b'"}', "application/json", None),
    ("other kind", "POST", "/v1/query", b"text", "image/png", None),
    ("no address", "GET", "/v1/nothing", None, "", None),
    ("no method", "DELETE", "/v1/info", None, "", None),
    ("no number", "GET", "/v1/clusters/%00%ff", None, "", None),
    ("other host", "GET", "/v1/info", None, "", "evil.example"),
]


def disturb(address, until, out):
    tally, n = collections.Counter(), 0
    while time.time() < until:
        name, method, path, body, kind, host = BAD[n % len(BAD)]
        status, _ = said(address, method, path, body, kind or "text/plain", host)
        # A body over the limit may be refused before it is sent whole: the connection is closed then.
        tally["bad: " + name, 413 if name == "too large" and status == 0 else status] += 1
        n += 1
        time.sleep(0.01)
    out.put((tally, [], 0, 0.0))


def memory(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("program")
    asked.add_argument("corpus")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--index")
    asked.add_argument("--batch", type=int, default=200)
    asked.add_argument("--pause", type=float, default=0)
    asked.add_argument("--between", type=float, default=0)
    asked = asked.parse_args()
    folder = tempfile.TemporaryDirectory()
    index = asked.index or os.path.join(folder.name, "load.wirecopy")
    serve = [asked.program, "serve", "--listen", "127.0.0.1:0", "--log", "off", "--rate", "0", "--index", index]
    service = subprocess.Popen(serve, stderr=subprocess.PIPE, text=True)
    address = service.stderr.readline().split("http://")[1].split("/")[0].strip()
    out, until = multiprocessing.Queue(), time.time() + 60 * asked.minutes
    clients = [multiprocessing.Process(target=add, args=(address, asked.corpus, asked.batch, asked.between, until, out))]
    clients += [multiprocessing.Process(target=ask, args=(address, asked.corpus, seed, asked.pause, until, out)) for seed in range(4)]
    clients.append(multiprocessing.Process(target=disturb, args=(address, until, out)))
    for client in clients:
        client.start()
    tally, latencies, added, seconds = collections.Counter(), [], 0, 0.0
    for _ in clients:
        part = out.get()
        tally.update(part[0])
        latencies += part[1]
        added, seconds = added + part[2], seconds + part[3]
    most = memory(service.pid)
    service.terminate()
    ended = service.wait(timeout=60)
    latencies.sort()
    at = lambda share: round(1000 * latencies[min(len(latencies) - 1, int(share * len(latencies)))], 1)
    bad = sum(n for (kind, _), n in tally.items() if kind.startswith("bad"))
    for (kind, status), n in sorted(tally.items()):
        print(f"| {kind} | {status} | {n} |")
    print(f"{added} documents added, {added / max(seconds, 1e-9):.0f} a second of their client's waiting; {sum(tally.values())} requests, {100 * bad / sum(tally.values()):.0f} % bad")
    print(f"questions: p50 {at(.5)} ms, p99 {at(.99)} ms, longest {at(1)} ms; memory of the service at most {most:.0f} MiB; it ended with {ended}")
    wrong = [k for k in tally if (k[0].startswith("bad") and not 400 <= k[1] < 500) or (not k[0].startswith("bad") and k[1] != 200)]
    sys.exit(1 if wrong or ended else 0)


if __name__ == "__main__":
    main()
