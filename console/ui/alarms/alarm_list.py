"""The alarm list: every alarm by its state, who did what about it, and the way back for what was put aside."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.state import State
from console.session.playing import Playing
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.alarms import rows
from console.ui.alarms.kpi_page import open_figures
from console.ui.alarms.list_acts import ListActs
from console.ui.alarms.rows import AlarmRow, AlarmRows
from console.ui.attention.choosing import with_subject
from console.ui.figures.listing import Listing, Sheet, Told, open_listing
from console.ui.look.brush import Brush
from console.ui.look.view import View
from console.ui.parts.clocks import Present
from console.ui.parts.masking import tip
from console.ui.table.columns import Column, Rules

NAME = "alarms"


def open_alarms(
    store: Store[State],
    view: Store[View],
    verbs: Verbs,
    near: QWidget,
    playing: Store[Playing | None] | None = None,
) -> Listing:
    """Show the list over the window of ``near``, with what can be done about the chosen alarm."""
    listing = open_listing(store, view, alarm_sheet(store), near)
    if listing.findChild(ListActs) is None:
        acts = ListActs(store, view, verbs, playing or Store(None), partial(open_figures, store, view, near))
        listing.picked.connect(acts.take)
        listing.table.moved.connect(acts.take)
        listing.finished.connect(acts.close_acts)
        listing.put_below(acts)
        listing.does.update(acts.does)
        listing.close_top = acts.foot.close_field
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
        rows=AlarmRows(),
        pick=pick,
        width=980,
        lines=2,
    )


def _followed(state: State) -> tuple[object, ...]:
    alarms = state.alarms
    held = (alarms.standing, alarms.out, alarms.ended, alarms.checked)
    return (*held, state.calls, state.units, state.strips, state.definitions)


def _told(_state: State, found: Mapping[str, AlarmRow]) -> Told:
    standing = rows.standing(found)
    about = (
        "Every alarm of this board by its state. Choosing one selects its call or team. "
        "Acknowledged here means seen at this console."
    )
    return Told(f"Alarms {standing:,}", about, "No alarm stands, and none was put aside.")


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
