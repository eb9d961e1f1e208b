"""The directory of a run: a manifest that says what it belongs to, and a directory for each stage."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from wirecopy.errors import InputError, StoreError

MANIFEST = "manifest.json"
SCHEMA = "wirecopy.spark/2"


class Checkpoint:
    """Stages under `path`, which any file system of Hadoop may hold."""

    def __init__(self, spark: Any, path: str, belongs_to: dict[str, Any]) -> None:
        if not hasattr(spark, "_jvm"):
            raise InputError("Spark Connect hides the file system; run this in a session of its own (spark-submit)")
        self.spark = spark
        self.path = path.rstrip("/")
        self._jvm = spark._jvm
        root = self._jvm.org.apache.hadoop.fs.Path(self.path)
        self._files = root.getFileSystem(spark._jsc.hadoopConfiguration())
        # the same on every machine and in every session
        self.path = self._files.makeQualified(root).toString()
        self._open({"schema": SCHEMA, **belongs_to})

    def _at(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(f"{self.path}/{name}")

    def _open(self, manifest: dict[str, Any]) -> None:
        manifest = json.loads(json.dumps(manifest))
        place = self._at(MANIFEST)
        if self._files.exists(place):
            stream = self._files.open(place)
            try:
                text = self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
            finally:
                stream.close()
            try:
                found = json.loads(text)
            except json.JSONDecodeError as fault:
                raise StoreError(f"{self.path}/{MANIFEST} is damaged; name another checkpoint_dir") from fault
            differ = sorted(name for name in {*found, *manifest} if found.get(name) != manifest.get(name))
            if differ:
                raise StoreError(
                    f"{self.path} belongs to another run: {', '.join(differ)} differ; name another checkpoint_dir, or remove this one"
                )
            return
        if self._files.exists(self._at("0-ids")):
            raise StoreError(f"{self.path} has stages and no {MANIFEST}; name another checkpoint_dir, or remove this one")
        # another name first: a manifest is there as a whole or not at all
        partial = self._at(MANIFEST + ".partial")
        self._files.mkdirs(self._at("."))
        stream = self._files.create(partial, True)
        try:
            stream.write(bytearray(json.dumps(manifest, indent=2, sort_keys=True).encode()))
        finally:
            stream.close()
        if not self._files.rename(partial, place):
            raise StoreError(f"{self.path}/{MANIFEST} cannot be written")

    def done(self, stage: str) -> bool:
        """Whether a stage is finished."""
        return bool(self._files.exists(self._at(f"{stage}/_SUCCESS")))

    def stage(self, stage: str, make: Callable[[], Any]) -> Any:
        """The rows of a stage: those of the directory, made first where it is not finished."""
        if not self.done(stage):
            context = self.spark.sparkContext
            context.setJobDescription(f"wirecopy {stage}")
            try:
                make().write.mode("overwrite").parquet(f"{self.path}/{stage}")
            finally:
                context.setJobDescription(None)
            if not self.done(stage):
                switch = "mapreduce.fileoutputcommitter.marksuccessfuljobs"
                raise StoreError(f"{self.path}/{stage} has no _SUCCESS, which says that it is whole: leave {switch} on")
        return self.spark.read.parquet(f"{self.path}/{stage}")


def files_of(spark: Any, frame: Any) -> list[list[Any]]:
    """The files that a table is read from, each with its length and time of change."""
    out = []
    for name in sorted(frame.inputFiles()):
        path = spark._jvm.org.apache.hadoop.fs.Path(name)
        status = path.getFileSystem(spark._jsc.hadoopConfiguration()).getFileStatus(path)
        out.append([name, status.getLen(), status.getModificationTime()])
    return out
