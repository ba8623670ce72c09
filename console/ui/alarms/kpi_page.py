"""The page of the alarm system's figures, against the guideline."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from console.domain.state import State
from console.session.store import Store
from console.ui.alarms.kpi import Kpi, kpi_rows
from console.ui.figures.listing import Listing, Sheet, Told, open_listing, plain
from console.ui.look.brush import Brush
from console.ui.look.view import View
from console.ui.parts.clocks import Present
from console.ui.table.columns import Column, Rules

NAME = "alarm_figures"


def open_figures(store: Store[State], view: Store[View], near: QWidget) -> Listing:
    """Show the page over the window of ``near``."""
    return open_listing(store, view, figure_sheet(), near)


def figure_sheet() -> Sheet[Kpi]:
    """All figures, the newest ten minutes last but on top of their group."""
    return Sheet(
        name=NAME,
        told=_told,
        columns=_COLUMNS,
        rules=Rules(order=lambda row: row.place, section=lambda row: row.heading),
        slice=lambda state: (
            state.alarms.counts,
            state.alarms.flood,
            state.alarms.began,
            state.second.minute,
        ),
        rows=kpi_rows,
        width=880,
    )


def _told(_state: State, _rows: Mapping[str, Kpi]) -> Told:
    about = (
        "How many alarms this position had to answer for. The guideline is ISA-18.2 and EEMUA 191 as secondary sources "
        "tell them; ten-minute windows, because averages hide bursts."
    )
    return Told("Figures of the alarms", about, "Nothing was watched yet.")


def _bar(brush: Brush, row: Kpi, _now: Present) -> None:
    if row.bar or row.line:
        brush.bar(row.bar, "p2" if row.over else "bar", (row.line,) if row.line else ())


def _said(row: Kpi, _now: Present) -> str:
    return f"{row.bar:.0%} of the widest bar" if row.bar else ""


_COLUMNS: tuple[Column[Kpi], ...] = (
    Column(title="Figure", text=plain(lambda row: row.name)),
    Column(title="Value", width=250, text=plain(lambda row: row.value), tone=lambda row: row.tone),
    Column(title="Guideline", width=120, text=plain(lambda row: row.guide), tone=lambda _row: "muted"),
    Column(title="", width=200, text=_said, paint=_bar, spare=1),
)
