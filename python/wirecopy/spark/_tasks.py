"""What runs on the executors: batches of Arrow rows in, batches out. Each task works alone, on one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Batches = Iterator[Any]

SIGNED = "row bigint, fault string, words int, compared boolean, exact binary, glance binary, keys binary"
BUCKETS = "bucket bigint, row bigint"
LINKS = "later bigint, earlier bigint, bucket bigint, documents bigint"
PAIRS = "later bigint, earlier bigint"
VERDICTS = "row bigint, cluster bigint, kept boolean, counterpart bigint, relation string, jaccard double, containment double"


def _batch(table: Any) -> Any:
    import pyarrow

    return pyarrow.record_batch(table)


def sign(settings: str) -> Callable[[Batches], Batches]:
    """Rows (row, text) to what is needed of each document."""

    def task(batches: Batches) -> Batches:
        from wirecopy import _wirecopy

        for batch in batches:
            yield _batch(_wirecopy.sign(batch, settings))

    return task


def buckets(batches: Batches) -> Batches:
    """Rows (row, keys) to a row (bucket, row) for each band."""
    from wirecopy import _wirecopy

    for batch in batches:
        yield _batch(_wirecopy.buckets(batch))


def link(settings: str) -> Callable[[Batches], Batches]:
    """Sorted rows (bucket, row) to links and hot buckets; what does not come sorted raises OrderError."""

    def task(batches: Batches) -> Batches:
        from wirecopy import _wirecopy

        linker = _wirecopy.Linker(settings)
        for batch in batches:
            yield _batch(linker.link(batch))
        yield _batch(linker.end())

    return task


def near(settings: str) -> Callable[[Batches], Batches]:
    """Pairs with both glances to those that did not meet by chance."""

    def task(batches: Batches) -> Batches:
        from wirecopy import _wirecopy

        for batch in batches:
            yield _batch(_wirecopy.near(batch, settings))

    return task


def groups(everything: bool) -> Callable[[Batches], Batches]:
    """Links to (item, first of its group), over the links of this task."""

    def task(batches: Batches) -> Batches:
        from wirecopy import _wirecopy

        found = _wirecopy.Groups()
        for batch in batches:
            found.join(batch)
        yield _batch(found.firsts(everything))

    return task


def compare(settings: str) -> Callable[[Batches], Batches]:
    """Sorted pairs and texts of whole groups to verdicts; what does not come sorted raises OrderError."""

    def task(batches: Batches) -> Batches:
        from wirecopy import _wirecopy

        comparer = _wirecopy.Comparer(settings)
        for batch in batches:
            for table in comparer.compare(batch):
                yield _batch(table)
        yield _batch(comparer.end())

    return task
