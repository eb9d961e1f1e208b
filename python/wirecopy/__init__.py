"""wirecopy finds exact, near-duplicate, excerpted and rewritten news articles, traces them to the wire copy that they came from, and shows
what happened to each fact on the way.

- :func:`dedup`: one document of each cluster of near-duplicates, over a table in memory
- :func:`trace`: relations, clusters, lineage and fact diffs of a collection
- :func:`diff`: which facts of one text changed in others
- :class:`Index`: every document that was seen, in one file
- :func:`signature`: MinHash values
- :mod:`wirecopy.spark`: `dedup` for corpora beyond one machine
- :mod:`wirecopy.errors`: what can go wrong
"""

from wirecopy._dedup import Deduplicated, dedup
from wirecopy._documents import diff, trace
from wirecopy._index import Index
from wirecopy._signature import signature
from wirecopy._wirecopy import Column, Table, __version__
from wirecopy.errors import InputError, RunError, SettingError, StoreError, WirecopyError

__all__ = [
    "Column",
    "Deduplicated",
    "Index",
    "InputError",
    "RunError",
    "SettingError",
    "StoreError",
    "Table",
    "WirecopyError",
    "__version__",
    "dedup",
    "diff",
    "signature",
    "trace",
]
