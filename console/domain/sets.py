"""Which sets of the diversion family one call is in, three-valued (METRICS.md section 2).

``True`` in, ``False`` out, ``None`` not known. Unknown is never folded into "no".
"""

from msgspec import Struct

from console.domain.definitions import Definitions, Nature
from console.domain.entities import Call
from console.domain.vocabulary import ALTERNATIVE, CallState, Origin, Police, Program

Known = bool | None


def both(left: Known, right: Known) -> Known:
    """Three-valued *and*: a certain "no" decides, else an unknown stays unknown."""
    if left is False or right is False:
        return False
    return True if left and right else None


def negate(value: Known) -> Known:
    """Three-valued *not*."""
    return None if value is None else not value


class Marks(Struct, frozen=True, gc=False):
    """One call's place in M, E, S, W, P, R and T, and whether its need is still open."""

    behavioral: Known
    eligible: Known
    served: Known
    would_need_police: Known
    police: Known
    answered: Known
    public: Known
    open: bool

    @property
    def strict(self) -> Known:
        """In S and W and not P: what would have gone to police, and did not."""
        return both(both(self.served, self.would_need_police), negate(self.police))

    @property
    def unmet(self) -> Known:
        """In E, not served, and closed or handed to police."""
        return both(both(self.eligible, negate(self.served)), not self.open)


def marks(call: Call, pack: Definitions) -> Marks:
    """Place ``call`` by the agency's ``pack``; a nature the pack does not list stays unknown."""
    nature = pack.nature(call.nature)
    arrived = _team_arrived(call)
    eligible = _eligible(call, nature)
    police = _police(call)
    return Marks(
        behavioral=True if eligible else (None if nature is None else nature.behavioral),
        eligible=eligible,
        served=both(eligible, arrived),
        would_need_police=_police_default(call, nature),
        police=police,
        answered=arrived,
        public=_public(call),
        open=call.open and not (police is True and arrived is not True),
    )


def eligible(call: Call, pack: Definitions) -> Known:
    """Whether the call is in E, where the other sets do not matter."""
    return _eligible(call, pack.nature(call.nature))


def waiting(call: Call) -> bool:
    """Whether the call waits for a team of ours: pending, not screened out, not a police-only call."""
    mine = call.program is None or call.program in ALTERNATIVE
    return call.state is CallState.PENDING and mine and call.eligible is not False


def elsewhere(call: Call) -> bool:
    """Whether another service answers the call and it was never this program's: hidden from the board at first."""
    return call.program is not None and call.program not in ALTERNATIVE and call.eligible is not True


def _eligible(call: Call, nature: Nature | None) -> Known:
    if call.eligible is not None:
        return call.eligible
    if call.stamps.eligible_at is not None:
        return True
    if nature is not None and not (nature.behavioral and nature.eligible):
        return False
    return None


def _team_arrived(call: Call) -> Known:
    if call.by_phone:
        return True
    if call.stamps.on_scene_at is None:
        return False
    if call.program is None:
        return None
    return call.program in ALTERNATIVE


def _police(call: Call) -> Known:
    if call.program is Program.CO_RESPONDER and call.stamps.assigned_at is not None:
        return True
    match call.police:
        case Police.ATTENDED:
            return True
        case Police.NONE:
            return False
        case Police.REQUESTED | Police.UNKNOWN:
            return None


def _police_default(call: Call, nature: Nature | None) -> Known:
    if call.police_queue or (nature is not None and nature.police_default):
        return True
    return None if nature is None or call.police_queue is None else False


def _public(call: Call) -> Known:
    if call.public_initiated is not None:
        return call.public_initiated
    match call.origin:
        case Origin.OFFICER:
            return False
        case Origin.UNKNOWN:
            return None
        case _:
            return True
