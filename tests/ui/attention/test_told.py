"""What an alarm says: the row as it is now, its own name where the row is gone, and nothing of a person."""

import pytest

from console.domain.entities import Call
from console.domain.limits import Stay
from console.domain.state import State
from console.domain.strip import Strip
from console.domain.vocabulary import Sensitivity, UnitState
from console.domain.watching import catalog
from console.domain.watching.catalog import CATALOG, About
from console.ui.attention import told
from console.ui.attention.subject import subject
from console.ui.parts.clocks import present
from tests.ui.attention.alarmed import CLOSED, alarmed, an_alarm, over, seen, waits
from tests.ui.board import NOW, a_call, a_unit, ago, on_scene

HERE = present(NOW, alarmed().agency)
SECRETS = {
    "caller_name": "Ada Fenn",
    "caller_phone": "555 0101",
    "narrative": "he said",
    "address": "12 Elm St",
}


def what(state: State) -> str:
    (alarm,) = state.alarms.standing.values()
    return told.what(subject(state, alarm), HERE)


def more(state: State) -> str:
    (alarm,) = state.alarms.standing.values()
    return told.more(subject(state, alarm), HERE)


def test_a_wait_is_told_with_its_limit() -> None:
    assert what(alarmed(waits(1042))) == "1042 welfare check has waited 18:02, limit 10:00"


def test_a_wait_over_the_red_limit_names_that_one() -> None:
    late = alarmed(waits(1042), calls=[a_call(1042, waits=21)])
    assert what(late) == "1042 welfare check has waited 21:00, limit 20:00"


def test_the_second_line_says_since_when_where_and_what_to_do() -> None:
    line = more(alarmed(waits(1042)))
    assert line.startswith("since 16:15 · D3 · police in 06:57 · Ask after it now")


def test_the_words_go_by_the_row_as_it_is_now() -> None:
    raised_as = waits(1042, name="0000", area="D9")
    state = alarmed(raised_as, calls=[a_call(1042, nature_text="Trespass, calm", waits=18.04)])
    assert what(state).startswith("1042 trespass, calm has waited")
    assert "D3" in more(state)


def test_a_call_that_is_gone_goes_by_the_name_that_the_alarm_kept() -> None:
    state = alarmed(waits(1042, name="1042", area="D4"), calls=[])
    assert what(state) == "1042 has waited 15:00"
    assert "D4" in more(state)


def test_a_team_that_is_gone_goes_by_the_name_that_the_alarm_kept() -> None:
    assert (
        what(alarmed(an_alarm(catalog.SILENT, "star5", name="STAR 5"), units=[]))
        == "STAR 5 silent for 15 min"
    )


def test_a_silent_team_is_told_with_what_it_does() -> None:
    unit = a_unit("star5", callsign="STAR 5", state=UnitState.TRANSPORTING, call="c1033")
    state = alarmed(an_alarm(catalog.SILENT, "star5"), units=[unit], calls=[a_call(1033)])
    assert what(state) == "STAR 5 silent for 15 min while transporting at 1033"


def test_an_overdue_check_in_counts_from_when_it_was_due() -> None:
    unit = a_unit("star5", callsign="STAR 5", state=UnitState.ON_SCENE, since=ago(22), call="c1039")
    state = alarmed(
        an_alarm(catalog.CHECK_IN, "star5", priority=1), units=[unit], calls=[on_scene(1039, "star5")]
    )
    assert what(state) == "STAR 5 at 1039 check-in overdue 02:00"
    assert more(state).startswith("since 16:28")


def test_a_team_on_a_closed_call_is_told_with_its_call() -> None:
    unit = a_unit("star2", callsign="STAR 2", state=UnitState.ON_SCENE, call="c1031")
    state = alarmed(an_alarm(catalog.TO_CLOSED, "star2"), units=[unit], calls=[a_call(1031, state=CLOSED)])
    assert what(state) == "STAR 2 still committed to closed call 1031"


def test_a_call_that_goes_to_police_counts_down() -> None:
    assert what(alarmed(an_alarm(catalog.KICK_BACK, "c1042"))) == (
        "1042 welfare check goes to police by policy in 06:57"
    )


def test_a_strip_says_what_lacks() -> None:
    strip = Strip("1031", ago(30), "no disposition", call="c1031")
    state = alarmed(an_alarm(catalog.UNOWNED, "c1031"), strips={"c1031": strip}, calls=[])
    assert what(state) == "1031 left the board: no disposition"


def test_what_is_over_says_since_when() -> None:
    assert what(alarmed(over(waits(1042)))) == "1042 welfare check: waits too long, over since 16:29"


def test_an_acknowledged_one_says_who_saw_it() -> None:
    assert "seen by m.ruiz 16:30" in more(alarmed(seen(waits(1042))))


def test_a_repeated_one_says_how_often() -> None:
    assert "×3" in more(alarmed(waits(1042, count=3)))


def test_one_that_comes_and_goes_says_so() -> None:
    moments = (ago(seconds=50), ago(seconds=30), ago(seconds=10))
    assert "comes and goes: held" in more(alarmed(waits(1042, raised=moments)))


def test_a_covered_nature_stays_covered() -> None:
    state = alarmed(waits(1042), calls=[a_call(1042, sensitivity=Sensitivity.HIDE)])
    assert "welfare" not in what(state).lower()
    assert "masked" in what(state)


@pytest.mark.parametrize("rule", CATALOG)
def test_every_rule_says_what_and_what_to_do_without_a_word_of_a_person(rule: str) -> None:
    about = CATALOG[rule].about
    key = "c1042" if about in (About.CALL, About.STRIP) else "star5"
    calls: list[Call] = [a_call(1042, waits=18.04, **SECRETS)]
    units = [a_unit("star5", state=UnitState.ON_SCENE, call="c1042")]
    state = alarmed(an_alarm(rule, key), calls=calls, units=units)
    told_of = subject(state, next(iter(state.alarms.standing.values())))
    text = f"{told.what(told_of, HERE)}\n{told.more(told_of, HERE)}"
    assert told.more(told_of, HERE)
    assert not any(secret in text for secret in (*SECRETS.values(), "Bo Hale"))


@pytest.mark.parametrize("rule", CATALOG)
def test_every_rule_has_words_for_several(rule: str) -> None:
    assert told.kind(rule, 7).startswith("7 ")


def test_what_did_not_change_keeps_its_words() -> None:
    state = alarmed(waits(1042))
    (alarm,) = state.alarms.standing.values()
    first = subject(state, alarm)
    assert subject(state, alarm, first) is first


def test_a_row_that_changed_gets_new_words() -> None:
    state = alarmed(waits(1042))
    (alarm,) = state.alarms.standing.values()
    first = subject(state, alarm)
    after = alarmed(waits(1042), calls=[a_call(1042, waits=18.04, priority=1)])
    again = subject(after, alarm, first)
    assert isinstance(again.stay, Stay)
    assert again.stay != first.stay
