"""What bands cannot find: rewrites, truncations and excerpts, by the grams that documents share. The stages of `--preset news`."""

from __future__ import annotations

from typing import Any

from wirecopy import _wirecopy
from wirecopy.spark import _heavy, _tasks
from wirecopy.spark._checkpoint import Checkpoint
from wirecopy.spark._components import components

#: What a row of `4-collapsed` tells of a document.
DOCUMENT, LINK, JOIN, HOLD, DERIVATIVE, HELD = range(6)


def derived_verdicts(store: Checkpoint, signed: Any, compared: Any, collapsed: Any, texts: Any, given: str, bounds: tuple[int, int]) -> Any:
    """Verdicts on all documents that any link joins. `compared` are rows (row, grams) of documents that are compared and no exact copies,
    `collapsed` what comparing the groups of bands gave; `bounds` the links and the rows of a key that one task takes."""
    links_in_one_task, rows_in_one_task = bounds
    statistics = store.stage("4-statistics", lambda: _statistics(signed))
    documents = statistics.first()["documents"]
    limit, least = _wirecopy.GramLinker(given, documents).rule
    gone = collapsed.where(f"kind = {LINK} AND removed").select("row")
    grammed = compared.join(gone, "row", "left_anti")
    heavy = store.stage("4-template", lambda: _heavy.template(_gram_rows, grammed, rows_in_one_task, limit))
    links = store.stage("4-grams", lambda: _gram_links(grammed, heavy, given, documents))
    shared = store.stage("4-shared", lambda: _shared(links, least))
    chosen = store.stage("4-chosen", lambda: _chosen(shared, signed, collapsed, given))
    # at most a thousand a document's grams, however large the corpus is
    over = links.where(f"documents > {limit}").select("bucket").collect()
    template = b"".join(row["bucket"].to_bytes(8, "little") for row in over)
    hashed = signed.select("row", "exact")
    derivatives = store.stage("4-derivatives", lambda: _beside(_asked(chosen), hashed, texts, given, template))
    stretches = store.stage("4-stretches", lambda: _beside(_pages(derivatives, collapsed), hashed, texts, given, None))
    pairs = collapsed.where(f"kind IN ({LINK}, {JOIN})").selectExpr("row AS later", "other AS earlier")
    pairs = pairs.unionByName(derivatives.select("later", "earlier"))
    groups = components(store, pairs, links_in_one_task, "4-settle")
    return store.stage("4-verdicts", lambda: _settled(groups, collapsed, derivatives, stretches, given))


def _statistics(signed: Any) -> Any:
    """What is usual in the corpus depends on its size: summed over the partitions."""
    from pyspark.sql import functions as f

    there = signed.where("fault IS NULL")
    return there.agg(f.count("*").alias("documents"), f.coalesce(f.sum("words"), f.lit(0)).alias("words"))


def _gram_rows(documents: Any) -> Any:
    return documents.select("row", "grams").mapInArrow(_tasks.grams, _tasks.BUCKETS)


def _gram_links(grammed: Any, heavy: Any, given: str, documents: int) -> Any:
    rows = _heavy.without(_gram_rows(grammed), heavy)
    links = rows.repartition("bucket").sortWithinPartitions("bucket", "row")
    links = links.mapInArrow(_tasks.link_grams(given, documents), _tasks.LINKS)
    hot = heavy.selectExpr("CAST(NULL AS bigint) AS later", "CAST(NULL AS bigint) AS earlier", "bucket", "documents")
    return links.unionByName(hot)


def _shared(links: Any, least: int) -> Any:
    pairs = links.where("later IS NOT NULL").groupBy("later", "earlier").count().withColumnRenamed("count", "shared")
    return pairs.where(f"shared >= {least}")


def _chosen(shared: Any, signed: Any, collapsed: Any, given: str) -> Any:
    """Pairs of one document in one task, in the order of the other."""
    clusters = collapsed.where(f"kind = {DOCUMENT}").select("row", "cluster")
    known = signed.selectExpr("row", "CAST(words AS bigint) AS words").join(clusters, "row", "left")
    known = known.selectExpr("row", "words", "coalesce(cluster, row) AS cluster")
    pairs = shared
    for side in ("later", "earlier"):
        of_side = known.selectExpr(f"row AS {side}", f"words AS words_{side}", f"cluster AS cluster_{side}")
        pairs = pairs.join(of_side, side)
    sorted_pairs = pairs.repartition("later").sortWithinPartitions("later", "earlier")
    return sorted_pairs.mapInArrow(_tasks.choose(given), _tasks.CHOSEN)


def _asked(chosen: Any) -> Any:
    """Rows (own, place, row): each document, then those that it is compared with."""
    own = chosen.select("later").distinct().selectExpr("later AS own", "0L AS place", "later AS row")
    return own.unionByName(chosen.selectExpr("later AS own", "place", "earlier AS row"))


def _pages(derivatives: Any, collapsed: Any) -> Any:
    """The same for pages that hold a whole text: the text of its cluster that it holds, or that another page of the cluster holds."""
    from pyspark.sql import functions as f

    pages = derivatives.where("page IS NOT NULL").select("page").distinct()
    clusters = collapsed.where(f"kind = {DOCUMENT}").selectExpr("row AS page", "cluster")
    holds = collapsed.where(f"kind = {HOLD}").selectExpr("row AS holder", "other AS text", "cluster")
    own = holds.groupBy("holder").agg(f.min("text").alias("own")).withColumnRenamed("holder", "page")
    first = holds.groupBy("cluster").agg(f.min(f.struct("holder", "text")).alias("one"))
    second = holds.join(first, "cluster").where("text <> one.text").groupBy("cluster").agg(f.min(f.struct("holder", "text")).alias("two"))
    told = pages.join(clusters, "page").join(own, "page", "left").join(first, "cluster", "left").join(second, "cluster", "left")
    # the page itself may be what the first one holds
    text = "coalesce(own, CASE WHEN one.text <> page THEN one.text ELSE two.text END)"
    told = told.selectExpr("page", f"{text} AS text").where("text IS NOT NULL")
    rows = told.selectExpr("page AS own", "0L AS place", "page AS row")
    return rows.unionByName(told.selectExpr("page AS own", "1L AS place", "text AS row"))


def _beside(asked: Any, hashed: Any, texts: Any, given: str, template: bytes | None) -> Any:
    rows = asked.join(hashed, "row").join(texts, "row").repartition("own").sortWithinPartitions("own", "place")
    return rows.mapInArrow(_tasks.compare_beside(given, template), _tasks.FOUND)


def _settled(groups: Any, collapsed: Any, derivatives: Any, stretches: Any, given: str) -> Any:
    """All that was found of a group in one task: its documents, then links."""
    group_of = groups.selectExpr("later AS a", "earlier AS `group`")
    columns = ["`group`", "kind", "a", "b", "found"]
    documents = group_of.selectExpr("`group`", f"{DOCUMENT}L AS kind", "a", "0L AS b", "CAST(NULL AS binary) AS found")
    found = collapsed.where(f"kind IN ({LINK}, {JOIN})").selectExpr("kind", "row AS a", "other AS b", "found")
    found = found.unionByName(derivatives.selectExpr(f"{DERIVATIVE}L AS kind", "later AS a", "earlier AS b", "found"))
    found = found.unionByName(stretches.selectExpr(f"{HELD}L AS kind", "later AS a", "earlier AS b", "found"))
    rows = documents.unionByName(found.join(group_of, "a").selectExpr(*columns))
    rows = rows.repartition("group").sortWithinPartitions("group", "kind", "a", "b")
    return rows.mapInArrow(_tasks.settle(given), _tasks.VERDICTS)
