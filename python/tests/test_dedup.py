"""`dedup` over a table: the clusters of the command, whatever holds the table."""

import datetime
import json
import threading
import time
import weakref

import pytest

import wirecopy

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")


def rows_of(result):
    return pa.table(result).to_pylist()


def test_the_clusters_are_those_of_the_command(corpus, by_command):
    path, documents = corpus
    result = wirecopy.dedup(pa.Table.from_pylist(documents))
    assert rows_of(result) == by_command(path)
    assert result.summary["clusters"] > 100, "a corpus without copies tests nothing"
    assert result.summary["documents"] == len(documents) == len(result)


@pytest.mark.parametrize(
    "options",
    [
        {"threshold": 0.8},
        {"threshold": 0.7, "shingle_size": 5},
        {"keep": "longest"},
        {"num_perm": 64},
        {"bands": 20, "rows": 5},
        {"rows": 4},
        {"bands": 10},
    ],
    ids=str,
)
def test_settings_are_those_of_the_command(corpus, by_command, options):
    path, documents = corpus
    written = [part for name, value in options.items() for part in ("--" + name.replace("_", "-"), str(value))]
    assert rows_of(wirecopy.dedup(pa.Table.from_pylist(documents), **options)) == by_command(path, *written)


def test_the_news_preset_is_that_of_the_command(news, by_command):
    path, documents = news
    result = wirecopy.dedup(pa.Table.from_pylist(documents), preset="news")
    rows = rows_of(result)
    assert rows == by_command(path, "--preset", "news")
    assert {row["relation"] for row in rows} & {"rewrite", "excerpt"}, "only near-duplicates were found"
    assert rows != rows_of(wirecopy.dedup(pa.Table.from_pylist(documents)))


def test_threads_change_nothing(corpus):
    table = pa.Table.from_pylist(corpus[1])
    one, three, free = (pa.table(wirecopy.dedup(table, threads=n)) for n in (1, 3, None))
    assert one.equals(three) and one.equals(free)


def test_pieces_of_a_table_change_nothing(corpus):
    documents = corpus[1]
    whole = pa.Table.from_pylist(documents)
    pieces = pa.concat_tables([whole.slice(0, 1), whole.slice(1, 0), whole.slice(1, 700), whole.slice(701)])
    assert pieces["text"].num_chunks > 2
    assert rows_of(wirecopy.dedup(pieces)) == rows_of(wirecopy.dedup(whole))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())], ids=str)
def test_every_kind_of_strings_is_read(corpus, kind):
    documents = corpus[1][:300]
    texts = pa.array([d["text"] for d in documents])
    texts = texts.dictionary_encode() if pa.types.is_dictionary(kind) else texts.cast(kind)
    table = pa.table({"id": [d["id"] for d in documents], "text": texts})
    assert rows_of(wirecopy.dedup(table)) == rows_of(wirecopy.dedup(pa.Table.from_pylist(documents)))


def test_the_texts_are_not_copied(corpus):
    # one text for all rows: a copy of the column would be many times larger than the table
    text = corpus[1][0]["text"] * 40
    table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 4), pa.array([text]))})
    plain = pa.table({"text": pa.array([text, text])})
    before = pa.total_allocated_bytes()
    result = wirecopy.dedup(plain)
    assert pa.total_allocated_bytes() == before
    assert len(result) == 2 and len(wirecopy.dedup(table)) == 4


def test_the_input_is_let_go():
    table = pa.table({"text": ["a b c d e f g"] * 3})
    seen = weakref.ref(table)
    result = wirecopy.dedup(table)
    del table
    assert seen() is not None, "the result hands out its rows"
    del result
    assert seen() is None


def test_ids_come_from_the_column_or_the_row():
    text = "one two three four five six seven"
    numbered = pa.table({"id": pa.array([7, 8, 7, None]), "text": [text, text, "other words stand here now too", text]})
    assert [row["id"] for row in rows_of(wirecopy.dedup(numbered))] == ["7", "8", "7#2", "3"]
    result = wirecopy.dedup(numbered)
    assert [p["message"] for p in result.problems] == ["the id 7 stands twice; this one is called 7#2"]
    plain = rows_of(wirecopy.dedup(numbered.drop_columns("id")))
    assert [row["id"] for row in plain] == ["0", "1", "2", "3"]
    assert [row["cluster"] for row in plain] == ["0", "0", "2", "0"]
    assert [row["relation"] for row in plain] == [None, "exact", None, "exact"]


def test_rows_without_a_text_are_told_and_not_kept():
    text = "one two three four five six seven"
    table = pa.table({"id": ["a", "b", "c", "d"], "text": [None, text, text, None]})
    result = wirecopy.dedup(table)
    assert [(row["id"], row["cluster"], row["kept"]) for row in rows_of(result)] == [
        ("a", None, False),
        ("b", "b", True),
        ("c", "b", False),
        ("d", None, False),
    ]
    assert [(p["line"], p["message"]) for p in result.problems] == [(1, "has no text; skipped"), (4, "has no text; skipped")]
    assert result.summary["skipped"] == 2 and result.kept_rows == [1]


def test_the_earliest_is_kept():
    text = "one two three four five six seven eight nine ten"
    days = [datetime.date(2025, 3, 18), datetime.date(2025, 3, 16), None]
    moments = [None if d is None else datetime.datetime(d.year, d.month, d.day, tzinfo=datetime.timezone.utc) for d in days]
    written = [None if d is None else d.isoformat() for d in days]
    for dates in (days, moments, written):
        table = pa.table({"text": [text] * 3, "when": dates})
        assert wirecopy.dedup(table, keep="earliest", date_col="when").kept_rows == [1]
    with pytest.raises(wirecopy.SettingError, match="earliest needs to know"):
        wirecopy.dedup(table, keep="earliest")


def test_an_empty_table_gives_an_empty_one():
    result = wirecopy.dedup(pa.table({"text": pa.array([], pa.string())}))
    assert len(result) == 0 and rows_of(result) == []


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"text_col": "body"}, wirecopy.InputError, "there is no column body; the table has id, text"),
        ({"id_col": "key"}, wirecopy.InputError, "there is no column key"),
        ({"text_col": "id"}, wirecopy.InputError, "the column id is of Float64, not of strings"),
        ({"id_col": "id"}, wirecopy.InputError, "not of strings or whole numbers"),
        ({"id_col": "text", "threshold": 0}, wirecopy.SettingError, "threshold: 0 is not above 0"),
        ({"id_col": "text", "threshold": 1.5}, wirecopy.SettingError, "threshold"),
        ({"id_col": "text", "preset": "blogs"}, wirecopy.SettingError, "neither corpus nor news"),
        ({"id_col": "text", "keep": "last"}, wirecopy.SettingError, "last"),
        ({"id_col": "text", "shingle_size": 99}, wirecopy.SettingError, "shingle_size: 99 is outside 1 to 16"),
        ({"id_col": "text", "bands": 60, "rows": 9}, wirecopy.SettingError, "rows"),
        ({"id_col": "text", "threads": 0}, wirecopy.SettingError, "threads"),
        ({"id_col": "text", "date_col": "text", "keep": "earliest"}, None, ""),
    ],
)
def test_faults_are_told(arguments, error, told):
    table = pa.table({"id": [1.5, 2.5], "text": ["a b c d e f", "a b c d e f"]})
    if error is None:
        wirecopy.dedup(table, **arguments)
        return
    with pytest.raises(error, match=told):
        wirecopy.dedup(table, **arguments)
    assert issubclass(error, wirecopy.WirecopyError) and issubclass(error, ValueError)


def test_what_is_no_table_is_refused():
    for wrong in (17, "text", None, [1, 2]):
        with pytest.raises(wirecopy.InputError, match="is no table"):
            wirecopy.dedup(wrong)
    with pytest.raises(wirecopy.InputError, match="no column is called text"):
        wirecopy.dedup(pa.table({"a": [1]}))


def test_progress_is_told_in_order(corpus):
    told = []
    wirecopy.dedup(pa.Table.from_pylist(corpus[1]), progress=lambda *row: told.append((threading.get_ident(), *row)))
    assert {row[0] for row in told} == {threading.get_ident()}, "it is called on the thread of the caller"
    stages = list(dict.fromkeys(row[1] for row in told))
    assert stages == ["read", "join", "verify", "write"]
    assert all(0 <= done <= total for _, _, done, total in told)
    assert [row[2:] for row in told if row[1] == "read"][-1] == (2_000, 2_000)


def many(documents, times):
    """A table that takes a second or more."""
    texts = [f"{d['text']} {n}" for n in range(times) for d in documents]
    return pa.table({"text": texts})


def test_what_progress_raises_stops_the_run(corpus):
    class Enough(Exception):
        pass

    def stop(stage, done, total):
        raise Enough(stage)

    with pytest.raises(Enough):
        wirecopy.dedup(many(corpus[1], 30), progress=stop, threads=1)


def test_other_threads_run_meanwhile(corpus):
    table = many(corpus[1], 10)
    turns, stop = [0], threading.Event()

    def count():
        while not stop.is_set():
            turns[0] += 1
            time.sleep(0.001)

    beside = threading.Thread(target=count)
    beside.start()
    try:
        before = turns[0]
        wirecopy.dedup(table, threads=1)
        during = turns[0] - before
    finally:
        stop.set()
        beside.join()
    assert during > 10, "the interpreter was held"


def test_the_result_of_the_readme_is_the_same_as_the_mask(corpus):
    table = pa.Table.from_pylist(corpus[1])
    result = wirecopy.dedup(table)
    assert result.table().equals(table.filter(pa.array(result.kept)))
    assert "2000 documents" in repr(result)
    assert json.loads(json.dumps(result.summary)) == result.summary
