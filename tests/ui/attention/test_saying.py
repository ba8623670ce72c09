"""A line where room is short: the name gives way, then the verb goes below; number, verb and figures are never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.watching import catalog
from console.ui.attention import told
from console.ui.attention.columns import columns
from console.ui.attention.lines import lines
from console.ui.attention.saying import Said, fitted
from console.ui.attention.subject import subject
from console.ui.parts.clocks import present
from tests.ui.attention.alarmed import alarmed, an_alarm, seen, waits
from tests.ui.board import NOW, a_call, a_unit

HERE = present(NOW, None)
LONG = Said(
    "1361", "mental health, family disturbance", verb="goes to police", figure="07:00", brief="to police"
)


def cut(text: str, room: float) -> tuple[str, float]:
    """Each character is ten pixels wide."""
    most = int(room // 10)
    shown = text if len(text) <= most else f"{text[: max(most - 1, 0)]}…"
    return shown, len(shown) * 10.0


def test_a_line_with_room_says_all_of_it() -> None:
    assert fitted(LONG, cut, 900) == ("1361 mental health, family disturbance goes to police", "")


def test_the_nature_gives_way_first() -> None:
    assert fitted(LONG, cut, 300) == ("1361 mental he… goes to police", "")


def test_a_nature_of_which_nothing_would_be_left_goes() -> None:
    assert fitted(LONG, cut, 220) == ("1361 goes to police", "")


def test_a_verb_without_room_goes_below_in_brief() -> None:
    assert fitted(LONG, cut, 150) == ("1361 mental he…", "to police")


def test_a_long_callsign_is_cut_and_not_the_verb() -> None:
    said = Said(name="STAR NORTHWEST COMMUNITY 12", mark=" at 1039", verb="check-in overdue", figure="02:00")
    assert fitted(said, cut, 400) == ("STAR NORTHWEST… at 1039 check-in overdue", "")


def test_what_it_does_meanwhile_goes_below_before_a_callsign_is_cut() -> None:
    said = Said(name="STAR 5", verb="silent", figure="15 min", tail="while transporting at 1033")
    assert fitted(said, cut, 200) == ("STAR 5 silent", "while transporting at 1033")


def test_a_long_number_is_whole_as_long_as_the_verb_fits_beside_it() -> None:
    said = Said("CF-2026-0001042-A", "unhoused person", verb="has waited", figure="18:00", limit="10:00")
    assert fitted(said, cut, 300) == ("CF-2026-0001042-A has waited", "")


def test_a_line_that_is_a_verb_alone_stays_in_the_first_line() -> None:
    assert fitted(Said(verb="Nothing is recorded", brief="held up"), cut, 100) == ("Nothing i…", "")


@given(
    st.text("abcdefg 123", max_size=40),
    st.text("abcdefg 123", min_size=1, max_size=60),
    st.integers(min_value=120, max_value=900),
)
def test_no_line_is_wider_than_its_room_and_none_loses_its_verb(number: str, name: str, room: int) -> None:
    said = Said(number.strip(), name.strip() or "a", verb="goes to police", brief="to police")
    line, below = fitted(said, cut, room)
    assert len(line) * 10 <= room
    assert "police" in line + below


def test_the_time_and_its_limit_stand_in_a_column_of_their_own() -> None:
    state = alarmed(waits(1042))
    (line,) = lines(state, frozenset(), {}).values()
    time = next(column for column in columns(lambda: True) if column.title == "Time")
    assert (time.text(line, HERE), time.sub(line, HERE), time.right) == ("18:02", "limit 10:00", True)


def test_what_to_do_stands_first_where_a_line_may_be_cut() -> None:
    state = alarmed(waits(1042))
    told_of = subject(state, next(iter(state.alarms.standing.values())))
    assert told.below(told_of, present(NOW, state.agency)).startswith(
        "police in 06:57 · Ask after it now · since 16:15 · D3"
    )


def test_who_has_seen_it_stands_before_what_to_do() -> None:
    state = alarmed(seen(waits(1042)))
    told_of = subject(state, next(iter(state.alarms.standing.values())))
    assert told.below(told_of, present(NOW, state.agency)).startswith("seen by m.ruiz 16:30 · police in")


@pytest.mark.parametrize("rule", catalog.CATALOG)
def test_the_parts_of_every_rule_make_its_sentence(rule: str) -> None:
    about = catalog.CATALOG[rule].about
    key = "c1042" if about in (catalog.About.CALL, catalog.About.STRIP) else "star5"
    state = alarmed(
        an_alarm(rule, key), calls=[a_call(1042, waits=18.04)], units=[a_unit("star5", call="c1042")]
    )
    said = told.said(subject(state, next(iter(state.alarms.standing.values()))), HERE)
    assert said.verb in said.sentence
    assert said.figure in said.sentence
