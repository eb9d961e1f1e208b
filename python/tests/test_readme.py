"""The first example of the README, run as it stands."""

import re
from pathlib import Path

import pytest

pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
import pyarrow as pa  # noqa: E402


def test_the_first_example(corpus, by_command, tmp_path, monkeypatch):
    readme = Path(__file__).resolve().parents[1] / "README.md"
    example = re.search(r"```python\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)[1]
    path, documents = corpus
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.Table.from_pylist(documents), "news.parquet")
    exec(compile(example, str(readme), "exec"), {})
    kept = pq.read_table("kept.parquet")
    assert kept.column("id").to_pylist() == [row["id"] for row in by_command(path) if row["kept"]]
