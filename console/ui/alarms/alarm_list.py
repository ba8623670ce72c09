"""The alarm list: every alarm by its state, who did what about it, and the way back for what was put aside."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.domain.state import State
from console.domain.watching.catalog import CATALOG
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.alarms import rows
from console.ui.alarms.kpi_page import open_figures
from console.ui.alarms.rows import AlarmRow, alarm_rows
from console.ui.attention.choosing import with_subject
from console.ui.figures.listing import Listing, Sheet, Told, open_listing
from console.ui.look.brush import Brush
from console.ui.look.view import View
from console.ui.parts.clocks import Present
from console.ui.parts.masking import tip
from console.ui.table.columns import Column, Rules
from console.ui.theme.style import dress

NAME = "alarms"


def open_alarms(store: Store[State], view: Store[View], verbs: Verbs, near: QWidget) -> Listing:
    """Show the list over the window of ``near``, with what can be done about the chosen alarm."""
    listing = open_listing(store, view, alarm_sheet(store), near)
    if listing.findChild(ListActs) is None:
        acts = ListActs(store, verbs, partial(open_figures, store, view, near), listing)
        listing.picked.connect(acts.take)
        listing.finished.connect(acts.close_acts)
        listing.put_below(acts)
    return listing


def alarm_sheet(store: Store[State]) -> Sheet[AlarmRow]:
    """Every alarm; choosing one selects its call or team."""

    def pick(view: View, row: AlarmRow) -> View:
        return with_subject(view, store.value, row.key) if row.alarm is not None and not row.ended else view

    return Sheet(
        name=NAME,
        told=_told,
        columns=_COLUMNS,
        rules=Rules(order=lambda row: row.place, section=lambda row: row.heading),
        slice=_followed,
        rows=alarm_rows,
        pick=pick,
        width=980,
        lines=2,
    )


class ListActs(QWidget):
    """What can be done with the chosen row; a button that would come to nothing is not offered."""

    def __init__(
        self, store: Store[State], verbs: Verbs, show_figures: Callable[[], object], listing: Listing
    ) -> None:
        super().__init__(listing)
        self._store, self._verbs, self._show_figures, self._key = store, verbs, show_figures, ""
        self.acknowledge, self.back = QPushButton("Acknowledge"), QPushButton("Back now")
        self.serve, self.figures = QPushButton("Put back into service"), QPushButton("Figures of the alarms")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 8)
        for button in (self.acknowledge, self.back, self.serve):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.figures)
        for button in (self.acknowledge, self.back, self.serve, self.figures):
            button.setAutoDefault(False)
            dress(button, "chip")
        self.acknowledge.clicked.connect(self._acknowledge)
        self.back.clicked.connect(self._back)
        self.serve.clicked.connect(self._serve)
        self.figures.clicked.connect(self._figures)
        self._unwatch = store.watch(lambda state: (state.alarms.standing, state.alarms.out), self._offer)

    def take(self, key: str) -> None:
        """Row ``key`` was chosen."""
        self._key = key
        self._offer(None)

    def _offer(self, _slice: object) -> None:
        row = alarm_rows(self._store.value).get(self._key) if self._key else None
        alarm = row.alarm if row is not None else None
        calls = row is not None and not row.ended and alarm is not None and alarm.calling
        contact = alarm is not None and CATALOG[alarm.rule].contact
        self.acknowledge.setVisible(calls and not contact)
        self.back.setVisible(row is not None and row.shelf is not None)
        self.serve.setVisible(row is not None and row.out is not None)

    def _acknowledge(self) -> None:
        self._verbs.acknowledge([self._key])

    def _back(self) -> None:
        self._verbs.unshelve(self._key)

    def _serve(self) -> None:
        """Put back what was taken out: the alarm itself, or all of its rule."""
        alarms = self._store.value.alarms
        row = alarm_rows(self._store.value).get(self._key)
        if row is None:
            return
        alarm = row.alarm
        named = (row.rule,) if alarm is None else (alarm.id, alarm.rule)
        for what in named:
            if what in alarms.out:
                self._verbs.put_back(what)

    def _figures(self) -> None:
        self._show_figures()

    def close_acts(self) -> None:
        """Follow the board no longer."""
        self._unwatch()


def _followed(state: State) -> tuple[object, ...]:
    alarms = state.alarms
    held = (alarms.standing, alarms.out, alarms.ended, alarms.checked)
    return (*held, state.calls, state.units, state.strips, state.definitions)


def _told(_state: State, found: Mapping[str, AlarmRow]) -> Told:
    standing = sum(row.alarm is not None and not row.ended for row in found.values())
    about = (
        "Every alarm of this board by its state. Choosing one selects its call or team. "
        "Acknowledged here means seen at this console."
    )
    return Told(f"Alarms {standing}", about, "No alarm stands, and none was put aside.")


def _badge(brush: Brush, row: AlarmRow, _now: Present) -> None:
    alarm = row.alarm
    if alarm is not None:
        brush.painter.setOpacity(1.0 if alarm.calling and not row.ended else 0.55)
        brush.pixmap(brush.look.icons.badge(alarm.priority, brush.look.sizes.icon, brush.dpr))
        brush.painter.setOpacity(1.0)


def _priority(row: AlarmRow, _now: Present) -> str:
    return f"priority {row.alarm.priority}" if row.alarm is not None else ""


def _tip(row: AlarmRow, now: Present) -> str:
    record = row.subject.rule if row.subject is not None else None
    why = (record.cause, record.consequence, record.response) if record is not None else ()
    return tip(rows.what(row, now), rows.more(row, now), rows.state_of(row, now), rows.why(row, now), *why)


_COLUMNS: tuple[Column[AlarmRow], ...] = (
    Column(title="P", width=36, text=_priority, paint=_badge),
    Column(title="What", text=rows.what, sub=rows.more, tone=rows.tone, ticks=True, tip=_tip),
    Column(
        title="Where it stands",
        width=210,
        text=rows.state_of,
        sub=rows.why,
        tone=rows.tone,
        ticks=True,
        tip=_tip,
    ),
)
