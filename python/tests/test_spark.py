"""`wirecopy.spark` on two threads of this machine: the clusters of the command, whatever way they are made."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wirecopy
from conftest import made
from wirecopy import _wirecopy

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'wirecopy[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is missing, which Spark needs: apt-get install openjdk-17-jre-headless", allow_module_level=True)


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").appName("tests of wirecopy")
    for name, value in {
        "spark.sql.shuffle.partitions": 3,
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.sql.adaptive.enabled": "true",
        # small batches: states must hold over their borders
        "spark.sql.execution.arrow.maxRecordsPerBatch": 700,
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def table(spark, corpus):
    return spark.read.json(str(corpus[0]))


def rows_of(found):
    return [row.asDict() for row in found.clusters.collect()]


@pytest.fixture(scope="module")
def first_run(table, tmp_path_factory):
    from wirecopy.spark import dedup

    stages = tmp_path_factory.mktemp("spark") / "stages"
    return dedup(table, "id", "text", checkpoint_dir=str(stages)), stages


def test_the_clusters_are_those_of_the_command(first_run, corpus, by_command):
    found, _ = first_run
    expected = by_command(corpus[0])
    assert rows_of(found) == expected
    assert sum(not row["kept"] for row in expected) > 200
    assert {row["relation"] for row in expected} > {"exact", "near_duplicate", "similar"}


def test_what_stays_has_all_columns(first_run, table):
    found, _ = first_run
    kept = found.kept
    assert kept.columns == table.columns
    ids = sorted(row["id"] for row in kept.select("id").collect())
    assert ids == sorted(row["id"] for row in rows_of(found) if row["kept"])


def test_a_second_run_makes_nothing_again(first_run, table):
    from wirecopy.spark import dedup

    found, stages = first_run
    before = {path: path.stat().st_mtime_ns for path in stages.rglob("*")}
    again = dedup(table, "id", "text", checkpoint_dir=str(stages))
    assert rows_of(again) == rows_of(found)
    assert {path: path.stat().st_mtime_ns for path in stages.rglob("*")} == before


@pytest.mark.full
def test_a_stage_that_was_cut_off_is_made_again(first_run, table, tmp_path):
    from wirecopy.spark import dedup

    found, stages = first_run
    copy = tmp_path / "stages"
    shutil.copytree(stages, copy)
    for stage in ("2-candidates", "4-verdicts", "5-clusters"):
        (copy / stage / "_SUCCESS").unlink()
        next((copy / stage).glob("*.parquet")).unlink()
    kept = {path: path.stat().st_mtime_ns for path in (copy / "1-signatures").iterdir()}
    assert rows_of(dedup(table, "id", "text", checkpoint_dir=str(copy))) == rows_of(found)
    assert {path: path.stat().st_mtime_ns for path in (copy / "1-signatures").iterdir()} == kept


@pytest.mark.full
def test_rounds_give_the_groups_of_one_task(spark, first_run, table, tmp_path):
    from wirecopy.spark import dedup

    found, stages = first_run
    copy = tmp_path / "stages"
    shutil.copytree(stages, copy)
    for stage in copy.iterdir():
        if stage.is_dir() and stage.name[0] in "345":
            shutil.rmtree(stage)
    again = dedup(table, "id", "text", checkpoint_dir=str(copy), links_in_one_task=0)
    assert (copy / "3-round-01" / "_SUCCESS").exists(), "no rounds were made"
    groups = [{tuple(row) for row in spark.read.parquet(str(at / "3-groups")).collect()} for at in (stages, copy)]
    assert groups[0] == groups[1] and len(groups[0]) > 500
    assert rows_of(again) == rows_of(found)


@pytest.mark.full
def test_long_chains_settle(spark, tmp_path):
    from wirecopy.spark._checkpoint import Checkpoint
    from wirecopy.spark._components import components

    chains = [(2**33 * (i // 100) + i + 1, 2**33 * (i // 100) + i) for i in range(300) if i % 100 != 99]
    pairs = spark.createDataFrame(chains, "later bigint, earlier bigint").repartition(3)
    store = Checkpoint(spark, str(tmp_path / "chains"), {})
    found = {row["later"]: row["earlier"] for row in components(store, pairs, 0).collect()}
    assert len(found) == 300
    assert {first: sum(1 for f in found.values() if f == first) for first in set(found.values())} == {
        0: 100,
        2**33 + 100: 100,
        2**34 + 200: 100,
    }


@pytest.mark.full
def test_settings_and_hot_keys(table, corpus, by_command, tmp_path):
    from wirecopy.spark import dedup

    found = dedup(table, "id", "text", 0.8, checkpoint_dir=str(tmp_path / "a"), shingle_size=4)
    assert rows_of(found) == by_command(corpus[0], "--threshold", "0.8", "--shingle-size", "4")


@pytest.mark.full
def test_a_hot_key_is_reported(spark, tmp_path):
    from wirecopy.spark import dedup

    body = " ".join(f"word{n}" for n in range(200))
    rows = [(f"d{n}", f"{body} {n} tail{n}") for n in range(60)]
    table = spark.createDataFrame(rows, "id string, text string").coalesce(1)
    found = dedup(table, "id", "text", checkpoint_dir=str(tmp_path / "a"))
    here = wirecopy.dedup(pa.table({"id": [r[0] for r in rows], "text": [r[1] for r in rows]}))
    assert rows_of(found) == pa.table(here).to_pylist()
    assert found.hot.count() == here.summary["hot_keys"] > 0


def test_ids_copies_and_missing_texts(spark, tmp_path):
    from wirecopy.spark import dedup

    text = "one two three four five six seven eight nine ten eleven twelve"
    near = text + " thirteen"
    rows = [("x", None), ("x", near), ("y", text), ("x", text), (None, "short"), ("z", near), ("", "short"), ("y", "other words " * 9)]
    table = spark.createDataFrame(rows, "id string, text string").coalesce(1)
    found = rows_of(dedup(table, "id", "text", checkpoint_dir=str(tmp_path / "a")))
    expected = pa.table(wirecopy.dedup(pa.table({"id": [r[0] for r in rows], "text": [r[1] for r in rows]}))).to_pylist()
    assert [row["id"] for row in expected] == ["x", "x", "y", "x#2", "4", "z", "6", "y#2"]
    assert found == expected


@pytest.fixture(scope="module")
def news_corpus(program, tmp_path_factory):
    return made(program, tmp_path_factory.mktemp("news"), "news", 2_000, seed=5)


@pytest.fixture(scope="module")
def news_run(spark, news_corpus, tmp_path_factory):
    from wirecopy.spark import dedup

    table = spark.read.json(str(news_corpus[0]))
    stages = tmp_path_factory.mktemp("spark-news") / "stages"
    return dedup(table, "id", "text", preset="news", checkpoint_dir=str(stages)), stages


def test_news_has_the_clusters_of_the_command(news_run, news_corpus, by_command):
    found, _ = news_run
    expected = by_command(news_corpus[0], "--preset", "news")
    assert rows_of(found) == expected
    assert {row["relation"] for row in expected} == {None, "near_duplicate", "similar", "excerpt", "rewrite"}
    assert sum(row["relation"] in ("rewrite", "excerpt") for row in expected) > 200


def test_the_diffs_are_those_of_the_command(spark, news_corpus, program, tmp_path):
    from wirecopy.spark import dedup

    rows = news_corpus[1][:120]
    table = spark.createDataFrame([(row["id"], row["text"]) for row in rows], "id string, text string").coalesce(1)
    found = dedup(table, "id", "text", preset="news", checkpoint_dir=str(tmp_path / "a"))
    expected = {row["id"]: row for row in rows_of(found) if row["relation"] not in (None, "exact")}
    diffs = {row["variant"]: row for row in found.diffs.collect()}
    assert diffs.keys() == expected.keys() and len(diffs) > 10
    texts = {row["id"]: row["text"] for row in rows}
    for variant, row in list(diffs.items())[:4]:
        assert (row["base"], row["relation"]) == (expected[variant]["counterpart"], expected[variant]["relation"])
        for name in (row["base"], variant):
            (tmp_path / f"{name}.txt").write_text(texts[name], encoding="utf-8")
        command = [program, "diff", f"{row['base']}.txt", f"{variant}.txt", "--format", "json"]
        (told,) = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout)["diffs"]
        assert json.loads(row["diff"]) == {**told, "base": row["base"], "variant": variant}
        assert row["altered"] == sum(fact["mark"] == "altered" for fact in told["facts"])
    assert sum(row["kept"] for row in diffs.values()) > 50


@pytest.mark.full
def test_news_with_exact_copies_and_rows_without_a_text(spark, corpus, tmp_path):
    from wirecopy.spark import dedup

    rows = [(row["id"], None if n % 50 == 7 else row["text"]) for n, row in enumerate(corpus[1])]
    table = spark.createDataFrame(rows, "id string, text string").repartitionByRange(3, "id").persist()
    found = rows_of(dedup(table, "id", "text", 0.6, "news", str(tmp_path / "a")))
    text_of = dict(rows)
    here = wirecopy.dedup(pa.table({"id": [r["id"] for r in found], "text": [text_of[r["id"]] for r in found]}), threshold=0.6, preset="news")
    assert found == pa.table(here).to_pylist()
    assert {row["relation"] for row in found} > {"exact", "near_duplicate", "excerpt"}


@pytest.mark.full
def test_news_joined_in_rounds_and_with_keys_in_parts(spark, news_run, news_corpus, tmp_path):
    from wirecopy.spark import dedup

    found, stages = news_run
    table = spark.read.json(str(news_corpus[0]))
    bounds = {"links_in_one_task": 0, "rows_in_one_task": 30}
    again = dedup(table, "id", "text", preset="news", checkpoint_dir=str(tmp_path / "a"), **bounds)
    assert spark.read.parquet(str(tmp_path / "a" / "4-template")).count() > 0
    assert (tmp_path / "a" / "4-settle-round-01" / "_SUCCESS").exists()
    assert rows_of(again) == rows_of(found)


# two whole runs
@pytest.mark.full
def test_a_key_in_parts_has_the_same_links(spark, first_run, table, tmp_path):
    from wirecopy.spark import dedup

    body = " ".join(f"word{n}" for n in range(200))
    rows = [(f"d{n}", f"{body} {n} tail{n}") for n in range(300)]
    table = spark.createDataFrame(rows, "id string, text string").repartitionByRange(3, "id")
    table.write.parquet(str(tmp_path / "rows"))
    table = spark.read.parquet(str(tmp_path / "rows"))
    links, hot = [], []
    for number, most in enumerate((4_000_000, 40)):
        stages = tmp_path / str(number)
        found = dedup(table, "id", "text", checkpoint_dir=str(stages), rows_in_one_task=most)
        pairs = spark.read.parquet(str(stages / "2-links")).where("later IS NOT NULL").select("later", "earlier")
        links.append(sorted(map(tuple, pairs.collect())))
        hot.append(sorted(map(tuple, found.hot.collect())))
    cut = spark.read.parquet(str(tmp_path / "1" / "2-heavy"))
    assert spark.read.parquet(str(tmp_path / "0" / "2-heavy")).count() == 0 and cut.count() > 5 * 7
    assert links[0] == links[1] and len(links[0]) > 1000
    assert hot[0] == hot[1] and max(documents for _, documents in hot[0]) > 280


def test_texts_of_a_large_group_wait_in_a_file(tmp_path, corpus):
    from wirecopy.spark import _tasks

    texts = [row["text"] for row in corpus[1][:60]]
    signed = pa.table(_wirecopy.sign(pa.table({"row": list(range(60)), "text": texts}), "{}")).to_pylist()
    rows = [(7, 0, later, 0, b"", "") for later in range(1, 60)]
    rows += [(7, 1, row["row"], 0, row["exact"], texts[row["row"]]) for row in signed]
    names = ["group", "kind", "a", "b", "exact", "text"]
    batch = pa.record_batch([pa.array(column) for column in zip(*rows, strict=True)], names)
    verdicts = []
    for bound in (None, 10_000):
        (found,) = _tasks.compare("{}", bound)(iter([batch]))
        verdicts.append(found.to_pylist())
    assert verdicts[0] == verdicts[1] and len(verdicts[0]) == 60
    spool = tmp_path / "spool"
    spool.touch()
    comparer = _wirecopy.Comparer("{}", spool, 10_000)
    assert comparer.take(batch) == []
    assert spool.stat().st_size > sum(map(len, texts)) - 20_000
    assert pa.table(comparer.end()).to_pylist() == verdicts[0]
    assert spool.stat().st_size == 0


def test_faults_are_told(spark, table, first_run, tmp_path):
    from wirecopy.spark import dedup

    stages = str(first_run[1])
    for arguments, error, told in [
        (("id", "body", None, "corpus", stages), wirecopy.InputError, "no column body"),
        (("id", "text", None, "corpus", None), wirecopy.InputError, "checkpoint_dir"),
        (("id", "text", 2.0, "corpus", stages), wirecopy.SettingError, "threshold"),
        (("id", "text", None, "blogs", stages), wirecopy.SettingError, "neither corpus nor news"),
        (("id", "text", None, "news", stages), wirecopy.StoreError, "another run: config differ"),
        (("id", "text", 0.7, "corpus", stages), wirecopy.StoreError, "another run: config differ"),
        ((None, "text", None, "corpus", stages), wirecopy.StoreError, "id_col differ"),
    ]:
        with pytest.raises(error, match=told):
            dedup(table, *arguments)
    numbers = spark.createDataFrame([(1,)], "text int")
    with pytest.raises(wirecopy.InputError, match="is of int"):
        dedup(numbers, checkpoint_dir=str(tmp_path / "n"))


def test_other_order_is_refused():
    grams = _wirecopy.GramLinker('{"preset": "news"}', 2_000)
    assert grams.rule == (20, 6)
    with pytest.raises(wirecopy.errors.OrderError, match="sorted"):
        grams.take(pa.record_batch({"bucket": [2, 1], "row": [1, 2]}))
    sources = _wirecopy.Sources('{"preset": "news"}', b"")
    rows = {"own": [1, 1], "place": [1, 0], "row": [2, 1], "exact": [b"0" * 16] * 2, "text": ["a", "b"]}
    with pytest.raises(wirecopy.errors.RunError, match="did not come before"):
        sources.take(pa.record_batch(rows))
    settler = _wirecopy.Settler('{"preset": "news"}')
    with pytest.raises(wirecopy.errors.OrderError, match="sorted"):
        settler.take(pa.record_batch({"group": [2, 1], "kind": [0, 0], "a": [2, 1], "b": [0, 0], "found": [b"", b""]}))
    linker = _wirecopy.Linker("{}")
    linker.take(pa.record_batch({"bucket": [1, 1, 2], "row": [3, 4, 1]}))
    with pytest.raises(wirecopy.errors.OrderError, match="sorted"):
        linker.take(pa.record_batch({"bucket": [1], "row": [9]}))
    comparer = _wirecopy.Comparer("{}")
    rows = {"group": [5, 4], "kind": [1, 1], "a": [1, 2], "b": [0, 0], "exact": [b"0" * 16] * 2, "text": ["a", "b"]}
    with pytest.raises(wirecopy.errors.OrderError, match="sorted"):
        comparer.take(pa.record_batch(rows))


def test_an_engine_that_drops_the_sort_is_caught(spark, table, tmp_path):
    from wirecopy.spark import _tasks

    rows = spark.range(1000).selectExpr("CAST(hash(id) % 7 AS bigint) AS bucket", "id AS row")
    with pytest.raises(Exception, match="OrderError"):
        rows.mapInArrow(_tasks.link("{}"), _tasks.LINKS).collect()


@pytest.mark.full
def test_the_command(corpus, by_command, tmp_path):
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    arguments = ["--master", "local[2]", "--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=3"]
    environment["PYSPARK_SUBMIT_ARGS"] = " ".join([*arguments, "pyspark-shell"])
    command = [sys.executable, "-m", "wirecopy.spark", str(corpus[0]), str(tmp_path / "out")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr[-3000:]
    expected = by_command(corpus[0])
    import pyarrow.parquet as pq

    clusters = pq.read_table(tmp_path / "out" / "clusters")
    assert sorted(clusters.to_pylist(), key=json.dumps) == sorted(expected, key=json.dumps)
    kept = pq.read_table(tmp_path / "out" / "kept")
    assert kept.num_rows == sum(row["kept"] for row in expected)
    assert f"2000 documents, {kept.num_rows} kept" in ran.stderr
    assert Path(tmp_path / "out" / "stages" / "manifest.json").exists()
