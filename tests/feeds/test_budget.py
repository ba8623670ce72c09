"""How often a source may be asked, and by how much its stamps are put right."""

from datetime import UTC, datetime, timedelta

import pytest

from console.feeds.poll.budget import HOUR, Budget
from console.feeds.poll.clocks import Correction, dated
from console.feeds.wire.finding import Reply
from tests.feeds.answers import date, now, page
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos


class Watch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_a_source_without_a_limit_is_asked_at_its_pace() -> None:
    budget = Budget(0, Watch())
    budget.spend(5_000)
    assert budget.pace("calls", 3, 2.0) == 2.0


def test_all_rounds_together_stay_within_the_permitted_requests() -> None:
    watch = Watch()
    budget = Budget(1_000, watch)
    due = {"calls": 0.0, "units": 0.0}
    costs = {"calls": 2, "units": 1}
    sent: list[float] = []
    while watch.at < 3 * HOUR:
        name = min(due, key=due.__getitem__)
        watch.at = due[name]
        budget.spend(costs[name])
        sent += [watch.at] * costs[name]
        due[name] = watch.at + budget.pace(name, costs[name], 3.0)
    worst = max(sum(at <= each < at + HOUR for each in sent) for at in sent[::50])
    assert 850 <= worst <= 1_000


def test_a_budget_that_is_used_up_waits_until_the_oldest_request_is_an_hour_old() -> None:
    watch = Watch()
    budget = Budget(10, watch)
    budget.spend(4)
    watch.at = 600.0
    budget.spend(6)
    assert budget.pace("calls", 1, 1.0) == HOUR - 600
    watch.at = HOUR
    assert budget.asked == 6


async def test_the_board_shows_how_much_of_the_budget_is_used() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a"}))
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 3)
            assert 3 <= board.feed().asked_h <= len(server.asked)
            assert board.feed().allowed_h == 0


@pytest.mark.parametrize(
    ("learned", "by"),
    [
        ([None], 0),
        ([1.9], 0),
        ([-420.2], -420),
        ([420.2, 421.5], 420),
        ([420.2, 423.4], 423),
        ([420.2, 0.4], 0),
    ],
    ids=["simulated", "small", "behind", "steady", "drifted", "set right"],
)
def test_stamps_are_corrected_in_steps(learned: list[float | None], by: int) -> None:
    correction = Correction()
    for seconds in learned:
        correction.learn(seconds)
    assert correction.by == timedelta(seconds=by)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Thu, 32 Nov 2026 12:00:00 GMT", "Thu, 19 Nov 2026 12:00:00"]
)
def test_a_date_that_is_none_tells_no_time(text: str) -> None:
    assert dated(Reply(200, {"date": text}, b"", 0.0, 0.0)) is None


def test_a_date_is_the_middle_of_its_second() -> None:
    noon = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
    served = dated(Reply(200, {"date": date(noon)}, b"", 0.0, 0.0))
    assert served is not None
    assert served.now == noon + timedelta(seconds=0.5)


async def test_the_ages_of_a_server_seven_minutes_behind_are_right() -> None:
    behind = timedelta(minutes=-7)
    async with Chaos() as server:
        row = {"id": "a", "stamps": {"created_at": now() + behind - timedelta(seconds=90)}}
        server.play("/v1/calls", page(row, ahead=behind))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            born = state.calls["a"].stamps.created_at
            assert born is not None
            assert abs((now() - born).total_seconds() - 90) < 3
            await board.until_feed("skew")


async def test_a_server_that_sets_its_clock_right_moves_every_row_and_repeats_none() -> None:
    ahead = timedelta(minutes=7)
    born = now() - timedelta(minutes=2)

    def row(off: timedelta) -> dict[str, object]:
        return {"id": "a", "stamps": {"created_at": born + off}, "updated_at": born + off}

    async with Chaos() as server:
        server.play("/v1/calls", page(row(ahead), ahead=ahead))
        async with watching(spec(server)) as board:
            await board.until_feed("skew")
            server.play("/v1/calls", page(row(timedelta())))
            await board.until_feed("ok")
            held = board.state.calls["a"].stamps.created_at
            assert held is not None
            assert abs((held - born).total_seconds()) < 3
