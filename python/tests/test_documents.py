"""`diff` and `trace`: the reports of the command."""

import datetime
import json
import subprocess

import pytest

import wirecopy


def test_diff_shows_what_changed(pair):
    wire, copy = pair
    report = wirecopy.diff(wire, copy)
    assert report["schema"] == "wirecopy.diff/1"
    (found,) = report["diffs"]
    assert (found["base"], found["variant"], found["relation"]) == ("base", "variant-1", "near_duplicate")
    altered = [fact for fact in found["facts"] if fact["mark"] == "altered"]
    assert [(fact["subtype"], fact["detail"]) for fact in altered] == [("number", "14 -> 41")]
    start, end = altered[0]["base"]["span"]
    assert "14" in wire.encode()[start:end].decode()


def test_diff_is_that_of_the_command(pair, program, tmp_path):
    wire, copy = pair
    for name, text in (("wire.txt", wire), ("copy.txt", copy)):
        (tmp_path / name).write_text(text, "utf-8")
    written = subprocess.run([program, "diff", "wire.txt", "copy.txt", "--format", "json"], cwd=tmp_path, check=True, capture_output=True)
    report = wirecopy.diff({"id": "wire.txt", "text": wire}, {"id": "copy.txt", "text": copy})
    expected = json.loads(written.stdout)
    for row in expected["documents"]:
        row["path"] = None
    assert report == expected


def test_trace_is_that_of_the_command(news, program):
    path, documents = news
    documents = documents[:60]
    lines = "".join(json.dumps(d) + "\n" for d in documents)
    command = [program, "trace", "-", "--format", "json", "--progress", "never"]
    expected = json.loads(subprocess.run(command, input=lines.encode(), check=True, capture_output=True).stdout)
    told = wirecopy.trace(documents)
    for report in (told, expected):
        for row in report["documents"]:
            row["path"] = None
    assert told == expected
    assert told["clusters"] and told["fact_diffs"]
    assert wirecopy.trace(documents, threads=1) == wirecopy.trace(documents, threads=3)


def test_trace_takes_tables(pair):
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    wire, copy = pair
    day = datetime.date(2025, 3, 18)
    table = pa.table({"id": ["w", "c"], "text": [wire, copy], "date": [day, day], "publisher": ["AP", None]})
    report = wirecopy.trace(table)
    assert [d["id"] for d in report["documents"]] == ["w", "c"]
    assert [d["page_date"] for d in report["documents"]] == ["2025-03-18"] * 2
    assert [p["relation"] for p in report["pairs"]] == ["near_duplicate"]


def test_repeated_and_missing_ids_are_told(pair):
    wire, copy = pair
    report = wirecopy.trace([{"id": "x", "text": wire}, {"id": "x", "text": copy}, {"title": "no text"}, wire])
    assert [d["id"] for d in report["documents"]] == ["x", "x#2", "3"]
    told = [(p["path"], p["message"]) for p in report["problems"]]
    assert told[0][0] == "2" and told[0][1].startswith("has no text")
    assert any("x#2" in message for _, message in told)


def test_texts_are_in_the_report_when_asked_for(pair):
    wire, copy = pair
    with_text = wirecopy.diff(wire, copy, with_text=True)
    assert [d["text"] for d in with_text["documents"]] == [wire, copy]
    assert "text" not in wirecopy.diff(wire, copy)["documents"][0]


def test_a_page_is_read():
    page = "<html><body><article><p>" + "The harbour authority closed both piers on Monday. " * 8 + "</p></article></body></html>"
    (document,) = wirecopy.trace([page], with_text=True)["documents"]
    assert "<p>" not in document["text"]


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        (lambda: wirecopy.diff("a text"), wirecopy.InputError, "at least one variant"),
        (lambda: wirecopy.diff("", "a text"), wirecopy.InputError, "the base"),
        (lambda: wirecopy.diff(3, "a text"), wirecopy.InputError, "is no document"),
        (lambda: wirecopy.trace([]), wirecopy.InputError, "no document"),
        (lambda: wirecopy.trace([{"text": ""}]), wirecopy.InputError, "its text is empty"),
        (lambda: wirecopy.trace(7), wirecopy.InputError, "is no list of documents"),
        (lambda: wirecopy.trace([{"text": "a", "date": object()}]), wirecopy.InputError, "neither text, number nor date"),
        (lambda: wirecopy.trace(["a"], shingle_size=0), wirecopy.SettingError, "shingle_size"),
        (lambda: wirecopy.trace(["a"], num_perm=8), wirecopy.SettingError, "num_perm"),
    ],
)
def test_faults_are_told(call, error, told):
    with pytest.raises(error, match=told):
        call()


def test_progress_of_a_trace(news):
    told = []
    wirecopy.trace(news[1][:40], progress=lambda *row: told.append(row))
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["prepare", "verify", "cluster", "diff"]
