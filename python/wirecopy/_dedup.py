from __future__ import annotations

import json
from typing import Any, Literal

from wirecopy import _wirecopy
from wirecopy._arrow import as_arrow, rows_of
from wirecopy._settings import Progress, settings


class Deduplicated:
    """What :func:`dedup` found. It is a table of its own: hand it to `pyarrow.table`, `polars.DataFrame` or any other reader of the
    Arrow PyCapsule interface; nothing is copied.

    It has one row for each row of the input, in its order:

    ============= ========= ==================================================================================
    column        type      meaning
    ============= ========= ==================================================================================
    id            string    its id; a repeated one is numbered: `x`, `x#2`
    cluster       string    id of the first document of its cluster; null for a row without a text
    kept          bool      whether it stays
    counterpart   string    id of the document that it was verified against, or null
    relation      string    exact, near_duplicate, similar, excerpt or rewrite, or null
    jaccard       double    share of common shingles in all shingles of both, or null
    containment   double    share of its shingles that stand in the counterpart, or null
    ============= ========= ==================================================================================
    """

    def __init__(self, table: Any, clusters: _wirecopy.Table, summary: dict[str, Any]) -> None:
        self._table = table
        self._clusters = clusters
        #: Counts, times and memory of the run: what `wirecopy dedup --stats` writes.
        self.summary = summary

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._clusters.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._clusters)

    def __repr__(self) -> str:
        told = self.summary
        return f"<wirecopy.Deduplicated: {told['documents']} documents, {told['kept']} kept, {told['clusters']} clusters>"

    @property
    def kept(self) -> _wirecopy.Column:
        """The column of flags, shape (rows,): a mask for the input, for any reader of the Arrow PyCapsule interface."""
        return self._clusters.column("kept")

    @property
    def kept_rows(self) -> list[int]:
        """Numbers of the rows that stay, counted from 0, ascending."""
        return self._clusters.rows_where("kept")

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What the user should know: rows without a text (`line` is the number of the row, counted from 1), repeated ids."""
        return self.summary["problems"]

    def table(self) -> Any:
        """The rows that stay, as the kind of table that was handed in."""
        return rows_of(self._table, self.kept_rows)


def dedup(
    table: Any,
    *,
    id_col: str | None = None,
    text_col: str | None = None,
    date_col: str | None = None,
    preset: Literal["corpus", "news"] = "corpus",
    threshold: float | None = None,
    keep: Literal["first", "longest", "earliest"] = "first",
    giant_threshold: float | None = None,
    shingle_size: int | None = None,
    num_perm: int | None = None,
    bands: int | None = None,
    rows: int | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Deduplicated:
    """Keeps one document of each cluster of near-duplicates: what `wirecopy dedup` does, over a table in memory.

    The clusters are those of the command, byte for byte, whatever the number of threads.

    :param table: a table of pyarrow, polars, pandas (2.2 and newer) or `datasets`, anything else with the Arrow PyCapsule interface, a
        dict of columns or a list of dicts. Texts are read where they lie.
    :param id_col: column of ids, strings or whole numbers; by default `id`, or the number of the row where there is none.
    :param text_col: column of texts, strings; by default the first that is called `text`, `body`, `content` or the like. They are taken
        as plain text.
    :param date_col: column of dates, timestamps or ISO strings, for `keep="earliest"`.
    :param preset: `corpus` finds near-duplicates; `news` also truncations, excerpts and rewrites, and removes a document only when its
        text stands in one that stays.
    :param threshold: Jaccard similarity from which two documents are near-duplicates, above 0 and at most 1; by default 0.5.
    :param keep: which document of several stays.
    :param giant_threshold: form clusters of more than 1,000 different texts again, with this stricter similarity.
    :param shingle_size: words in a shingle, 1 to 16; by default 3.
    :param num_perm: values in a signature, 16 to 1024; by default 128.
    :param bands: LSH bands; by default chosen by the threshold.
    :param rows: values in a band; by default chosen by the threshold.
    :param threads: 1 to 1024; by default one a core. They end with the call.
    :param progress: called with the name of the stage, what is done of it and its whole, about 20 times a second, on the thread of the
        caller. What it raises stops the run and is raised.
    :raises SettingError: a setting is out of range.
    :raises InputError: no such column, a column of another type, or no table.
    :raises RunError: the run failed half-way.
    :raises KeyboardInterrupt: Ctrl-C; nothing is left behind.
    """
    given = settings(
        preset=preset,
        threshold=threshold,
        keep=keep,
        date_field=date_col,
        giant_threshold=giant_threshold,
        shingle_size=shingle_size,
        num_perm=num_perm,
        bands=bands,
        rows=rows,
    )
    clusters, summary = _wirecopy.dedup(as_arrow(table), [id_col, text_col], given, threads, progress)
    return Deduplicated(table, clusters, json.loads(summary))
