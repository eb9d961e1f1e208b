"""What the tests share: the program, and corpora made by it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def program():
    """The command line: named by WIRECOPY, or the one that was built beside this package."""
    named = os.environ.get("WIRECOPY")
    path = Path(named) if named else ROOT / "target" / "release" / "wirecopy"
    if not path.is_file():
        if named:
            pytest.fail(f"WIRECOPY names {path}, which is not there")
        pytest.skip("the program is not built: cargo build --release, or name it with WIRECOPY")
    return str(path.resolve())


@pytest.fixture(scope="session")
def corpus(program, tmp_path_factory):
    """A labelled corpus of 2,000 documents: the file, and its rows."""
    return made(program, tmp_path_factory.mktemp("corpus"), "copies", 2_000)


@pytest.fixture(scope="session")
def news(program, tmp_path_factory):
    """A corpus of 400 news reports with rewrites and excerpts."""
    return made(program, tmp_path_factory.mktemp("news"), "news", 400)


def made(program, folder, kind, documents, seed=11):
    path = folder / "corpus.jsonl"
    command = [program, "synth", "--kind", kind, "--documents", str(documents), "--seed", str(seed), "-o", str(path), "--progress", "never"]
    subprocess.run(command, check=True, capture_output=True)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return path, [{"id": row["id"], "text": row["text"]} for row in rows]


@pytest.fixture(scope="session")
def by_command(program, tmp_path_factory):
    """Rows of the clusters file that `wirecopy dedup` writes."""

    def run(path, *options):
        folder = tmp_path_factory.mktemp("dedup")
        clusters = folder / "clusters.jsonl"
        command = [program, "dedup", str(path), "-o", str(folder / "kept.jsonl"), "--clusters", str(clusters), "--progress", "never"]
        subprocess.run([*command, *options], check=True, capture_output=True)
        return [json.loads(line) for line in clusters.read_text("utf-8").splitlines()]

    return run


WIRE = (
    "PORT ELLERY (AP) — The harbour authority closed both piers on Monday after a crane fell onto a ferry, injuring 14 passengers "
    "and two members of the crew. \"We heard it before we saw it,\" captain Mara Dunn told reporters. The authority said that 3,200 "
    "people use the ferry each day and that the north pier would stay closed until Friday."
)
COPY = WIRE.replace("PORT ELLERY (AP) — ", "").replace("injuring 14 passengers", "injuring 41 passengers")


@pytest.fixture(scope="session")
def pair():
    """A report, and a copy of it with one number changed."""
    return WIRE, COPY
