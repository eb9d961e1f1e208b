#!/usr/bin/env python3
"""Kills `wirecopy index` with SIGKILL at random points of add, remove, rebuild, vacuum and the upgrade of a file of an older form.

    python3 benches/index_kills.py target/release/wirecopy [KILLS] [DOCUMENTS]

After each kill the file must be whole (`index check`), hold every document that was acknowledged, and give what it would have given
after the same command runs again. Ends with 1 at the first fault. Needs Python 3.10 and nothing else.
"""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# The tables of the first form: what came later is not in a file of that form.
FIRST = {"setting", "document", "content", "fresh_key", "segment", "chunk", "removed", "link", "merged", "statistics"}


def make_older(index: Path) -> None:
    """Gives an index the first form."""
    database = sqlite3.connect(index)
    for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        if table not in FIRST:
            database.execute(f"DROP TABLE {table}")
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def main() -> int:
    program = str(Path(sys.argv[1]).resolve())
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    documents = sys.argv[3] if len(sys.argv) > 3 else "8000"
    chance = random.Random(kills)

    def run(*args: str) -> subprocess.CompletedProcess:
        return subprocess.run([program, *args], cwd=folder, capture_output=True, text=True)

    def rows(index: str) -> dict:
        done = run("index", "export", "--index", index)
        assert done.returncode == 0, done.stderr
        out = {}
        for line in done.stdout.splitlines():
            row = json.loads(line)
            del row["added"]
            out[row["id"]] = row
        return out

    def copy(a: str, b: str) -> None:
        for end in ("", "-wal", "-shm"):
            (folder / (b + end)).unlink(missing_ok=True)
        shutil.copyfile(folder / a, folder / b)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert run("synth", "--documents", documents, "--seed", "7", "-o", "corpus.jsonl").returncode == 0
        ids = [json.loads(line)["id"] for line in (folder / "corpus.jsonl").open()]
        (folder / "empty").touch()
        gone = ids[::3]
        commands = {
            "add": ("empty", ["index", "add", "corpus.jsonl", "--batch", "200", "--format", "json", "--index", "i"]),
            "remove": ("full", ["index", "remove", *gone, "--index", "i"]),
            "rebuild": ("full", ["index", "rebuild", "--index", "i"]),
            "vacuum": ("less", ["index", "remove", "--vacuum", "--index", "i"]),
            "upgrade": ("old", ["index", "info", "--index", "i"]),
        }
        wanted, took = {}, {}
        for kind, (start, command) in commands.items():
            copy(start, "i")
            began = time.monotonic()
            done = run(*command)
            took[kind] = time.monotonic() - began
            assert done.returncode == 0, done.stderr
            wanted[kind] = rows("i")
            if kind == "add":
                # the log goes into the file when the last connection closes
                shutil.copyfile(folder / "i", folder / "full")
                shutil.copyfile(folder / "i", folder / "old")
                make_older(folder / "old")
            if kind == "remove":
                shutil.copyfile(folder / "i", folder / "less")
        print("without a kill:", ", ".join(f"{kind} {seconds:.2f} s" for kind, seconds in took.items()), flush=True)
        counts = {kind: [0, 0] for kind in commands}
        for number in range(kills):
            kind = list(commands)[number % len(commands)]
            start, command = commands[kind]
            copy(start, "i")
            process = subprocess.Popen([program, *command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            time.sleep(chance.random() * took[kind])
            counts[kind][0] += process.poll() is None
            process.kill()
            told = process.stdout.read().splitlines()
            process.wait()
            acknowledged = set()
            if kind == "add":
                for line in told:
                    try:
                        acknowledged.add(json.loads(line)["id"])
                    except json.JSONDecodeError:
                        pass  # the line that the kill cut
                counts[kind][1] += len(acknowledged)
            # before the first commit of an index that is made there is nothing to check
            if (folder / "i").stat().st_size > 0 or (folder / "i-wal").exists():
                checked = run("index", "check", "--index", "i")
                made = "no index" not in checked.stderr
                if made and checked.returncode != 0:
                    print(f"kill {number}, {kind}: {checked.stderr}")
                    return 1
                lost = acknowledged - set(rows("i")) if made else acknowledged
                if lost:
                    print(f"kill {number}, {kind}: {len(lost)} acknowledged documents are gone, {sorted(lost)[:3]}")
                    return 1
            done = run(*command)
            # what is gone already cannot be removed again: that is told, by 1
            if done.returncode not in ((0, 1) if kind == "remove" else (0,)):
                print(f"kill {number}, {kind}, again: {done.returncode} {done.stderr}")
                return 1
            found = rows("i")
            if found != wanted[kind]:
                other = [i for i in set(found) | set(wanted[kind]) if found.get(i) != wanted[kind].get(i)]
                print(f"kill {number}, {kind}: {len(other)} documents are not as without the kill: {sorted(other)[:3]}")
                return 1
            if (number + 1) % 25 == 0:
                print(f"{number + 1} kills so far, nothing lost", flush=True)
        told = ", ".join(f"{kind} {n[0]}" for kind, n in counts.items())
        print(f"{kills} runs; killed before their end: {told}; {counts['add'][1]} acknowledged documents, none lost, every answer the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
