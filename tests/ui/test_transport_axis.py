"""The time axis: a press goes to the moment under it, and a frame costs the same whatever happened in the shift."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.track import Gap, GapKind, Mark, MarkKind, Track
from console.session.playing import Playing
from console.session.transport import Loop
from console.ui.look.look import Look
from console.ui.theme import fonts
from console.ui.theme.theme import DARK, LIGHT
from console.ui.transport.axis import Axis
from console.ui.transport.hand import FRAME_MS
from tests.ui.desk import keep
from tests.ui.replayed import EIGHT, GAPS, LINE, TRACK, TWENTY, clock

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|propagateSizeHints)")

LEFT = Qt.MouseButton.LeftButton
PLAYING = Playing(LINE, TRACK)


class Seen:
    """What an axis asked for."""

    def __init__(self, axis: Axis) -> None:
        self.sought: list[object] = []
        self.held: list[bool] = []
        self.looped: list[tuple[object, object]] = []
        axis.sought.connect(self.sought.append)
        axis.hand.held.connect(self.held.append)
        axis.hand.looped.connect(lambda since, until: self.looped.append((since, until)))


@pytest.fixture
def axis(qtbot: QtBot, qapp: QApplication) -> Axis:
    """12 hours on 1,240 pixels, of which 20 at each end are margin: one pixel is 36 seconds."""
    fonts.load()
    made = keep(qtbot, Axis(Look(DARK, 1.0), PLAYING))
    made.resize(1_240, made.sizeHint().height())
    made.show()
    made.show_now(clock("12:00"), TWENTY)
    return made


def at(axis: Axis, text: str) -> QPoint:
    return QPoint(axis.place(clock(text)), 40)


def move(axis: Axis, to: QPoint) -> None:
    """Drag to a place; QTest's own move does not tell that a button is down."""
    place = QPointF(to)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, axis.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, _NONE
    )
    QApplication.sendEvent(axis, event)


def turn(
    axis: Axis, text: str, notches: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    place = QPointF(at(axis, text))
    event = QWheelEvent(
        place, axis.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(axis, event)


_NONE = Qt.KeyboardModifier.NoModifier


def drawn(axis: Axis) -> QImage:
    return axis.grab().toImage()


@pytest.mark.parametrize("text", ["08:00", "09:17", "14:05:22", "19:59"])
def test_a_click_goes_to_the_moment_under_it(axis: Axis, text: str) -> None:
    seen = Seen(axis)
    QTest.mouseClick(axis, LEFT, _NONE, at(axis, text))
    assert abs(seen.sought[-1] - clock(text)) <= timedelta(seconds=36)  # type: ignore[operator]  # a moment


def test_a_zoomed_axis_is_as_exact_at_its_own_pixels(axis: Axis) -> None:
    axis.zoom(axis.place(clock("14:05")), 0.01)
    seen = Seen(axis)
    QTest.mouseClick(axis, LEFT, _NONE, at(axis, "14:05:22"))
    assert abs(seen.sought[-1] - clock("14:05:22")) <= timedelta(seconds=0.4)  # type: ignore[operator]


def test_a_click_beside_the_axis_goes_to_its_end(axis: Axis) -> None:
    seen = Seen(axis)
    QTest.mouseClick(axis, LEFT, _NONE, QPoint(0, 40))
    QTest.mouseClick(axis, LEFT, _NONE, QPoint(axis.width() - 1, 40))
    assert seen.sought == [EIGHT, TWENTY]


def test_dragging_seeks_at_most_once_a_frame_and_last_where_it_ends(axis: Axis, qtbot: QtBot) -> None:
    seen = Seen(axis)
    QTest.mousePress(axis, LEFT, _NONE, at(axis, "12:00"))
    for minute in range(60):
        move(axis, at(axis, f"13:{minute:02}"))
    qtbot.wait(FRAME_MS * 3)
    assert len(seen.sought) == 1
    move(axis, at(axis, "15:00"))
    QTest.mouseRelease(axis, LEFT, _NONE, at(axis, "15:00"))
    assert len(seen.sought) == 2
    assert abs(seen.sought[-1] - clock("15:00")) <= timedelta(seconds=36)  # type: ignore[operator]
    assert seen.held == [True, False]


def test_while_it_is_dragged_the_playhead_stays_under_the_hand(axis: Axis) -> None:
    QTest.mousePress(axis, LEFT, _NONE, at(axis, "12:00"))
    move(axis, at(axis, "16:00"))
    axis.show_now(clock("12:00:01"), TWENTY)
    assert axis.place(axis.shown) == axis.place(clock("16:00"))
    QTest.mouseRelease(axis, LEFT, _NONE, at(axis, "16:00"))


def test_the_wheel_zooms_around_the_pointer(axis: Axis) -> None:
    before = axis.place(clock("14:00"))
    turn(axis, "14:00", 4)
    assert axis.scale.length < timedelta(hours=6)
    assert abs(axis.place(clock("14:00")) - before) <= 1


def test_zooming_out_ends_with_the_whole_shift(axis: Axis) -> None:
    turn(axis, "14:00", 4)
    turn(axis, "14:00", -20)
    assert (axis.scale.since, axis.scale.until) == (EIGHT, TWENTY)


def test_shift_and_wheel_moves_along_what_is_zoomed(axis: Axis) -> None:
    turn(axis, "14:00", 4)
    since = axis.scale.since
    turn(axis, "14:00", -1, Qt.KeyboardModifier.ShiftModifier)
    assert axis.scale.since > since


def test_a_double_click_shows_all_again(axis: Axis) -> None:
    turn(axis, "14:00", 8)
    QTest.mouseDClick(axis, LEFT, _NONE, at(axis, "14:00"))
    assert axis.scale.length == timedelta(hours=12)


def test_the_page_is_turned_where_the_playhead_runs_out_of_sight(axis: Axis) -> None:
    axis.show_playing(replace(PLAYING, running=True))
    axis.zoom(axis.place(clock("12:00")), 0.05)
    axis.show_now(clock("16:00"), TWENTY)
    assert axis.scale.shows(clock("16:00"))


def test_an_end_of_the_loop_can_be_dragged(axis: Axis) -> None:
    axis.show_playing(replace(PLAYING, loop=Loop(clock("13:00"), clock("14:00"))))
    seen = Seen(axis)
    QTest.mousePress(axis, LEFT, _NONE, at(axis, "14:00"))
    move(axis, at(axis, "15:00"))
    QTest.mouseRelease(axis, LEFT, _NONE, at(axis, "15:00"))
    since, until = seen.looped[-1]
    assert (since, seen.sought) == (clock("13:00"), [])
    assert abs(until - clock("15:00")) <= timedelta(seconds=36)  # type: ignore[operator]


def test_an_end_of_the_loop_is_not_dragged_beyond_the_other(axis: Axis) -> None:
    axis.show_playing(replace(PLAYING, loop=Loop(clock("13:00"), clock("14:00"))))
    seen = Seen(axis)
    QTest.mousePress(axis, LEFT, _NONE, at(axis, "14:00"))
    move(axis, at(axis, "11:00"))
    QTest.mouseRelease(axis, LEFT, _NONE, at(axis, "11:00"))
    assert seen.looped[-1] == (clock("13:00"), clock("13:00"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15:10", "15:04–15:31 no recording: no console was on"),
        ("10:12", "10:05–10:20 a feed gave nothing (units)"),
        ("09:00", "09:00:00 call 1001"),
        ("11:30", "11:30:00 bookmark: decision: which team?"),
    ],
)
def test_the_pointer_is_told_what_lies_there(axis: Axis, text: str, said: str) -> None:
    assert said in axis.found(axis.place(clock(text)))


def test_a_screen_reader_is_told_what_there_is_to_find(axis: Axis) -> None:
    said = "08:00 to 20:00 · 2 calls · 1 alarms · 1 bookmarks · 1 notes · 1 gaps in the recording"
    assert axis.accessibleDescription() == said


def test_of_many_marks_the_pointer_is_told_some_and_the_number_of_the_rest(axis: Axis) -> None:
    many = tuple(Mark(clock("12:00"), MarkKind.CALL, f"c{n}", str(n)) for n in range(40))
    axis.show_playing(replace(PLAYING, track=replace(TRACK, marks=many)))
    assert "and 35 more" in axis.found(axis.place(clock("12:00")))


def test_what_is_not_recorded_yet_is_said_and_cannot_be_sought(axis: Axis) -> None:
    track = replace(TRACK, until=clock("14:00"))
    axis.show_playing(Playing(replace(LINE, id="t", until=clock("14:00"), going=True), track))
    axis.show_now(clock("13:00"), clock("14:00"))
    seen = Seen(axis)
    assert axis.scale.until > clock("14:00")
    assert axis.found(axis.width() - 8) == ("Not recorded yet",)
    QTest.mouseClick(axis, LEFT, _NONE, QPoint(axis.width() - 8, 40))
    assert seen.sought == [clock("14:00")]


def test_a_shift_that_goes_on_gets_more_room_when_it_has_filled_it(axis: Axis) -> None:
    track = replace(TRACK, until=clock("14:00"))
    axis.show_playing(Playing(replace(LINE, id="t", until=clock("14:00"), going=True), track))
    axis.show_now(clock("13:00"), clock("14:00"))
    end = axis.scale.until
    axis.show_now(clock("13:00"), clock("14:01"))
    assert axis.scale.until == end
    axis.show_now(clock("13:00"), end + timedelta(seconds=1))
    assert axis.scale.until > end


def test_a_shift_that_was_recorded_late_shows_what_was_recorded(axis: Axis) -> None:
    late = replace(TRACK, gaps=(Gap(EIGHT, clock("19:00"), GapKind.CONSOLE_OFF),))
    axis.show_playing(Playing(replace(LINE, id="t"), late))
    axis.show_now(clock("19:00"), TWENTY)
    assert axis.place(TWENTY) - axis.place(clock("19:00")) > axis.width() * 0.8
    assert axis.scale.shows(clock("18:55"))
    axis.fit()
    assert axis.scale.since == EIGHT


def test_a_gap_looks_like_nothing_else(axis: Axis) -> None:
    found = set()
    for kind in GapKind:
        gaps = (Gap(clock("14:00"), clock("16:00"), kind),)
        axis.show_playing(replace(PLAYING, track=replace(TRACK, gaps=gaps)))
        part = drawn(axis).copy(QRect(at(axis, "14:30").x(), 20, 60, 24))
        found.add(bytes(part.constBits()))
    assert len(found) == len(GapKind)


def test_another_theme_draws_it_anew(axis: Axis) -> None:
    axis.wear(Look(LIGHT, 1.0))
    assert drawn(axis).pixelColor(2, 2).name().upper() == LIGHT.panel


class Counting(Axis):
    """Counts how often the standing part is drawn."""

    def __init__(self, look: Look, playing: Playing) -> None:
        self.times = 0
        super().__init__(look, playing)

    def _drawn(self, ratio: float) -> QPixmap:
        self.times += 1
        return super()._drawn(ratio)


def test_a_frame_draws_no_mark_again_however_many_there_are(qtbot: QtBot) -> None:
    fonts.load()
    step = timedelta(hours=12) / 5_000
    kinds = tuple(MarkKind)
    marks = tuple(Mark(EIGHT + n * step, kinds[n % 5], str(n), f"2 mark {n}") for n in range(5_000))
    made = keep(qtbot, Counting(Look(DARK, 1.0), Playing(LINE, Track(EIGHT, TWENTY, marks=marks, gaps=GAPS))))
    made.resize(1_240, 76)
    with qtbot.waitExposed(made):
        made.show()
    made.repaint()
    before = made.times
    for second in range(0, 3_600, 60):
        made.show_now(clock("12:00") + timedelta(seconds=second), TWENTY)
        made.repaint()
    assert made.times == before > 0
