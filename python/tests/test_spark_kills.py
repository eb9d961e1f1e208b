"""Executors and drivers killed with SIGKILL: a rerun goes on, makes no finished stage again, and gives the clusters of the command.

It takes minutes: pytest -m full tests/test_spark_kills.py (as .ci/full does)."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is missing, which Spark needs: apt-get install openjdk-17-jre-headless", allow_module_level=True)

from conftest import made  # noqa: E402

pytestmark = pytest.mark.full

ENVIRONMENT = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
#: Seconds that a stage may take on a machine that is busy with other things.
PATIENCE = 900
STAGES = ["0-ids", "1-signatures", "1-copies", "2-heavy", "2-links", "2-candidates", "3-links", "3-round-01", "3-groups"]
ENDS = ["4-verdicts", "5-clusters"]
DERIVATIVES = ["4-collapsed", "4-statistics", "4-template", "4-grams", "4-shared", "4-chosen", "4-derivatives", "4-stretches"]
DERIVATIVES += ["4-settle-links", "4-settle-round-01", "4-settle-groups"]


@pytest.fixture(scope="module")
def larger(program, tmp_path_factory):
    return made(program, tmp_path_factory.mktemp("larger"), "copies", 6_000)


@pytest.fixture(scope="module")
def expected(larger, by_command):
    return sorted(json.dumps(row) for row in by_command(larger[0]))


def started(corpus, output, *options, more=()):
    arguments = ["--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=4", *options, "pyspark-shell"]
    environment = {**ENVIRONMENT, "PYSPARK_SUBMIT_ARGS": " ".join(arguments)}
    command = [sys.executable, "-m", "wirecopy.spark", str(corpus), str(output), "--links-in-one-task", "0", *more]
    with open(f"{output}.log", "ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)


def clusters(output):
    import pyarrow.parquet as pq

    return sorted(json.dumps(row) for row in pq.read_table(Path(output) / "clusters").to_pylist())


def finished(output):
    """Finished stages, and when each was."""
    return {path.parent.name: path.stat().st_mtime_ns for path in Path(output).glob("stages/*/_SUCCESS")}


def killed_in(stage, run, output):
    """Kills the driver, its JVM and its workers as soon as the tasks of a stage begin to write, and tells what is finished."""
    deadline = time.monotonic() + PATIENCE
    while not (output / "stages" / stage).exists():
        assert run.poll() is None and time.monotonic() < deadline, Path(f"{output}.log").read_text()[-3000:]
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    return finished(output)


def test_a_driver_killed_in_every_further_stage_of_the_news_preset(program, by_command, tmp_path):
    corpus = made(program, tmp_path, "news", 800)[0]
    options = ("--preset", "news", "--facts")
    output, before, killed = tmp_path / "out", {}, []
    for stage in [*DERIVATIVES, *ENDS, "6-diffs"]:
        run = started(corpus, output, "--master", "local[2]", more=options)
        now = killed_in(stage, run, output)
        assert {name: now[name] for name in before} == before, f"a finished stage was made again before {stage}"
        # one that was whole before the signal came is no case, and told
        killed += [stage] if stage not in now else []
        before = now
    again = started(corpus, output, "--master", "local[2]", more=options)
    assert again.wait(timeout=PATIENCE) == 0, Path(f"{output}.log").read_text()[-3000:]
    after = finished(output)
    assert {name: after[name] for name in before} == before, "a finished stage was made again"
    assert clusters(output) == sorted(json.dumps(row) for row in by_command(corpus, "--preset", "news"))
    print(f"killed while they were written: {', '.join(killed)}")
    assert len(killed) > len(DERIVATIVES) // 2


@pytest.mark.parametrize("stage", STAGES + ENDS)
def test_a_killed_driver(larger, expected, tmp_path, stage):
    output = tmp_path / "out"
    before = killed_in(stage, started(larger[0], output, "--master", "local[2]"), output)
    assert "5-clusters" not in before
    again = started(larger[0], output, "--master", "local[2]")
    assert again.wait(timeout=PATIENCE) == 0, Path(f"{output}.log").read_text()[-3000:]
    after = finished(output)
    assert {name: after[name] for name in before} == before, "a finished stage was made again"
    assert clusters(output) == expected


@pytest.fixture
def cluster(tmp_path):
    """A master and two workers on the loopback device, and the workers' process ids."""
    spark_class = Path(pyspark.__file__).parent / "bin" / "spark-class"
    environment = {**ENVIRONMENT, "SPARK_HOME": str(Path(pyspark.__file__).parent), "SPARK_WORKER_DIR": str(tmp_path / "work")}
    # a job is not given up because many of its executors were killed
    environment["SPARK_MASTER_OPTS"] = "-Dspark.deploy.maxExecutorRetries=-1"
    running = []

    def start(*arguments):
        log = open(tmp_path / f"{len(running)}.log", "wb")  # noqa: SIM115
        running.append(subprocess.Popen([str(spark_class), *arguments], env=environment, stdout=log, stderr=log, start_new_session=True))
        return tmp_path / f"{len(running) - 1}.log"

    master = start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    url = wait_for(master, r"Starting Spark master at (spark://\S+)")
    for _ in range(2):
        worker = ["--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0", url]
        wait_for(start("org.apache.spark.deploy.worker.Worker", *worker), r"Successfully registered")
    yield url, running
    for process in running:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(log, pattern):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = re.search(pattern, log.read_text("utf-8", "replace"))
        if found:
            return found[found.re.groups]
        time.sleep(0.1)
    pytest.fail(f"{pattern} is not in the log: {log.read_text()[-2000:]}")


def executors(running):
    """Process ids of the executors that our own workers started."""
    ours = {process.pid for process in running}
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
            line = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        # in a session of a worker
        if int(fields[3]) in ours and b"CoarseGrainedExecutorBackend" in line and b"java" in line.split(b"\0")[0]:
            found.append(int(path.parent.name))
    return found


@pytest.mark.parametrize("preset", ["corpus", "news"])
def test_executors_killed_in_every_stage(program, by_command, tmp_path, cluster, preset):
    url, running = cluster
    corpus = made(program, tmp_path, "copies" if preset == "corpus" else "news", 1_500)[0]
    output = tmp_path / "out"
    options = ["--conf", "spark.executor.memory=700m", "--conf", "spark.driver.host=127.0.0.1"]
    run = started(corpus, output, "--master", url, *options, more=("--preset", preset))
    deadline = time.monotonic() + PATIENCE

    def goes_on():
        assert run.poll() is None and time.monotonic() < deadline, Path(f"{output}.log").read_text()[-3000:]
        time.sleep(0.01)

    stages = [*STAGES, *(DERIVATIVES if preset == "news" else []), *ENDS]
    killed, late, before = [], [], {}
    for stage in stages:
        deadline = time.monotonic() + PATIENCE
        while not (output / "stages" / stage).exists():
            goes_on()
        # the stage cannot go on before there is one, if all are gone
        while not (found := executors(running)) and stage not in finished(output):
            goes_on()
        now = finished(output)
        assert {name: now[name] for name in before} == before, f"a finished stage was made again before {stage}"
        before = now
        for executor in found[:1]:
            os.kill(executor, signal.SIGKILL)
            (late if stage in now else killed).append(stage)
    assert run.wait(timeout=PATIENCE) == 0, Path(f"{output}.log").read_text()[-3000:]
    after = finished(output)
    assert {name: after[name] for name in before} == before, "a finished stage was made again"
    assert clusters(output) == sorted(json.dumps(row) for row in by_command(corpus, "--preset", preset))
    print(f"an executor killed in {', '.join(killed)}; just after {', '.join(late) or 'none'}")
    assert len(killed) > len(stages) // 2
