#!/usr/bin/env python3
"""What each stage of `wirecopy.spark` costs: rows, bytes on disk and in the shuffle, and CPU of all processes of the run.

    python benches/spark_scale.py CORPUS.jsonl [--master local[2]] [--clusters CLUSTERS.jsonl] [--preset news]

CPU seconds are those of the driver, the JVM and all Python workers. `--clusters` is what `wirecopy dedup` wrote for the same corpus; the
clusters are compared with it, row by row. Prints one JSON line."""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path


def cpu_of_session() -> float:
    """CPU seconds of all processes of this session, and of their children that have ended."""
    ticks, own = 0, os.getsid(0)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == own:
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def shuffled(log: Path) -> dict[str, dict[str, int]]:
    """Bytes that the tasks of each stage wrote for others and spilled, out of the event log."""
    stage_of, out = {}, {}
    for file in sorted(path for path in log.rglob("*") if path.is_file()):
        for line in file.open(encoding="utf-8"):
            event = json.loads(line) if line.startswith("{") else {}
            if event.get("Event") == "SparkListenerJobStart":
                name = (event.get("Properties") or {}).get("spark.job.description", "")
                for stage in event["Stage IDs"]:
                    stage_of.setdefault(stage, name.removeprefix("wirecopy "))
            elif event.get("Event") == "SparkListenerTaskEnd" and event.get("Task Metrics"):
                metrics = event["Task Metrics"]
                row = out.setdefault(stage_of.get(event["Stage ID"], ""), {"shuffle_bytes": 0, "spilled_bytes": 0, "tasks": 0})
                row["shuffle_bytes"] += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
                row["spilled_bytes"] += metrics["Disk Bytes Spilled"]
                row["tasks"] += 1
    return out


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--clusters")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--driver-memory", default="2g")
    parser.add_argument("--links-in-one-task", type=int)
    parser.add_argument("--preset", choices=["corpus", "news"], default="corpus")
    asked = parser.parse_args()
    if os.getpid() != os.getsid(0) and os.fork():
        return os.waitstatus_to_exitcode(os.wait()[1])
    if os.getpid() != os.getsid(0):
        os.setsid()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"

    from pyspark.sql import SparkSession

    from wirecopy.spark import _checkpoint, dedup

    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        log.mkdir()
        builder = SparkSession.builder.master(asked.master).appName("wirecopy")
        for name, value in {
            "spark.sql.shuffle.partitions": asked.partitions,
            "spark.driver.memory": asked.driver_memory,
            "spark.ui.enabled": "false",
            "spark.eventLog.enabled": "true",
            "spark.eventLog.compress": "false",
            "spark.eventLog.dir": log.as_uri(),
            "spark.local.dir": folder,
        }.items():
            builder = builder.config(name, value)
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        begun, stages = cpu_of_session(), {}
        whole = _checkpoint.Checkpoint.stage

        def measured(store, stage, make):
            cpu, clock = cpu_of_session(), time.monotonic()
            made = whole(store, stage, make)
            # a stage that is made inside of another one counts there
            stages[stage] = {"cpu_seconds": round(cpu_of_session() - cpu, 1), "seconds": round(time.monotonic() - clock, 1)}
            return made

        _checkpoint.Checkpoint.stage = measured
        table = spark.read.schema("id string, text string").json(asked.corpus)
        more = {} if asked.links_in_one_task is None else {"links_in_one_task": asked.links_in_one_task}
        found = dedup(table, "id", "text", preset=asked.preset, checkpoint_dir=f"{folder}/stages", **more)
        cpu = cpu_of_session() - begun
        for stage, row in stages.items():
            at = Path(folder) / "stages" / stage
            row["bytes"] = sum(file.stat().st_size for file in at.glob("*.parquet"))
            row["rows"] = spark.read.parquet(str(at)).count()
        told = {"documents": stages["0-ids"]["rows"], "bytes": os.path.getsize(asked.corpus), "cpu_seconds": round(cpu, 1)}
        if asked.clusters:
            with open(asked.clusters, encoding="utf-8") as lines:
                expected = (json.loads(line) for line in lines)
                pairs = zip(found.clusters.toLocalIterator(), expected, strict=True)
                told["same_clusters"] = all(row.asDict() == wanted for row, wanted in pairs)
        spark.stop()
        for stage, row in shuffled(log).items():
            stages.get(stage, {}).update(row)
        print(json.dumps({**told, "stages": stages}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
