"""`Index`: what was added is found, in this process and in the next."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import wirecopy


def test_documents_are_added_found_and_removed(tmp_path, pair):
    wire, copy = pair
    path = tmp_path / "news.wirecopy"
    with wirecopy.Index(path) as index:
        (first,) = index.add({"id": "wire", "text": wire, "publisher": "AP"})
        assert (first["id"], first["added"], first["links"]) == ("wire", "new", [])
        answer = index.query(copy)
        assert answer["same"] is None
        (found,) = answer["found"]
        assert (found["document"]["id"], found["relation"]) == ("wire", "near_duplicate")
        rows = index.add([{"id": "copy", "text": copy}, {"id": "again", "text": wire}, {"id": "wire", "text": wire}])
        assert [row["added"] for row in rows] == ["new", "copy", "there"]
        assert rows[0]["links"][0]["with"] == "wire" and rows[1]["copy_of"] == "wire"
        assert rows[0]["cluster"] == first["cluster"]
        assert len(index) == 3 and "wire" in index and "other" not in index
        assert index.get("copy")["text"] == copy and index.get("other") is None
        assert index.query(wire)["same"]["id"] == "wire"
    with wirecopy.Index(path, read_only=True) as index:
        assert [row["id"] for row in index.documents()] == ["wire", "copy", "again"]
        assert next(index.documents(with_text=True))["text"] == wire
        assert index.info()["documents"] == 3 and index.check() == []
        with pytest.raises(wirecopy.StoreError):
            index.add("a text that is new, of a few words")
    with wirecopy.Index(path) as index:
        assert index.remove(["copy", "other"]) == ["other"]
        assert len(index) == 2 and index.check() == []
        assert index.rebuild()["statistics"] == 1


def test_it_is_the_file_of_the_command(tmp_path, corpus, program):
    path, documents = corpus
    documents = documents[:300]
    lines = tmp_path / "some.jsonl"
    lines.write_text("".join(json.dumps(d) + "\n" for d in documents), "utf-8")
    by_command = tmp_path / "command.wirecopy"
    command = [program, "index", "add", str(lines), "--index", str(by_command), "--progress", "never"]
    subprocess.run(command, check=True, capture_output=True)
    told = []
    with wirecopy.Index(tmp_path / "here.wirecopy") as here, wirecopy.Index(by_command, read_only=True) as there:
        rows = here.add(documents, progress=lambda *row: told.append(row), threads=2)
        assert len(rows) == 300 and told[-1] == ("add", 300, 300)
        known = [(row["id"], row["cluster"], row["copy_of"]) for row in here.documents()]
        assert known == [(row["id"], row["cluster"], row["copy_of"]) for row in there.documents()]
        assert here.info()["links"] == there.info()["links"] > 0


def test_threads_take_turns(tmp_path, corpus):
    documents = corpus[1][:200]
    with wirecopy.Index(tmp_path / "x.wirecopy", preset="corpus", threshold=0.6) as index:
        with ThreadPoolExecutor(4) as pool:
            added = list(pool.map(lambda part: index.add(part, threads=1), [documents[i::4] for i in range(4)]))
        assert sum(len(rows) for rows in added) == len(index) == 200
        assert index.check() == []


def test_faults_are_told(tmp_path, pair):
    path = tmp_path / "x.wirecopy"
    with pytest.raises(wirecopy.StoreError):
        wirecopy.Index(path, read_only=True)
    with pytest.raises(wirecopy.SettingError, match="threshold"):
        wirecopy.Index(path, threshold=2)
    index = wirecopy.Index(path, threshold=0.6)
    index.add(pair[0])
    with pytest.raises(wirecopy.InputError):
        index.add({"title": "no text"})
    with pytest.raises(wirecopy.InputError):
        index.query("")
    with pytest.raises(wirecopy.InputError, match="list of ids"):
        index.remove("0")
    with pytest.raises(wirecopy.StoreError):
        wirecopy.Index(path, threshold=0.9)
    index.close()
    with pytest.raises(wirecopy.StoreError, match="closed"):
        index.info()
    (tmp_path / "broken").write_bytes(b"no index at all" * 100)
    with pytest.raises(wirecopy.StoreError):
        wirecopy.Index(tmp_path / "broken")
    assert issubclass(wirecopy.StoreError, OSError)
