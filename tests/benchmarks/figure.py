"""One figure of a benchmark, as it is printed."""

from typing import Literal

from msgspec import Struct

Kind = Literal["ratio", "absolute"]


class Figure(Struct, frozen=True):
    """``value`` against ``limit`` (``None``: only told, never judged). A ratio's peer is measured in the same run."""

    name: str
    value: float
    limit: float | None = None
    better: Literal["lower"] = "lower"
    kind: Kind = "ratio"
    ok: bool = True
    detail: str = ""


def at_most(name: str, value: float, limit: float, detail: str, kind: Kind = "ratio") -> Figure:
    """A figure that is fine up to ``limit``."""
    return Figure(name=name, value=value, limit=limit, kind=kind, ok=value <= limit, detail=detail)
