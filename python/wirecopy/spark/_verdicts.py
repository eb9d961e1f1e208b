"""What is told of each row: verdicts of groups, exact copies, and those that stand alone, with ids for numbers."""

from __future__ import annotations

from typing import Any

from wirecopy.errors import InputError


def cluster_rows(named: Any, signed: Any, copies: Any, verdicts: Any) -> Any:
    """Rows (row, id, cluster, kept, counterpart, relation, jaccard, containment)."""
    from pyspark.sql import functions as f

    col = f.col
    # a copy has the verdict of the first one, if that is removed; else it is removed as a copy of it
    heads = signed.select("row", "fault").join(copies, "row", "left").withColumn("head", f.coalesce("first", "row"))
    told = heads.join(verdicts.select(col("row").alias("head"), *[c for c in verdicts.columns if c != "row"]), "head", "left")
    copy = col("first").isNotNull()
    own = ~copy | ~f.coalesce(col("kept"), f.lit(True))
    there = col("fault").isNull()
    told = told.select(
        "row",
        f.when(there, f.coalesce("cluster", "head")).alias("cluster"),
        (there & ~copy & f.coalesce(col("kept"), f.lit(True))).alias("kept"),
        f.when(own, col("counterpart")).otherwise(col("first")).alias("counterpart"),
        f.when(own, col("relation")).otherwise(f.lit("exact")).alias("relation"),
        f.when(own, col("jaccard")).otherwise(f.lit(1.0)).alias("jaccard"),
        f.when(own, col("containment")).otherwise(f.lit(1.0)).alias("containment"),
    )
    names = unique(named, signed.where(~there).select("row"))
    told = told.join(names, "row")
    columns = ["row", "id", "cluster", "kept", "counterpart", "relation", "jaccard", "containment"]
    # most rows stand alone and need no second look at names
    alone = (col("cluster").isNull() | (col("cluster") == col("row"))) & col("counterpart").isNull()
    single = told.where(alone).withColumn("cluster", f.when(col("cluster").isNotNull(), col("id")))
    single = single.withColumn("counterpart", f.lit(None).cast("string"))
    joined = told.where(~alone)
    joined = joined.join(names.select(col("row").alias("cluster"), col("id").alias("cluster_id")), "cluster")
    joined = joined.join(names.select(col("row").alias("counterpart"), col("id").alias("counterpart_id")), "counterpart", "left")
    joined = joined.drop("cluster", "counterpart").withColumnsRenamed({"cluster_id": "cluster", "counterpart_id": "counterpart"})
    return single.select(columns).unionByName(joined.select(columns)).orderBy("row")


def unique(named: Any, faulty: Any) -> Any:
    """Rows (row, id) whose repeated ids are numbered in their order: `x`, `x#2`, `x#3`. Rows that gave no document keep theirs."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    repeated = named.groupBy("id").count().where("count > 1").select("id")
    if repeated.limit(1).count() == 0:
        return named
    place = f.row_number().over(Window.partitionBy("id").orderBy("row"))
    again = named.join(repeated, "id").join(faulty, "row", "left_anti").withColumn("place", place)
    kept = named.join(repeated, "id").join(faulty, "row", "left_semi").select("row", "id")
    fresh = f.when(f.col("place") == 1, f.col("id")).otherwise(f.concat(f.col("id"), f.lit("#"), f.col("place").cast("string")))
    again = again.select("row", fresh.alias("id"))
    taken = again.where("id LIKE '%#%'").join(named.join(repeated, "id", "left_anti"), "id").limit(1).collect()
    if taken:
        raise InputError(f"the id {taken[0]['id']} stands in the table, and is needed for a repeated one: make the ids unique")
    return named.join(repeated, "id", "left_anti").select("row", "id").unionByName(kept).unionByName(again)
