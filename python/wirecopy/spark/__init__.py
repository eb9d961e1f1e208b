"""`dedup` for corpora beyond one machine: Spark shuffles, spills and tries again; wirecopy hashes, links and compares.

The clusters are those of the command `wirecopy dedup` over the same rows in the same order, byte for byte. Every stage is a directory of
Parquet files under `checkpoint_dir`; one that is finished (`_SUCCESS`) is not made again, so that a run that was killed goes on where it
was. Spark 3.5 and 4; every executor needs this package.
"""

from wirecopy.spark._job import Deduplicated, dedup

__all__ = ["Deduplicated", "dedup"]
