"""The live board with the acts on it, whatever is on the screen."""

from msgspec import Struct

from console.domain.state import State
from console.escalation import AlarmSettings
from console.session.store import Store
from console.session.verbs import Verbs


class Live(Struct, frozen=True):
    """``verbs`` act on the live board also while a replay is shown; ``alarms`` says how it is heard here."""

    board: Store[State]
    verbs: Verbs
    alarms: AlarmSettings = AlarmSettings()
