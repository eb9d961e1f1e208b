from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from os import PathLike
from typing import Any, Literal

from wirecopy import _wirecopy
from wirecopy._documents import Document, records
from wirecopy._settings import Progress, settings
from wirecopy.errors import InputError


class Index:
    """Every document that was seen, in one file, and what a new one is to all of them: what `wirecopy index` works on.

    The file is made where it is not there. It may be used by several threads, which take turns, and by several processes. Use it as a
    context manager, or call :meth:`close`.

    :param path: the file.
    :param preset: what is compared; decided when the file is made (by default `news`).
    :param threshold: similarity from which documents are near-duplicates; decided when the file is made (by default 0.5).
    :param read_only: open a file that is there, to be asked only.
    :raises StoreError: the file cannot be opened, is damaged, or was made under other settings than these.
    :raises SettingError: a setting is out of range.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        preset: Literal["corpus", "news"] | None = None,
        threshold: float | None = None,
        read_only: bool = False,
    ) -> None:
        given = settings(preset=preset or "news", threshold=threshold)
        chosen = preset is not None or threshold is not None
        self._index = _wirecopy.OpenIndex(path, given if chosen else None, read_only)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; everything else raises :class:`StoreError` from now on."""
        self._index.close()

    def add(self, documents: Any, *, threads: int | None = None, progress: Progress | None = None) -> list[dict[str, Any]]:
        """Adds documents, 2,000 in each transaction: what is returned is on the disk.

        :param documents: see :func:`wirecopy.trace`.
        :returns: a row for each document, in their order: `id`, `number`, `cluster`, `added` (`new`, `version`, `copy`, `there`),
            `copy_of`, and `links` to documents that were there before, each with `with`, `relation`, `probability`, `jaccard`,
            `containment` and `containment_of_other`.
        :raises InputError: a document has no text; nothing was added then.
        :raises StoreError: the file cannot be changed. Whole transactions before stay.
        :raises KeyboardInterrupt: Ctrl-C, between two transactions.
        """
        told = json.loads(self._index.add(records(documents), threads, progress))
        return told["added"]

    def query(self, document: Document, *, threads: int | None = None) -> dict[str, Any]:
        """What a text is to everything in the index. Nothing is kept.

        :returns: `same` (the document with the very same words, or null), `found` (linked documents, the closest first, each with
            `document` and the keys of a link), `compared`, `bounded`, `agencies`.
        :raises InputError: the document has no text.
        :raises StoreError: the file cannot be read.
        """
        return json.loads(self._index.query(records([document]), threads))[0]

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Takes documents out; what is left is as if they had never been there.

        :returns: the ids that stood for no document.
        :raises StoreError: the file cannot be changed.
        """
        if isinstance(ids, str):
            raise InputError("give a list of ids, not one string")
        return self._index.remove(list(ids))[1]

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.get(id) is not None

    def get(self, id: str) -> dict[str, Any] | None:
        """The document of this id with its text and cluster, or None."""
        return json.loads(self._index.document(id))

    def documents(self, *, with_text: bool = False) -> Iterator[dict[str, Any]]:
        """All documents in the order in which they were added, each with its `cluster`."""
        after = 0
        while rows := json.loads(self._index.after(after, 1_000, with_text)):
            yield from rows
            after = rows[-1]["number"]

    def __len__(self) -> int:
        return self.info()["documents"]

    def info(self) -> dict[str, Any]:
        """How much the index holds, and under which settings: `documents`, `clusters`, `links`, `bytes` and more."""
        return json.loads(self._index.info())

    def check(self) -> list[str]:
        """Every row, key and cluster looked at: what is wrong; empty where the index is whole."""
        return self._index.check()

    def rebuild(self) -> dict[str, Any]:
        """Counts the collection anew, and compares everything again under these statistics."""
        return json.loads(self._index.rebuild())
