"""Connected components of candidate pairs."""

from __future__ import annotations

from functools import partial
from typing import Any

from wirecopy.errors import RunError
from wirecopy.spark import _tasks
from wirecopy.spark._checkpoint import Checkpoint

#: Rounds after which something is wrong: they grow with the logarithm of the longest chain.
MOST_ROUNDS = 60


def components(store: Checkpoint, pairs: Any, in_one_task: int, name: str = "3") -> Any:
    """Rows (later, earlier): each document of a pair with the first one of its component, which stands there with itself.

    Each task first joins what it has by union-find, which leaves at most one link for a document. While few links are left, one task
    joins them all (40 bytes of memory for a document); else they are joined in rounds of large-star and small-star (Kiveris and others,
    Connected Components in MapReduce and Beyond, 2014), each round a directory. The names of these begin with `name`.
    """
    links = store.stage(f"{name}-links", lambda: pairs.mapInArrow(_tasks.groups(False), _tasks.PAIRS))
    if links.count() <= in_one_task:
        return store.stage(f"{name}-groups", lambda: links.coalesce(1).mapInArrow(_tasks.groups(True), _tasks.PAIRS))

    def rounds() -> Any:
        stars, before = links, None
        for number in range(MOST_ROUNDS):
            stars = store.stage(f"{name}-round-{number:02}", partial(_round, stars))
            now = _state(stars)
            if now == before:
                return _with_firsts(stars)
            before = now
        raise RunError(f"the components did not settle in {MOST_ROUNDS} rounds")

    return store.stage(f"{name}-groups", rounds)


def _round(links: Any) -> Any:
    return _small_star(_large_star(links))


def _both_ways(links: Any) -> Any:
    turned = links.selectExpr("earlier AS later", "later AS earlier")
    return links.unionByName(turned).selectExpr("later AS item", "earlier AS other")


def _large_star(links: Any) -> Any:
    """Each item's larger neighbours are linked with the smallest of its neighbours and itself."""
    near = _both_ways(links)
    least = near.groupBy("item").agg({"other": "min"}).selectExpr("item", "least(item, `min(other)`) AS first")
    return near.where("other > item").join(least, "item").selectExpr("other AS later", "first AS earlier").distinct()


def _small_star(links: Any) -> Any:
    """Each item's smaller neighbours, and itself, are linked with the smallest of them."""
    least = links.groupBy("later").agg({"earlier": "min"}).selectExpr("later", "`min(earlier)` AS first")
    others = links.join(least, "later").where("earlier <> first").selectExpr("earlier AS later", "first AS earlier")
    return others.unionByName(least.selectExpr("later", "first AS earlier")).distinct()


def _state(links: Any) -> tuple[int, int, int]:
    """What changes when a link changes."""
    row = links.selectExpr("count(*)", "bit_xor(xxhash64(later, earlier))", "bit_xor(xxhash64(earlier, later, 7))").first()
    return tuple(row)


def _with_firsts(links: Any) -> Any:
    firsts = links.selectExpr("earlier AS later", "earlier").distinct()
    return links.unionByName(firsts)
