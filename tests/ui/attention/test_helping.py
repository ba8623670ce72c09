"""The second line of a call that police get soon: which team could take it, as the board is now."""

from collections.abc import Mapping

from console.domain.clearing.scenes import Placed, Scene, Scenes
from console.domain.entities import Call, Position, Unit
from console.domain.state import State
from console.domain.vocabulary import Program, UnitState
from console.domain.watching.catalog import CALL_OLD, KICK_BACK
from console.ui.attention import told
from console.ui.attention.helping import MOST, NEW
from console.ui.attention.lines import Line, lines
from console.ui.parts.clocks import present
from tests.ui.attention.alarmed import alarmed, an_alarm, over, waits
from tests.ui.board import NOW, a_call, a_unit, ago, later, on_scene

STAR = Program.CLINICIAN_EMS
SOON = an_alarm(KICK_BACK, "c1042")
WAITS = a_call(1042, waits=18.04, eligible=True, lat=39.7, lon=-104.9)
BUSY = a_unit("star4", state=UnitState.ON_SCENE, call="c7")
SCENES = Scenes().moved(
    (),
    [
        Placed(Scene(f"s{n}", "x", ago(100), took * 60), STAR, "Welfare check")
        for n, took in enumerate((16, 17, 18, 19, 40))
    ],
)
"""A team that is on scene for twelve minutes clears in six."""


def board(alarm: object = SOON, units: tuple[Unit, ...] = (BUSY,), **fields: object) -> State:
    calls: list[Call] = [WAITS, on_scene(7, "star4")]
    return alarmed(alarm, calls=calls, units=units, scenes=SCENES, **fields)  # type: ignore[arg-type]  # an alarm


def shown(state: State, held: Mapping[str, Line] | None = None) -> Mapping[str, Line]:
    return lines(state, frozenset({"over:"}), held or {})


def second(state: State) -> str:
    (line,) = (line for line in shown(state).values() if line.heap is None)
    assert line.subject is not None
    return told.more(line.subject, present(state.second, state.agency))


def test_it_names_the_team_that_likely_clears_and_how_many_scenes_that_goes_by() -> None:
    assert second(board()) == (
        "since 16:15 · D3 · STAR4 clears in ~6 min (n 5 like), way not known · Ask after it now"
    )


def test_a_free_team_is_named_with_its_way() -> None:
    free = a_unit("star2")
    near = {"star2": Position("star2", 39.7 + 0.02, -104.9, NOW)}
    assert "STAR2 is free, 5 min away" in second(board(units=(BUSY, free), positions=near))


def test_a_call_that_waits_too_long_says_it_beside_its_countdown() -> None:
    assert "police in 06:57 · STAR4 clears in ~6 min" in second(board(waits(1042)))


def test_with_nobody_to_take_it_the_rule_says_what_to_do() -> None:
    assert second(board(units=())) == "since 16:15 · D3 · Ask after it now"


def test_other_alarms_of_a_call_and_those_that_are_over_name_no_team() -> None:
    assert "STAR4" not in second(board(an_alarm(CALL_OLD, "c1042")))
    gone = over(an_alarm(KICK_BACK, "c1042", priority=1))
    assert "STAR4" not in second(board(gone))


def test_a_line_asks_again_in_its_turn_once_the_team_it_names_is_gone_and_not_before() -> None:
    state = board()
    first = shown(state)
    assert shown(state, first)[SOON.id] is first[SOON.id]
    freed = later(state, 3, units={"star2": a_unit("star2")})
    after = shown(freed, first)[SOON.id].subject
    assert after is not None
    assert after.help is not None
    assert after.help.name == "STAR2"


def test_a_line_that_no_longer_asks_does_not_go_on_with_what_it_was_told() -> None:
    subject = shown(board())[SOON.id].subject
    assert subject is not None
    assert "STAR4" not in told.more(subject, present(ago(seconds=-31), None))


def test_in_a_storm_only_so_many_lines_name_a_team() -> None:
    calls = [a_call(number, waits=18.04, eligible=True) for number in range(MOST + 3)]
    alarms = [an_alarm(KICK_BACK, call.id) for call in calls]
    state = alarmed(*alarms, calls=calls, units=[a_unit("star2")])
    held: Mapping[str, Line] = {}
    asked = []
    for seconds in range(6):
        held = lines(later(state, seconds), frozenset(), held)
        asked.append(
            sum(line.subject is not None and line.subject.help is not None for line in held.values())
        )
    assert asked == [NEW, 2 * NEW, MOST, MOST, MOST, MOST]


def test_a_team_that_does_something_else_is_named_no_more_until_the_line_asks_again() -> None:
    state = board()
    first = shown(state)
    rolls = {"star4": a_unit("star4", state=UnitState.TRANSPORTING, call="c7")}
    after = shown(later(state, 1, units=rolls), first)[SOON.id].subject
    assert after is not None
    assert "STAR4" not in told.more(after, present(later(state, 1).second, None))


def test_a_line_asks_again_in_its_turn_after_a_while() -> None:
    state = board()
    first = shown(state)
    soon, due = (shown(later(state, seconds), first)[SOON.id].subject for seconds in (12, 18))
    asked = [one.help.at for one in (soon, due) if one is not None and one.help is not None]
    assert asked == [state.second, later(state, 18).second]


def test_one_line_asks_anew_at_a_time() -> None:
    calls = [a_call(number, waits=18.04, eligible=True) for number in range(MOST)]
    alarms = [an_alarm(KICK_BACK, call.id) for call in calls]
    state = alarmed(*alarms, calls=calls, units=[a_unit("star2")])
    held: Mapping[str, Line] = {}
    for seconds in range(4):
        held = lines(later(state, seconds), frozenset(), held)
    after = lines(later(state, 18), frozenset(), held)
    again = [
        line
        for line in after.values()
        if line.subject and line.subject.help and line.subject.help.at > ago(-0.2)
    ]
    assert len(again) == 1
