"""Tables of other libraries as Arrow, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wirecopy.errors import InputError


def is_dataset(table: Any) -> bool:
    """Whether it is a Hugging Face data set, which hands out Arrow only by its own methods."""
    return type(table).__module__.split(".")[0] == "datasets" and hasattr(table, "with_format")


def as_arrow(table: Any) -> Any:
    """Something with the Arrow PyCapsule interface that holds the rows of `table`."""
    if is_dataset(table):
        if not hasattr(table, "num_rows") or isinstance(table, Mapping):
            raise InputError("this is several splits or a stream; take one split, such as dataset['train']")
        # the rows that a selection leaves, in its order
        return table.with_format("arrow")[:]
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        return table
    if isinstance(table, Mapping):
        return _pyarrow().table(dict(table))
    if isinstance(table, list) and all(isinstance(row, Mapping) for row in table):
        return _pyarrow().Table.from_pylist(table)
    raise InputError(
        f"a {type(table).__name__} is no table: give one of pyarrow, polars, pandas 2.2 or newer, or datasets, "
        "a dict of columns or a list of dicts"
    )


def as_records(table: Any) -> list[dict[str, Any]]:
    """The rows of a table as dicts."""
    arrow = as_arrow(table)
    return _pyarrow().table(arrow).to_pylist()


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as missing:
        raise InputError("this needs pyarrow: pip install pyarrow") from missing
    return pyarrow


def rows_of(table: Any, rows: list[int]) -> Any:
    """These rows of a table, as the same kind of table."""
    if is_dataset(table):
        return table.select(rows)
    library = type(table).__module__.split(".")[0]
    if library == "pandas":
        return table.iloc[rows]
    if library == "polars":
        return table[rows]
    if library == "pyarrow":
        return table.take(rows)
    if isinstance(table, list):
        return [table[row] for row in rows]
    return _pyarrow().table(as_arrow(table)).take(rows)
