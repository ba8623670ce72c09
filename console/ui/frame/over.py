"""The lists that open over the window: all alarms and their figures, orphans, the next two hours."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.look.view import View


class Over:
    """``does`` opens each by the name of its act. What draws a list is loaded when it is asked for."""

    def __init__(
        self,
        window: QWidget,
        store: Store[State],
        view: Store[View],
        verbs: Verbs,
        replays: Replays | None,
    ) -> None:
        self._window, self._store, self._view, self._verbs = window, store, view, verbs
        self._playing = replays.playing if replays is not None else None
        self.does: Mapping[str, Callable[[], None]] = {
            "orphans": self.orphans,
            "coming": self.coming,
            "alarms": self.alarms,
            "alarm_figures": self.alarm_figures,
        }

    def orphans(self) -> None:
        """What left the board with nobody to answer for it."""
        from console.ui.strips.orphans import open_orphans

        open_orphans(self._store, self._view, self._verbs, self._window)

    def alarms(self) -> None:
        """Every alarm by where it stands."""
        from console.ui.alarms.alarm_list import open_alarms

        open_alarms(self._store, self._view, self._verbs, self._window, self._playing)

    def alarm_figures(self) -> None:
        """The alarm system against the guideline."""
        from console.ui.alarms.kpi_page import open_figures

        open_figures(self._store, self._view, self._window)

    def coming(self) -> None:
        """The next two hours."""
        from console.ui.coming.coming import open_coming

        open_coming(self._store, self._view, self._window)
