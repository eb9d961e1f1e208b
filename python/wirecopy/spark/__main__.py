"""`python -m wirecopy.spark INPUT OUTPUT`: deduplicates files with Spark; for spark-submit as well."""

from __future__ import annotations

import argparse
import sys


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m wirecopy.spark", description="Keeps one document of each cluster of near-duplicates.")
    parser.add_argument("input", metavar="INPUT", help="Parquet or JSON Lines: a file, a folder or a pattern, on any file system of Spark")
    parser.add_argument("output", metavar="OUTPUT", help="folder for OUTPUT/kept and OUTPUT/clusters, as Parquet")
    parser.add_argument("--checkpoint-dir", metavar="DIR", help="folder of the stages [default: OUTPUT/stages]")
    parser.add_argument("--id-col", metavar="NAME", help="column of ids [default: id, if there is one]")
    parser.add_argument("--text-col", metavar="NAME", default="text", help="column of texts [default: text]")
    parser.add_argument("--preset", choices=["corpus", "news"], default="corpus", help="news: truncations, excerpts and rewrites as well")
    parser.add_argument("--facts", action="store_true", help="write OUTPUT/diffs too: what happened to the facts of each variant")
    parser.add_argument("--threshold", metavar="T", type=float, help="similarity from which documents are near-duplicates [default: 0.5]")
    parser.add_argument("--format", choices=["parquet", "json"], help="form of INPUT [default: by its name]")
    parser.add_argument("--links-in-one-task", metavar="N", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--rows-in-one-task", metavar="N", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)

    from pyspark.sql import SparkSession

    from wirecopy.errors import WirecopyError
    from wirecopy.spark import dedup

    spark = SparkSession.builder.appName("wirecopy").getOrCreate()
    form = asked.format or ("json" if any(part in asked.input for part in (".jsonl", ".json", ".ndjson")) else "parquet")
    try:
        table = spark.read.format(form).load(asked.input)
        bounds = {"links_in_one_task": asked.links_in_one_task, "rows_in_one_task": asked.rows_in_one_task}
        more = {name: bound for name, bound in bounds.items() if bound is not None}
        id_col = asked.id_col or ("id" if "id" in table.columns else None)
        stages = asked.checkpoint_dir or f"{asked.output.rstrip('/')}/stages"
        found = dedup(table, id_col, asked.text_col, asked.threshold, asked.preset, stages, **more)
        found.clusters.write.mode("overwrite").parquet(f"{asked.output.rstrip('/')}/clusters")
        found.kept.write.mode("overwrite").parquet(f"{asked.output.rstrip('/')}/kept")
        if asked.facts:
            found.diffs.write.mode("overwrite").parquet(f"{asked.output.rstrip('/')}/diffs")
        rows = found._clusters.selectExpr("count(*) AS documents", "count_if(kept) AS kept", "count(DISTINCT cluster) AS clusters").first()
        hot = found.hot.count()
    except WirecopyError as fault:
        print(f"wirecopy: {fault}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(f"{rows['documents']} documents, {rows['kept']} kept; {hot} hot keys", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
