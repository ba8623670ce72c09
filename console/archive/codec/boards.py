"""A whole board as bytes: alone, or against an earlier one, which it mostly repeats."""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from console.archive.codec.fixes import Fixes, in_columns, in_rows
from console.archive.codec.frame import Damaged, unwrapped, wrapped
from console.domain.state import State

__all__ = ["Damaged", "freeze", "plain_of", "thaw"]

VERSION = 1


class Board(Struct, frozen=True, array_like=True):
    """A board whose ``state`` lacks its open calls, of which the ids do, and its positions."""

    state: State
    open_calls: tuple[str, ...]
    positions: Fixes | None


def freeze(state: State, base: bytes | None) -> tuple[bytes, bytes]:
    """The board's body, made against ``base`` where there is one, and its plain form: the base of later ones.

    Measured with 3,000 calls, 500 moving units and 900 samples: 209 KB alone; against a base 5, 10, 20, 30 and
    60 minutes older 11, 15, 20, 24 and 33 KB.
    """
    plain = msgspec.msgpack.encode(
        Board(
            replace(state, open_calls={}, positions={}),
            tuple(state.open_calls),
            in_columns([*state.positions.values()]) if state.positions else None,
        )
    )
    return wrapped(VERSION, plain, base), plain


def plain_of(body: bytes) -> bytes:
    """The plain form of a body that was made without a base. Raises `Damaged`."""
    return unwrapped(VERSION, body)


def thaw(body: bytes, base: bytes | None) -> State:
    """The board that was frozen against ``base``, equal to it. Raises `Damaged`; another base counts as damage."""
    plain = unwrapped(VERSION, body, base)
    try:
        return _state(msgspec.msgpack.decode(plain, type=Board))
    except KeyError as error:
        raise Damaged(f"the open call {error} is not among its calls") from error
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise Damaged(f"it holds no board ({error})") from error


def _state(board: Board) -> State:
    """The whole state; an open call is the very object that stands among the calls, as after a fold."""
    calls, fixes = board.state.calls, board.positions
    rows = in_rows(fixes, len(fixes.units)) if fixes else ()
    return replace(
        board.state,
        open_calls={key: calls[key] for key in board.open_calls},
        positions={row.unit: row for row in rows},
    )
