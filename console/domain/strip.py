"""What left the board with nobody to answer for it: the strip of a call or of a follow-up."""

from datetime import datetime

from msgspec import Struct


class Strip(Struct, frozen=True, gc=False):
    """One call or follow-up without owner, disposition or signed hand-off. ``name`` is its number, ``why`` what lacks.

    ``call`` is the id of the call it is or belongs to; ``follow_up`` that of the follow-up, empty for a call.
    """

    name: str
    since: datetime
    why: str
    call: str = ""
    follow_up: str = ""
    area: str = ""


class Signature(Struct, frozen=True, gc=False, omit_defaults=True):
    """Who answers for a strip from then on, and to whom or what it was handed.

    It is for one closure: ``of`` is the call that was signed for, by its number, ``since`` when it had closed. Empty
    where an earlier version signed.
    """

    at: datetime
    who: str
    to: str
    of: str = ""
    since: datetime | None = None
