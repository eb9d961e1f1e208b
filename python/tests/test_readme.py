"""The examples of the README, run as they stand."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
import pyarrow as pa  # noqa: E402

README = Path(__file__).resolve().parents[1] / "README.md"


@pytest.fixture
def kept(corpus, by_command, tmp_path, monkeypatch):
    """Ids that stay of `news.parquet`, which is in the folder of the test."""
    path, documents = corpus
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.Table.from_pylist(documents), "news.parquet")
    return [row["id"] for row in by_command(path) if row["kept"]]


def test_the_first_example(kept):
    example = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[1]
    exec(compile(example, str(README), "exec"), {})
    assert pq.read_table("kept.parquet").column("id").to_pylist() == kept


@pytest.mark.full
def test_five_lines_from_pip_to_a_table_on_spark(kept):
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'wirecopy[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is missing, which Spark needs: apt-get install openjdk-17-jre-headless")
    section = README.read_text("utf-8").split("## Corpora beyond one machine")[1]
    example = re.search(r"```\n(.*?)```", section, re.DOTALL)[1].splitlines()
    install, shell, *lines = example
    assert len(example) == 5 and install.startswith("$ pip install ")
    # -i: without a terminal the shell of Spark would not make its session
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_DRIVER_PYTHON_OPTS": "-i"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    entered = "".join(line.removeprefix(">>> ") + "\n" for line in lines)
    command = shlex.split(shell.removeprefix("$ "))
    ran = subprocess.run(command, input=entered, env=environment, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0 and "Traceback" not in ran.stderr, ran.stderr[-3000:]
    assert sorted(pq.read_table("kept.parquet").column("id").to_pylist()) == sorted(kept)
