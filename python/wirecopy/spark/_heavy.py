"""Keys that so many documents have that one task would sit over them while all others are done."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from wirecopy.spark import _tasks

#: Documents of a key that are looked for in a sample.
SEEN = 1000
HEAVY = "part bigint, bucket bigint, low bigint, high bigint, documents bigint, context array<bigint>"
LAST = (1 << 63) - 1


def sampled(rows: Any, in_one_task: int) -> tuple[Any, int]:
    """One document in so many of `rows`, by a hash of its number, so that a rerun takes the same ones; and in how many."""
    one_in = max(1, in_one_task // SEEN)
    return rows.where(f"pmod(xxhash64(row), {one_in}) = 0"), one_in


def parts(rows_of: Any, documents: Any, in_one_task: int, window: int) -> Any:
    """Buckets of about `in_one_task` documents and more, cut into parts of about so many by the numbers of their rows.

    A row for each part: its rows are from `low` to before `high`; `context` is the first row of the bucket and the last `window` rows before
    the part, with which those of the part are linked as well; `documents` are those of the bucket. `rows_of` makes rows (bucket, row) of
    documents. The sample decides what is cut, and where: the links are the same whatever it says.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    spark = documents.sparkSession
    some, one_in = sampled(documents, in_one_task)
    counted = rows_of(some).groupBy("bucket").agg(f.count("*").alias("n"))
    heavy = counted.where(f"n * {one_in} >= {in_one_task}").select("bucket")
    rows = rows_of(some).join(f.broadcast(heavy), "bucket").groupBy("bucket").agg(f.sort_array(f.collect_list("row")).alias("rows"))
    step = max(1, in_one_task // one_in)
    ranges: list[tuple[int, int, int, int]] = []
    for row in sorted(rows.collect()):
        bounds = [-1, *row["rows"][step::step], LAST]
        ranges += [(part, row["bucket"], low, high) for part, (low, high) in enumerate(pairwise(bounds), len(ranges))]
    if not ranges:
        return spark.createDataFrame([], HEAVY)
    cut = spark.createDataFrame(ranges, "part bigint, bucket bigint, low bigint, high bigint")
    own = in_parts(rows_of(documents), cut)
    counts = {row["part"]: row for row in own.groupBy("part").agg(f.count("*").alias("n"), f.min("row").alias("first")).collect()}
    place = f.row_number().over(Window.partitionBy("part").orderBy(f.desc("row")))
    tails: dict[int, list[int]] = {}
    for row in own.withColumn("place", place).where(f"place <= {window}").collect():
        tails.setdefault(row["part"], []).append(row["row"])
    total: dict[int, int] = {}
    for part, bucket, _, _ in ranges:
        total[bucket] = total.get(bucket, 0) + (counts[part]["n"] if part in counts else 0)
    out, first, before, of = [], None, [], None
    for part, bucket, low, high in ranges:
        if bucket != of:
            first, before, of = None, [], bucket
        out.append((part, bucket, low, high, total[bucket], sorted({*before, *([] if first is None else [first])})))
        if part in counts:
            first = counts[part]["first"] if first is None else first
            before = sorted([*before, *tails[part]])[-window:]
    return spark.createDataFrame(out, HEAVY)


def in_parts(rows: Any, parts: Any) -> Any:
    """Rows (bucket, row) of cut buckets as (part, row)."""
    from pyspark.sql import functions as f

    return rows.join(f.broadcast(parts), "bucket").where("row >= low AND row < high").select("part", "row")


def without(rows: Any, heavy: Any) -> Any:
    """Rows (bucket, row) but for those of heavy buckets."""
    from pyspark.sql import functions as f

    return rows.join(f.broadcast(heavy.select("bucket").distinct()), "bucket", "left_anti").select("bucket", "row")


def linked(rows_of: Any, documents: Any, heavy: Any, given: str, window: int) -> Any:
    """Links and hot buckets of all rows: rows of a bucket, or of a part of one, in one task, sorted; what the tasks get is checked there."""
    from pyspark.sql import functions as f

    def tasks(rows: Any, parts: bool = False) -> Any:
        return rows.repartition("bucket").sortWithinPartitions("bucket", "row").mapInArrow(_tasks.link(given, parts), _tasks.LINKS)

    if heavy.isEmpty():
        return tasks(rows_of(documents))
    own = in_parts(rows_of(documents), heavy.drop("documents", "context")).selectExpr("part AS bucket", "row", "false AS known")
    context = heavy.select(f.col("part").alias("bucket"), f.explode("context").alias("row"), f.lit(True).alias("known"))
    hot = heavy.where(f"documents > {window + 1}").select("bucket", "documents").distinct()
    hot = hot.selectExpr("CAST(NULL AS bigint) AS later", "CAST(NULL AS bigint) AS earlier", "bucket", "documents")
    return tasks(without(rows_of(documents), heavy)).unionByName(tasks(own.unionByName(context), True)).unionByName(hot)


def template(rows_of: Any, documents: Any, in_one_task: int, limit: int) -> Any:
    """Of gram keys that about `in_one_task` documents and more have those that are over `limit`: rows (bucket, documents), counted whole."""
    from pyspark.sql import functions as f

    some, one_in = sampled(documents, in_one_task)
    likely = rows_of(some).groupBy("bucket").agg(f.count("*").alias("n")).where(f"n * {one_in} >= {in_one_task}").select("bucket")
    counted = rows_of(documents).join(f.broadcast(likely), "bucket").groupBy("bucket").agg(f.count("*").alias("documents"))
    return counted.where(f"documents > {limit}")
