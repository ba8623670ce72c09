"""How long teams were on scenes: the last ones of each kind, from which it is told when the next may be over."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from console.domain.vocabulary import Program

KEPT = 200
"""Scenes that each kind keeps: months of a small program, and little enough to carry from run to run."""

LONGEST_S = 24 * 3_600
"""What lasted longer was left open and forgotten; it is no scene."""


class Like(StrEnum):
    """Which scenes a team's is compared with, the nearest kind that has enough of them."""

    CATEGORY = "category"
    """Those of its program and of the nature's category."""

    PROGRAM = "program"
    ALL = "all"


class Scene(Struct, frozen=True, gc=False, array_like=True):
    """One team's time at one call, from its arrival until it was free again, in whole seconds."""

    call: str
    unit: str
    ended_at: datetime
    took_s: int


class Placed(NamedTuple):
    """A scene with the kind it is of."""

    scene: Scene
    program: Program
    category: str


class Pool(Struct, frozen=True, gc=False, array_like=True):
    """The last scenes of one kind, by their end, and their lengths in order."""

    scenes: tuple[Scene, ...] = ()
    spans: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.spans)

    def median_s(self) -> float:
        """The middle length; there must be any."""
        return _middle(self.spans)

    def longer(self, than_s: float) -> "Pool":
        """Those that took longer than that, without their scenes: what a team can be compared with that is past it."""
        return Pool((), self.spans[bisect_right(self.spans, than_s) :])


class Scenes(Struct, frozen=True):
    """The scenes by kind: ``program/category``, ``program`` and the empty name for all."""

    kinds: dict[str, Pool] = {}

    def pool(self, like: Like, program: Program, category: str) -> Pool:
        """The scenes of that kind."""
        return self.kinds.get(_names(program, category)[like], _NONE)

    def moved(self, gone: Iterable[Placed], come: Iterable[Placed]) -> "Scenes":
        """Without the scenes ``gone`` and with those that ``come``, in whatever order; a kind keeps its last ones.

        A scene is one team's at one call: a corrected one takes the place of what was told before.
        """
        out, into = _by_kind(gone), _by_kind(come)
        if not out and not into:
            return self
        kinds = dict(self.kinds)
        for name in out.keys() | into.keys():
            held = {_key(scene): scene for scene in kinds.get(name, _NONE).scenes}
            for scene in out.get(name, ()):
                held.pop(_key(scene), None)
            held.update((_key(scene), scene) for scene in into.get(name, ()))
            kinds[name] = _pooled(held.values())
        return Scenes({name: kinds[name] for name in sorted(kinds) if kinds[name]})

    def carried(self, old: "Scenes") -> "Scenes":
        """With the scenes ``old`` of an earlier run; what this one knows of the same team at the same call holds."""
        kinds = {}
        for name in sorted(self.kinds.keys() | old.kinds.keys()):
            mine = {_key(scene): scene for scene in self.kinds.get(name, _NONE).scenes}
            theirs = {_key(scene): scene for scene in old.kinds.get(name, _NONE).scenes}
            kinds[name] = _pooled({**theirs, **mine}.values())
        return Scenes(kinds)


_NONE = Pool()


def _names(program: Program, category: str) -> Mapping[Like, str]:
    return {Like.CATEGORY: f"{program}/{category}", Like.PROGRAM: program.value, Like.ALL: ""}


def _by_kind(placed: Iterable[Placed]) -> dict[str, list[Scene]]:
    found: dict[str, list[Scene]] = {}
    for scene, program, category in placed:
        for name in _names(program, category).values():
            found.setdefault(name, []).append(scene)
    return found


def _key(scene: Scene) -> tuple[str, str]:
    return scene.call, scene.unit


def _pooled(scenes: Iterable[Scene]) -> Pool:
    last = sorted(scenes, key=lambda scene: (scene.ended_at, scene.call, scene.unit))[-KEPT:]
    return Pool(tuple(last), tuple(sorted(scene.took_s for scene in last)))


def _middle(spans: tuple[int, ...]) -> float:
    half = len(spans) // 2
    return float(spans[half]) if len(spans) % 2 else (spans[half - 1] + spans[half]) / 2
