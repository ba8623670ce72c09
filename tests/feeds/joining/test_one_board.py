"""Several servers on real sockets that together make one board."""

from msgspec.structs import replace

from console.domain.feed import Problem
from console.domain.orphans import orphans
from console.domain.vocabulary import FeedName
from console.feeds.joining.joiner import SAME_ID, SAME_NAME
from console.ui.parts.freshness import freshness
from tests.feeds.answers import body, now, page, status
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos
from tests.feeds.mapped.test_over_http import REPLIES, source

CAD = (FeedName.CALLS, FeedName.UNITS)


async def test_calls_positions_and_beds_of_three_servers_make_one_board() -> None:
    async with Chaos() as cad, Chaos() as avl, Chaos() as beds:
        cad.play("/v1/calls", page({"id": "7", "assignments": [{"unit": "a"}]}))
        cad.play("/v1/units", page({"id": "a", "callsign": "Van 1"}))
        avl.play("/v1/positions", page({"unit": "VAN1", "lat": 39.7, "lon": -104.9, "at": now()}))
        beds.play("/v1/facilities", page({"id": "d", "name": "Detox", "beds_free": 4}))
        sources = (
            spec(cad, *CAD),
            spec(avl, FeedName.POSITIONS, name="avl"),
            spec(beds, FeedName.FACILITIES, name="beds"),
        )
        async with watching(*sources) as board:
            state = await board.until(
                lambda state: "a" in state.positions and state.facilities and state.calls
            )
            assert state.calls["7"].units == ("a",)
            assert set(state.positions) == {"a"}
            assert set(state.feeds) == {"cad/calls", "cad/units", "avl/positions", "beds/facilities"}


async def test_two_dispatch_systems_with_the_same_ids_keep_apart_and_are_counted() -> None:
    async with Chaos() as city, Chaos() as county:
        city.play("/v1/calls", page({"id": "7", "nature": "A", "assignments": [{"unit": "1"}]}))
        city.play("/v1/units", page({"id": "1", "callsign": "Van 1"}))
        county.play(
            "/v1/calls", page({"id": "7", "nature": "B", "assignments": [{"unit": "5"}, {"unit": "6"}]})
        )
        county.play("/v1/units", page({"id": "5", "callsign": "VAN 1"}, {"id": "6", "callsign": "Van 2"}))
        sources = (spec(city, *CAD, name="city"), spec(county, *CAD, name="county"))
        async with watching(*sources) as board:
            state = await board.until(
                lambda state: len(state.calls) == len(state.units) == 2 and state.problems
            )
            state = await board.until(lambda state: len(state.problems) == 2)
            assert {key: (call.nature, call.units) for key, call in state.calls.items()} == {
                "7": ("A", ("1",)),
                "county/7": ("B", ("1", "county/6")),
            }
            assert set(state.problems.values()) == {
                Problem("conflict", "county/calls", SAME_ID, 1, ("7",)),
                Problem("conflict", "county/units", SAME_NAME, 1, ("5",)),
            }


async def test_one_system_that_fails_and_comes_back_changes_nothing_of_the_other() -> None:
    async with Chaos() as city, Chaos() as county:
        city.play("/v1/calls", page({"id": "1"}))
        county.play("/v1/calls", page({"id": "1"}), status(500), page({"id": "1"}, {"id": "2"}))
        sources = (spec(server, name=name) for server, name in ((city, "city"), (county, "county")))
        async with watching(*sources) as board:
            state = await board.until(lambda state: "county/2" in state.calls)
            assert set(state.calls) == {"1", "county/1", "county/2"}
            assert not state.missing


async def test_a_system_without_units_spoils_neither_the_checks_nor_the_age_of_the_others() -> None:
    async with Chaos() as cad, Chaos() as tickets, Chaos() as avl:
        cad.play("/v1/calls", page({"id": "7"}))
        cad.play("/v1/units", page({"id": "a", "callsign": "Van 1"}))
        tickets.play("/incidents", body((REPLIES / "ticketscad-incidents.json").read_bytes()))
        tickets.play("/responders", status(501))
        avl.play("/v1/positions", page({"unit": "ghost", "lat": 39.7, "lon": -104.9, "at": now()}))
        sources = (
            spec(cad, *CAD),
            replace(source(tickets, "ticketscad", zone="America/Denver"), name="tickets"),
            spec(avl, FeedName.POSITIONS, name="avl"),
        )
        async with watching(*sources) as board:
            await board.until_feed("not_offered", "tickets/units")
            state = await board.until(lambda state: len(state.calls) == 3 and state.units and state.positions)
            assert ("ghost",) in [problem.examples for problem in orphans(state)]
            assert freshness(state.feeds, FeedName.UNITS, state.at).current
