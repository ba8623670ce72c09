"""The countdown on a waiting call's card: the time left, who could take it, and how often that was right."""

from typing import Any

from msgspec.structs import replace

from console.domain.clearing.learning import Learning
from console.domain.clearing.scenes import Placed, Scene, Scenes
from console.domain.definitions import KickBack, Rule
from console.domain.entities import Call, Position, Unit
from console.domain.state import State
from console.domain.vocabulary import Program, UnitState
from console.domain.watching.catalog import KICK_BACK
from console.ui.detail.kick_back import kick_back_lines
from console.ui.parts.clocks import present
from tests.ui.board import NOW, PACK, a_board, a_call, a_unit, ago, on_scene

MILE = 1 / 69.05
STAR = Program.CLINICIAN_EMS

KICKING = replace(
    PACK,
    kick_back=KickBack(after={"2": 25}, warn=5, speed_mph=20, detour=1.5, least=3),
    rules={KICK_BACK: Rule("A cause.", "A consequence.", "A response.", 5, priority=2)},
)


def waiting(waits: float, **fields: Any) -> Call:
    return a_call(1, waits=waits, eligible=True, lat=39.7, lon=-104.9, **fields)


def busy(key: str, call: str) -> Unit:
    return a_unit(key, state=UnitState.ON_SCENE, call=call)


def scenes(*minutes: float) -> Scenes:
    came = [
        Placed(Scene(f"s{n}", "x", ago(100), round(took * 60)), STAR, "Welfare check")
        for n, took in enumerate(minutes)
    ]
    return Scenes().moved((), came)


def board(call: Call, *rows: Call | Unit, **fields: Any) -> State:
    calls = [call, *(row for row in rows if isinstance(row, Call))]
    units = [row for row in rows if isinstance(row, Unit)]
    return a_board(calls, units, definitions=KICKING, **fields)


def card(state: State) -> list[tuple[str, str, str]]:
    lines = kick_back_lines(state, state.calls["c1"], present(state.second, state.agency))
    return [(line.left, line.text, line.right) for line in lines if not line.section]


def placed(unit: str, miles: float) -> dict[str, Position]:
    return {unit: Position(unit, 39.7 + miles * MILE, -104.9, NOW)}


SCENE = on_scene(2, "star1", program=STAR)
"""For twelve minutes."""


def test_the_card_tells_the_time_left_and_the_team_that_could_be_there_first() -> None:
    state = board(
        waiting(5),
        SCENE,
        busy("star1", "c2"),
        scenes=scenes(17, 18, 40),
        positions=placed("star1", 2),
        learning=Learning(right=14, settled=19, errors=(180, -60, 240)),
    )
    assert card(state) == [
        ("20:00", "left by policy", "16:50"),
        ("STAR1", "in ~6 min · 3 like scenes", "9 min away"),
        ("STAR1", "there ~16:45, 5 min before police", ""),
        ("so far", "right 14 of 19 times this shift, typically 3 min off", ""),
    ]


def test_a_team_that_comes_after_police_is_told_as_that() -> None:
    state = board(
        waiting(15),
        SCENE,
        busy("star1", "c2"),
        scenes=scenes(17, 18, 40),
        positions=placed("star1", 2),
    )
    assert ("STAR1", "there ~16:45, 5 min after police", "") in card(state)


def test_a_free_team_stands_first_and_opens_its_card() -> None:
    state = board(waiting(5), a_unit("star3"), positions=placed("star3", 2))
    lines = list(kick_back_lines(state, state.calls["c1"], present(NOW, state.agency)))
    free = next(line for line in lines if line.text == "free")
    assert (free.left, free.right, free.target) == ("STAR3", "9 min away", ("unit", "star3"))


def test_the_tooltip_says_in_full_what_the_estimate_goes_by() -> None:
    state = board(waiting(5), SCENE, busy("star1", "c2"), scenes=scenes(17, 18, 40))
    lines = kick_back_lines(state, state.calls["c1"], present(NOW, state.agency))
    notes = [line.note for line in lines if "(median of 3 like scenes)" in line.note]
    assert notes == [
        "\u2068police in 20 min · STAR1 likely clears in ~6 min (median of 3 like scenes), way not known\u2069",
        "likely clears in ~6 min (median of 3 like scenes) · way not known",
    ]


def test_too_few_scenes_are_said_with_their_number() -> None:
    state = board(waiting(5), SCENE, busy("star1", "c2"), scenes=scenes(18))
    assert ("STAR1", "not known yet · 1 scene like it", "way not known") in card(state)


def test_past_the_median_and_past_all_scenes_it_does_not_pretend_to_know() -> None:
    past = board(waiting(5), SCENE, busy("star1", "c2"), scenes=scenes(9, 10, 30))
    assert ("STAR1", "any time now · past 3 like scenes", "way not known") in card(past)
    longest = board(waiting(5), SCENE, busy("star1", "c2"), scenes=scenes(9, 10, 11))
    assert ("STAR1", "longer than all 3 like scenes", "way not known") in card(longest)


def test_with_nobody_on_duty_it_says_so() -> None:
    assert ("", "no team that could take it is on duty", "") in card(board(waiting(5)))


def test_teams_of_another_program_are_told_as_such() -> None:
    other = a_unit("mc1", program=Program.MOBILE_CRISIS)
    assert ("", "no team of its program is on duty; others:", "") in card(board(waiting(5), other))


def test_the_countdown_takes_the_color_of_its_alarm_once_that_is_due() -> None:
    tones = [
        next(iter(lines[1:])).tone
        for waits in (19, 20, 26)
        for state in [board(waiting(waits))]
        for lines in [list(kick_back_lines(state, state.calls["c1"], present(NOW, state.agency)))]
    ]
    assert tones == ["text", "p2", "p2"]
    assert card(board(waiting(26)))[0] == ("00:00", "policy hands it to police now", "16:29")


def test_a_call_that_police_will_not_be_handed_has_no_such_section() -> None:
    assert card(board(waiting(5, priority=9))) == []
    assert card(board(a_call(1, eligible=False))) == []
