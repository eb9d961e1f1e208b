"""What runs on the executors: batches of Arrow rows in, batches out. Each task works alone, on one thread."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from wirecopy import _wirecopy

Batches = Iterator[Any]

SIGNED = "row bigint, fault string, words int, compared boolean, exact binary, glance binary, keys binary, grams binary"
BUCKETS = "bucket bigint, row bigint"
LINKS = "later bigint, earlier bigint, bucket bigint, documents bigint"
PAIRS = "later bigint, earlier bigint"
SHARED = "later bigint, earlier bigint, shared bigint"
CHOSEN = "later bigint, place bigint, earlier bigint"
COLLAPSED = "kind bigint, row bigint, other bigint, cluster bigint, removed boolean, found binary"
FOUND = "later bigint, earlier bigint, page bigint, found binary"
DIFFS = "variant string, base string, relation string, kept int, reworded int, altered int, added int, dropped int, diff string"
VERDICTS = "row bigint, cluster bigint, kept boolean, counterpart bigint, relation string, jaccard double, containment double"


class _Stage(Protocol):
    """What holds a few rows between batches: it takes sorted ones, and gives tables when it has them, and the rest in the end."""

    def take(self, rows: Any) -> list[Any]: ...

    def end(self) -> Any: ...


def _batch(table: Any) -> Any:
    import pyarrow

    return pyarrow.record_batch(table)


def _each(one: Callable[[Any], Any]) -> Callable[[Batches], Batches]:
    """Each batch to another one."""
    return lambda batches: (_batch(one(batch)) for batch in batches)


def _sorted(make: Callable[[], _Stage], ends: bool = True) -> Callable[[Batches], Batches]:
    """Sorted batches of a task, through one stage that `make` makes there; what does not come sorted raises OrderError."""

    def task(batches: Batches) -> Batches:
        stage = make()
        for batch in batches:
            yield from map(_batch, stage.take(batch))
        if ends:
            yield _batch(stage.end())

    return task


def sign(settings: str) -> Callable[[Batches], Batches]:
    """Rows (row, text) to what is needed of each document."""
    return _each(lambda batch: _wirecopy.sign(batch, settings))


def buckets(batches: Batches) -> Batches:
    """Rows (row, keys) to a row (bucket, row) for each band."""
    return _each(_wirecopy.buckets)(batches)


def grams(batches: Batches) -> Batches:
    """Rows (row, grams) to a row (bucket, row) for each gram key."""
    return _each(_wirecopy.grams)(batches)


def near(settings: str) -> Callable[[Batches], Batches]:
    """Pairs with both glances to those that did not meet by chance."""
    return _each(lambda batch: _wirecopy.near(batch, settings))


def link(settings: str, parts: bool = False) -> Callable[[Batches], Batches]:
    """Sorted rows (bucket, row) to links and hot buckets, of parts of buckets (part, row, known) to links."""
    # a part that ends is no bucket that ends
    return _sorted(lambda: _wirecopy.Linker(settings), ends=not parts)


def link_grams(settings: str, documents: int) -> Callable[[Batches], Batches]:
    """Sorted rows (bucket, row) of gram keys to links and hot keys."""
    return _sorted(lambda: _wirecopy.GramLinker(settings, documents))


def groups(everything: bool) -> Callable[[Batches], Batches]:
    """Links to (item, first of its group), over the links of this task."""

    def task(batches: Batches) -> Batches:
        found = _wirecopy.Groups()
        for batch in batches:
            found.join(batch)
        yield _batch(found.firsts(everything))

    return task


def _spool_folder() -> str | None:
    """Where Spark lets its workers put what does not fit into memory."""
    folders = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")
    return next((folder for folder in folders if folder and os.access(folder, os.W_OK)), None)


def compare(settings: str, in_memory: int | None = None) -> Callable[[Batches], Batches]:
    """Sorted pairs and texts of whole groups to verdicts.

    Texts of a group beyond `in_memory` bytes wait in a file, which has no name any more: it is gone with the task, however that ends.
    """

    def comparer() -> _Stage:
        with tempfile.NamedTemporaryFile(prefix="wirecopy-", dir=_spool_folder()) as spool:
            return _wirecopy.Comparer(settings, spool.name, in_memory)

    return _sorted(comparer)


def choose(settings: str) -> Callable[[Batches], Batches]:
    """Sorted pairs of each document to those that are compared."""
    return _sorted(lambda: _wirecopy.Chooser(settings))


def compare_beside(settings: str, template: bytes | None) -> Callable[[Batches], Batches]:
    """Sorted texts of documents, each before those that it is compared with, to derivatives; without `template` to stretches of pages."""
    return _sorted(lambda: _wirecopy.Sources(settings, template))


def settle(settings: str) -> Callable[[Batches], Batches]:
    """Sorted rows of all that was found of whole groups to verdicts."""
    return _sorted(lambda: _wirecopy.Settler(settings))


def diff(settings: dict[str, Any]) -> Callable[[Batches], Batches]:
    """Rows (variant, base, relation, text, base_text) to what happened to the facts."""

    def task(batches: Batches) -> Batches:
        import json

        import pyarrow

        from wirecopy._documents import diff as diff_of

        marks = ("kept", "reworded", "altered", "added", "dropped")
        for batch in batches:
            rows = []
            for row in batch.to_pylist():
                base, variant = {"id": row["base"], "text": row["base_text"]}, {"id": row["variant"], "text": row["text"]}
                (found,) = diff_of(base, variant, threads=1, **settings)["diffs"]
                counts = {mark: sum(fact["mark"] == mark for fact in found["facts"]) for mark in marks}
                told = json.dumps(found, ensure_ascii=False)
                rows.append({"variant": row["variant"], "base": row["base"], "relation": row["relation"], **counts, "diff": told})
            names = pyarrow.schema(
                [(name, pyarrow.string()) for name in ("variant", "base", "relation")]
                + [(mark, pyarrow.int32()) for mark in marks]
                + [("diff", pyarrow.string())]
            )
            yield pyarrow.RecordBatch.from_pylist(rows, names)

    return task
