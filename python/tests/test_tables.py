"""The same rows from pyarrow, polars, pandas and Hugging Face datasets give the same clusters, and come back as what they were."""

import pytest

import wirecopy

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")


def expected(documents):
    return pa.table(wirecopy.dedup(pa.Table.from_pylist(documents))).to_pylist()


def test_polars(corpus):
    pl = pytest.importorskip("polars", reason="polars is not installed")
    documents = corpus[1][:600]
    frame = pl.DataFrame(documents)
    result = wirecopy.dedup(frame)
    assert pl.DataFrame(result).to_dicts() == expected(documents)
    kept = result.table()
    assert isinstance(kept, pl.DataFrame)
    assert kept.equals(frame.filter(pl.Series(result.kept)))
    assert kept.height == result.summary["kept"] < frame.height


def test_pandas(corpus):
    pd = pytest.importorskip("pandas", minversion="2.2", reason="pandas 2.2 is not installed")
    documents = corpus[1][:600]
    frame = pd.DataFrame(documents)
    result = wirecopy.dedup(frame)
    assert pa.table(result).to_pylist() == expected(documents)
    kept = result.table()
    assert isinstance(kept, pd.DataFrame)
    assert list(kept.index) == result.kept_rows
    assert list(kept["id"]) == [row["id"] for row in expected(documents) if row["kept"]]


def test_datasets_from_a_local_file(corpus, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    path, documents = corpus
    dataset = datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache"))
    result = wirecopy.dedup(dataset, id_col="id", text_col="text")
    assert pa.table(result).to_pylist() == expected(documents)
    kept = result.table()
    assert isinstance(kept, datasets.Dataset)
    assert kept["id"][:] == [row["id"] for row in expected(documents) if row["kept"]]
    # a selection is what is read, in its order
    chosen = dataset.select(range(500, 100, -1))
    assert pa.table(wirecopy.dedup(chosen)).to_pylist() == expected(documents[500:100:-1])


def test_a_dict_of_splits_is_refused():
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    splits = datasets.DatasetDict({"train": datasets.Dataset.from_list([{"text": "a"}])})
    with pytest.raises(wirecopy.InputError, match="one split"):
        wirecopy.dedup(splits)


def test_columns_and_rows_of_python(corpus):
    documents = corpus[1][:300]
    columns = {name: [d[name] for d in documents] for name in ("id", "text")}
    for table in (columns, documents):
        assert pa.table(wirecopy.dedup(table)).to_pylist() == expected(documents)
    kept = wirecopy.dedup(documents).table()
    assert kept == [d for d, row in zip(documents, expected(documents), strict=True) if row["kept"]]
