"""The handover on paper: what can be read in the PDF, on which pages, and that nothing is loaded or run."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPageSize
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from console.domain.entities import Agency
from console.domain.events import Noted
from console.domain.state import State, start
from console.domain.vocabulary import FeedName, Health
from console.reports.handover.content import handover
from console.reports.handover.lines import Occasion
from console.reports.handover.page import html
from console.reports.handover.pdf import Running, as_pdf, paper
from console.reports.handover.printing import written
from console.session.clock import steady
from console.ui.theme import fonts
from tests.domain.builders import NOON
from tests.ui.board import a_board, a_call, a_unit, ago, alarmed, an_alarm, feed, feeds, on_scene

RED = 0xFFFF0000
US = QLocale("en_US")
RUNNING = Running("t", "left", "right", "mark", "foot")

Read = Callable[[bytes], list[str]]


@pytest.fixture
def read(qapp: QGuiApplication, qtbot: QtBot) -> Iterator[Read]:
    """The words of each page of a PDF."""
    fonts.load()
    document, held = QPdfDocument(), QBuffer()

    def words(content: bytes) -> list[str]:
        document.close()
        held.close()
        held.setData(QByteArray(content))
        held.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(held)
        return [document.getAllText(page).text() for page in range(document.pageCount())]

    yield words
    document.close()
    held.close()


def pages_of(state: State, read: Read, occasion: Occasion = Occasion(by="m.ruiz")) -> list[str]:  # noqa: B008  # a frozen value
    return read(written(handover(state, occasion), US))


def a_shift(calls: int = 12) -> State:
    """A normal board: some calls with teams, some that wait."""
    busy = [on_scene(1_000 + place, f"star{place}") for place in range(calls // 2)]
    waiting = [a_call(2_000 + place) for place in range(calls - calls // 2)]
    units = [a_unit(f"star{place}", call=f"c{1_000 + place}") for place in range(calls // 2)]
    state = a_board([*busy, *waiting], units)
    return alarmed(state, an_alarm("pending_too_long", "c2000", name="2000"))


def test_every_call_team_and_alarm_can_be_read(read: Read) -> None:
    state = a_shift()
    text = "\n".join(pages_of(state, read))
    assert all(call.number in text for call in state.open_calls.values())
    assert all(unit.callsign in text for unit in state.units.values())
    assert "2000 waits too long" in text


def test_a_normal_shift_is_two_pages_at_most(read: Read) -> None:
    assert len(pages_of(a_shift(24), read)) <= 2


def test_a_surge_takes_as_many_pages_as_its_calls_need_each_with_its_number(read: Read) -> None:
    state = a_shift(200)
    pages = pages_of(state, read)
    assert all(f"page {place}/{len(pages)}" in page for place, page in enumerate(pages, 1))
    assert sum(page.count("Welfare check") for page in pages) == 200


def test_a_surge_is_written_in_time(read: Read) -> None:
    state = a_shift(200)
    pages_of(a_shift(2), read)
    began = steady()
    written(handover(state, Occasion()), US)
    assert steady() - began < 2.0


def test_agency_shift_moment_and_author_are_on_it(read: Read) -> None:
    agency = {"a": Agency("Demo City", "America/Denver", shift="Day shift B", shift_from=ago(600))}
    (page, *_) = pages_of(replace(a_shift(), agencies=agency), read)
    assert "Demo City · Day shift B" in page
    assert "Mon 23 Nov 2026 · shift from 06:30 · as of 16:30:12 · made by m.ruiz" in page


def test_old_data_are_told_before_everything_else(read: Read) -> None:
    late = feeds(feed(FeedName.CALLS, ago(7), reported=Health.DOWN), feed(FeedName.UNITS))
    (page, *_) = pages_of(replace(a_shift(), feeds=late), read)
    assert page.index("CALLS AS OF 16:23, 7 min old") < page.index("open calls")


def test_a_replay_and_a_simulation_say_so_on_every_page(read: Read) -> None:
    agency = {"a": Agency("Demo", "America/Denver", notice="Simulation: nothing here is real.")}
    state = replace(a_shift(200), agencies=agency)
    pages = pages_of(state, read, Occasion(mark="REPLAY Thu 19 Nov 2026"))
    assert len(pages) > 2
    assert all("REPLAY Thu 19 Nov 2026 · Simulation: nothing here is real." in page for page in pages)


def test_a_board_that_has_just_started_can_be_printed_and_claims_nothing(read: Read) -> None:
    (page, *_) = pages_of(start(NOON), read)
    assert "CALLS NOT READ YET" in page
    assert page.count("Not read yet. Waiting for the first answer about") == 3


HOSTILE = "<script>alert(1)</script><img src='file:///etc/passwd'>"


def test_markup_in_the_data_is_text(read: Read) -> None:
    state = a_board([a_call(1, nature_text=HOSTILE, area="<b>D3</b>")], [a_unit("x", callsign="<u>X</u>")])
    text = "\n".join(pages_of(replace(state, notes=(Noted(ago(1), HOSTILE, "<i>me</i>"),)), read))
    flat = text.replace("\r", "").replace("\n", "").replace(" ", "")
    assert flat.count("<script>alert(1)</script>") == 2
    assert all(told in flat for told in ("<b>D3</b>", "<u>X</u>", "<i>me</i>"))


def test_an_override_of_direction_ends_with_its_datum() -> None:
    page = html(handover(a_board([a_call(1, nature_text="\u202eevil")]), Occasion()))
    assert "\u2068\u202eevil\u2069" in page


def test_templates_in_the_data_are_text() -> None:
    page = html(handover(a_board([a_call(1, nature_text="{{ 7 * 191 }}")]), Occasion()))
    assert "{{ 7 * 191 }}" in page
    assert "1337" not in page


def test_no_picture_of_this_workstation_gets_into_the_file(qapp: QGuiApplication, tmp_path: Path) -> None:
    red, file, document = QImage(64, 64, QImage.Format.Format_RGB32), tmp_path / "page.pdf", QPdfDocument()
    red.fill(RED)
    assert red.save(str(tmp_path / "red.png"))
    fonts.load()
    page = f"<p>text</p><img src='{(tmp_path / 'red.png').as_uri()}' width='64' height='64'>"
    file.write_bytes(as_pdf(page, RUNNING, QPageSize(QPageSize.PageSizeId.A4)))
    document.load(str(file))
    drawn = document.render(0, QSize(300, 424))
    document.close()
    colors = {drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}
    assert RED not in colors
    assert len(colors) > 1


@pytest.mark.parametrize(("place", "size"), [("en_US", "Letter"), ("es_MX", "Letter"), ("de_DE", "A4")])
def test_paper_is_that_of_the_place(place: str, size: str) -> None:
    assert paper(QLocale(place)).id() == getattr(QPageSize.PageSizeId, size)


NOTE = Noted(ago(1), "Channel 2 is noisy", "bo")
HEADING = re.compile(r"(Figures|Data|(Alarms|Check-ins|Open|Teams|Left|Follow-ups|Notes)[^.]* \d+)$")


def test_a_heading_is_never_the_last_line_of_a_page(read: Read) -> None:
    boards = [replace(a_shift(calls), notes=(NOTE,) * notes) for calls in range(4, 34) for notes in (0, 6)]
    pages = [page for board in boards for page in pages_of(board, read)[:-1]]
    ends = [page.splitlines()[-1] for page in pages]
    assert len(ends) > 20
    assert not [line for line in ends if HEADING.search(line)]
