from __future__ import annotations

from typing import Any, overload

from wirecopy import _wirecopy
from wirecopy._settings import settings


@overload
def signature(
    texts: str, *, shingle_size: int | None = None, num_perm: int | None = None, seed: int | None = None, threads: int | None = None
) -> list[int]: ...
@overload
def signature(
    texts: Any, *, shingle_size: int | None = None, num_perm: int | None = None, seed: int | None = None, threads: int | None = None
) -> _wirecopy.Column: ...
def signature(
    texts: Any,
    *,
    shingle_size: int | None = None,
    num_perm: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
) -> Any:
    """The MinHash values of a text, or of each text of a column: two signatures agree in as many places as their texts share shingles.

    :param texts: one text, or a column of strings of any Arrow library (`pyarrow.array`, a polars or pandas series).
    :returns: for one text a list of `num_perm` whole numbers below 2**32; for a column an Arrow column of shape (rows, num_perm), type
        `fixed_size_list<uint32>`, null where the text is null. `pyarrow.array(...)` takes it without a copy.
    :param shingle_size: words in a shingle, 1 to 16; by default 3.
    :param num_perm: values, 16 to 1024; by default 128.
    :param seed: seed of all hashes.
    :raises InputError: the column does not hold strings.
    :raises SettingError: a setting is out of range.
    """
    given = settings(shingle_size=shingle_size, num_perm=num_perm, seed=seed)
    if isinstance(texts, str):
        return _wirecopy.signature_of(texts, given)
    return _wirecopy.signatures(texts, given, threads)
