#!/usr/bin/env python3
"""One key that N documents share, through the join of `wirecopy.spark`, with a small heap: it must end, and take time in proportion.

    python benches/hot_key.py [--rows 1000000 2000000 4000000] [--heap 512m]"""

import argparse
import json
import os
import sys
import tempfile
import time


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 2_000_000, 4_000_000])
    parser.add_argument("--heap", default="512m")
    asked = parser.parse_args()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"

    from pyspark.sql import SparkSession

    from wirecopy.spark import _tasks

    with tempfile.TemporaryDirectory() as folder:
        builder = SparkSession.builder.master("local[2]").appName("one key")
        for name, value in {
            "spark.driver.memory": asked.heap,
            "spark.sql.shuffle.partitions": 4,
            "spark.ui.enabled": "false",
            "spark.local.dir": folder,
        }.items():
            builder = builder.config(name, value)
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        for rows in asked.rows:
            begun = time.monotonic()
            keys = spark.range(rows).selectExpr("7L AS bucket", "id AS row")
            sorted_keys = keys.repartition("bucket").sortWithinPartitions("bucket", "row")
            links = sorted_keys.mapInArrow(_tasks.link("{}"), _tasks.LINKS)
            links.write.mode("overwrite").parquet(f"{folder}/links")
            seconds = time.monotonic() - begun
            made = spark.read.parquet(f"{folder}/links")
            pairs = made.where("later IS NOT NULL").count()
            hot = made.where("bucket IS NOT NULL").first()
            # the first 17 rows all with each other, each later one with the first and the 16 before it
            right = pairs == 16 * 17 // 2 + (rows - 17) * 17 and (hot["bucket"], hot["documents"]) == (7, rows)
            told = {"rows": rows, "heap": asked.heap, "seconds": round(seconds, 1), "links": pairs, "right": right}
            print(json.dumps({**told, "microseconds_a_row": round(seconds / rows * 1e6, 2)}), flush=True)
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
