"""The stages in their order."""

from __future__ import annotations

from typing import Any, Literal

from wirecopy import _wirecopy
from wirecopy._settings import settings as settings_of
from wirecopy.errors import InputError
from wirecopy.spark import _heavy, _tasks
from wirecopy.spark._checkpoint import Checkpoint, files_of
from wirecopy.spark._components import components
from wirecopy.spark._derivatives import derived_verdicts
from wirecopy.spark._verdicts import cluster_rows

#: Links that one task joins; more are joined in rounds.
IN_ONE_TASK = 50_000_000
#: Documents of a key that one task takes; a key of more is cut into parts.
ROWS_IN_ONE_TASK = 4_000_000
#: Names of our own columns; those of the input may have any other.
ROW, ID, TEXT = "_wirecopy_row", "_wirecopy_id", "_wirecopy_text"


class Deduplicated:
    """What a run found, as tables of Spark that lie in its checkpoint directory.

    :ivar clusters: one row for each row of the input, in its order, with the columns of :class:`wirecopy.Deduplicated`.
    :ivar hot: keys that so many documents share that not all of their pairs were formed: `bucket`, `documents`.
    """

    def __init__(self, store: Checkpoint, documents: Any, clusters: Any, hot: Any, settings: dict[str, Any]) -> None:
        self._store = store
        self._documents = documents
        self._clusters = clusters
        self._settings = settings
        self.hot = hot

    @property
    def clusters(self) -> Any:
        return self._clusters.orderBy(ROW).drop(ROW)

    @property
    def kept(self) -> Any:
        """The rows of the input that stay, with all their columns."""
        gone = self._clusters.where("NOT kept").select(ROW)
        return self._documents.join(gone, ROW, "left_anti").drop(ROW, ID, TEXT)

    @property
    def diffs(self) -> Any:
        """What happened to the facts of each document that derives from another and is no exact copy: one row for each, a stage of its own.

        Columns: `variant`, its id; `base`, the id of its counterpart, and their `relation`; how many facts were `kept`, `reworded`,
        `altered`, `added`, `dropped`; and `diff`, the row of `diffs` that `wirecopy diff BASE VARIANT --format json` writes. The base is
        the document that the variant was verified against; who took from whom is what :func:`wirecopy.trace` finds.
        """
        return self._store.stage("6-diffs", self._make_diffs)

    def _make_diffs(self) -> Any:
        pairs = self._clusters.where("counterpart IS NOT NULL AND relation <> 'exact'")
        pairs = pairs.selectExpr(ROW, "id AS variant", "counterpart AS base", "relation")
        texts = self._documents.selectExpr(ROW, f"{TEXT} AS text")
        named = self._clusters.select(ROW, "id").join(texts, ROW).selectExpr("id AS base", "text AS base_text")
        rows = pairs.join(texts, ROW).join(named, "base").select("variant", "base", "relation", "text", "base_text")
        return rows.mapInArrow(_tasks.diff(self._settings), _tasks.DIFFS)


def dedup(
    df: Any,
    id_col: str | None = None,
    text_col: str = "text",
    threshold: float | None = None,
    preset: Literal["corpus", "news"] = "corpus",
    checkpoint_dir: str | None = None,
    *,
    shingle_size: int | None = None,
    num_perm: int | None = None,
    bands: int | None = None,
    rows: int | None = None,
    links_in_one_task: int = IN_ONE_TASK,
    rows_in_one_task: int = ROWS_IN_ONE_TASK,
) -> Deduplicated:
    """Keeps one document of each cluster of near-duplicates of a Spark table: the first one in the order in which Spark reads the rows.

    :param df: a table of Spark. Rows of one file come in its order; of several files in that in which Spark reads them: order the table
        where it matters which document of a cluster stays.
    :param id_col: column of ids; without one the number of the row is its id. Repeated ids are numbered: `x`, `x#2`.
    :param text_col: column of texts, strings.
    :param threshold: Jaccard similarity from which two documents are near-duplicates; by default 0.5.
    :param preset: `corpus` finds near-duplicates; `news` truncations, excerpts and rewrites as well, and removes only what stands in a
        document that is kept.
    :param checkpoint_dir: directory of the stages, on a file system that all executors reach. A run that was stopped goes on when it is
        called again with the same table, settings and directory.
    :param shingle_size: see :func:`wirecopy.dedup`, as for `num_perm`, `bands` and `rows`.
    :param links_in_one_task: while at most so many links are left, one task forms the groups; results do not depend on it.
    :param rows_in_one_task: a key that about so many documents have, and more, is cut into parts; results do not depend on it.
    :raises InputError: no such column, or a column of another type.
    :raises SettingError: a setting is out of range.
    :raises StoreError: the directory belongs to another run.
    :raises OrderError: inside of a task: rows did not come sorted. Nothing is written then.
    """
    if checkpoint_dir is None:
        raise InputError("name a checkpoint_dir that all executors reach: the stages of the run go there")
    given = settings_of(preset=preset, threshold=threshold, shingle_size=shingle_size, num_perm=num_perm, bands=bands, rows=rows)
    fingerprint = _wirecopy.fingerprint(given)
    _check_columns(df, id_col, text_col)
    spark = df.sparkSession
    belongs_to = {
        "version": _wirecopy.__version__,
        "config": fingerprint,
        "inputs": files_of(spark, df),
        "columns": df.schema.jsonValue(),
        "id_col": id_col,
        "text_col": text_col,
    }
    store = Checkpoint(spark, checkpoint_dir, belongs_to)

    documents = store.stage("0-ids", lambda: _numbered(df, id_col, text_col))
    texts = documents.selectExpr(f"{ROW} AS row", f"{TEXT} AS text")
    signed = store.stage("1-signatures", lambda: texts.mapInArrow(_tasks.sign(given), _tasks.SIGNED))
    copies = store.stage("1-copies", lambda: _copies(signed))
    compared = signed.where("compared").join(copies.select("row"), "row", "left_anti")
    keyed = compared.select("row", "keys")
    window = _wirecopy.Linker(given).window
    heavy = store.stage("2-heavy", lambda: _heavy.parts(_band_rows, keyed, rows_in_one_task, window))
    links = store.stage("2-links", lambda: _heavy.linked(_band_rows, keyed, heavy, given, window))
    candidates = store.stage("2-candidates", lambda: _near(links, signed, given))
    groups = components(store, candidates, links_in_one_task)
    if preset == "news":
        collapsed = store.stage("4-collapsed", lambda: _compared(candidates, groups, signed, texts, given, _tasks.COLLAPSED))
        verdicts = derived_verdicts(
            store, signed, compared.select("row", "grams"), collapsed, texts, given, (links_in_one_task, rows_in_one_task)
        )
    else:
        verdicts = store.stage("4-verdicts", lambda: _compared(candidates, groups, signed, texts, given, _tasks.VERDICTS))
    named = documents.selectExpr(f"{ROW} AS row", f"{ID} AS id")
    clusters = store.stage("5-clusters", lambda: cluster_rows(named, signed, copies, verdicts).withColumnRenamed("row", ROW))
    hot = links.where("bucket IS NOT NULL").select("bucket", "documents")
    return Deduplicated(store, documents, clusters, hot, {"shingle_size": shingle_size, "num_perm": num_perm})


def _check_columns(df: Any, id_col: str | None, text_col: str) -> None:
    types = dict(df.dtypes)
    for name in (id_col, text_col):
        if name is not None and name not in types:
            raise InputError(f"there is no column {name}; the table has {', '.join(df.columns)}")
    if types[text_col] != "string":
        raise InputError(f"the column {text_col} is of {types[text_col]}, not of strings")
    if id_col is not None and types[id_col] not in ("string", "bigint", "int", "smallint", "tinyint"):
        raise InputError(f"the column {id_col} is of {types[id_col]}, not of strings or whole numbers")
    taken = [name for name in df.columns if name in (ROW, ID, TEXT)]
    if taken:
        raise InputError(f"the table has a column {taken[0]} already")


def _numbered(df: Any, id_col: str | None, text_col: str) -> Any:
    """The rows with their numbers, which follow their order, and stay what they are because they are written down."""
    from pyspark.sql import functions as f

    numbered = df.withColumn(ROW, f.monotonically_increasing_id())
    id = f.col(f"`{id_col}`").cast("string") if id_col is not None else f.lit(None).cast("string")
    numbered = numbered.withColumn(ID, f.coalesce(f.when(id != "", id), f.col(ROW).cast("string")))
    return numbered.withColumn(TEXT, f.col(f"`{text_col}`"))


def _copies(signed: Any) -> Any:
    """Rows (row, first): documents with the very same words as an earlier one."""
    from pyspark.sql import functions as f

    compared = signed.where("compared").select("row", "exact")
    firsts = compared.groupBy("exact").agg(f.min("row").alias("first"), f.count("*").alias("n")).where("n > 1").drop("n")
    return compared.join(firsts, "exact").where("row <> first").select("row", "first")


def _band_rows(documents: Any) -> Any:
    return documents.mapInArrow(_tasks.buckets, _tasks.BUCKETS)


def _near(links: Any, signed: Any, given: str) -> Any:
    pairs = links.where("later IS NOT NULL").select("later", "earlier").distinct()
    pairs = pairs.join(signed.selectExpr("row AS later", "glance AS glance_later"), "later")
    pairs = pairs.join(signed.selectExpr("row AS earlier", "glance AS glance_earlier"), "earlier")
    return pairs.select("later", "earlier", "glance_later", "glance_earlier").mapInArrow(_tasks.near(given), _tasks.PAIRS)


def _compared(candidates: Any, groups: Any, signed: Any, texts: Any, given: str, columns: str) -> Any:
    """Pairs and texts of a group in one task, the pairs first, then the documents in their order."""
    group_of = groups.selectExpr("later AS row", "earlier AS `group`")
    pairs = candidates.join(group_of.withColumnRenamed("row", "later"), "later").selectExpr(
        "`group`", "0L AS kind", "later AS a", "earlier AS b", "CAST(NULL AS binary) AS exact", "CAST(NULL AS string) AS text"
    )
    documents = group_of.join(signed.select("row", "exact"), "row").join(texts, "row")
    documents = documents.selectExpr("`group`", "1L AS kind", "row AS a", "0L AS b", "exact", "text")
    rows = pairs.unionByName(documents).repartition("group").sortWithinPartitions("group", "kind", "a", "b")
    return rows.mapInArrow(_tasks.compare(given), columns)
