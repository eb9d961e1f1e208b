from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from wirecopy import _wirecopy
from wirecopy._arrow import as_records, is_dataset
from wirecopy._settings import Progress, settings
from wirecopy.errors import InputError

Document = str | Mapping[str, Any]


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    raise InputError(f"a {type(value).__name__} in a document is neither text, number nor date")


def record(document: Document) -> Mapping[str, Any]:
    """A document as its record."""
    if isinstance(document, str):
        return {"text": document}
    if isinstance(document, Mapping):
        return document
    raise InputError(f"a {type(document).__name__} is no document: give a text, or a dict with the key text")


def records(documents: Any) -> str:
    """Documents as a JSON array of records."""
    if isinstance(documents, (str, Mapping)):
        documents = [documents]
    if is_dataset(documents) or hasattr(documents, "__arrow_c_stream__") or hasattr(documents, "__arrow_c_array__"):
        documents = as_records(documents)
    if not isinstance(documents, Iterable):
        raise InputError(f"a {type(documents).__name__} is no list of documents")
    return json.dumps([record(document) for document in documents], default=_plain)


def diff(
    base: Document,
    *variants: Document,
    with_text: bool = False,
    shingle_size: int | None = None,
    num_perm: int | None = None,
    threads: int | None = None,
) -> dict[str, Any]:
    """What happened to each fact of `base` in each of the `variants`: kept, reworded, altered, added, dropped.

    A document is a text, or a dict with the keys `text` and, where they are known, `id`, `title`, `url`, `publisher` and `date`. A text
    that is HTML is read as a page. Ids are `base` and `variant-1`, `variant-2` where none are given.

    :returns: `{"schema": "wirecopy.diff/1", "config", "documents", "diffs", "problems"}`, as `wirecopy diff --format json` writes it; one
        row of `diffs` for each variant, with its `facts`, `quotes` and `contradictions`. Spans are bytes of the UTF-8 text.
    :param with_text: put the texts into `documents`.
    :raises InputError: no variant, or the base has no text. A variant without a text is told in `problems`.
    :raises SettingError: a setting is out of range.
    """
    if not variants:
        raise InputError("give at least one variant to compare with the base")
    names = ["base"] + [f"variant-{number + 1}" for number in range(len(variants))]
    given = settings(shingle_size=shingle_size, num_perm=num_perm)
    return json.loads(_wirecopy.diff(records([base, *variants]), names, given, with_text, threads))


def trace(
    documents: Any,
    *,
    with_text: bool = False,
    shingle_size: int | None = None,
    num_perm: int | None = None,
    bands: int | None = None,
    rows: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """The whole answer on a collection: relations of pairs, clusters, who took from whom, and what happened to the facts.

    :param documents: texts or dicts (see :func:`diff`), or a table whose columns are called like the keys of these; the number of a
        document, counted from 0, is the id of one that has none.
    :returns: `{"schema": "wirecopy.report/1", "config", "documents", "pairs", "clusters", "fact_diffs", ...}`, as
        `wirecopy trace --format json` writes it. All documents are held in memory.
    :param with_text: put the texts into `documents`.
    :param threads: 1 to 1024; by default one a core. Results do not depend on it.
    :param progress: see :func:`wirecopy.dedup`.
    :raises InputError: no document has a text. Single ones without a text are told in `problems`.
    :raises SettingError: a setting is out of range.
    :raises KeyboardInterrupt: Ctrl-C.
    """
    given = settings(shingle_size=shingle_size, num_perm=num_perm, bands=bands, rows=rows)
    return json.loads(_wirecopy.trace(records(documents), given, with_text, threads, progress))
