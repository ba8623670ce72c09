"""The pack that ships: every alarm in it has its reasons, and the urgent ones are few."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from console.domain.definitions import Definitions, Limit
from console.domain.packs import parse
from console.domain.watching.catalog import CATALOG, CHECK_IN, EMERGENCY, KICK_BACK, PENDING_LONG
from console.domain.watching.priorities import priorities
from console.resources import path

FOLDER = path("definitions")


@pytest.fixture(scope="module")
def pack() -> Definitions:
    return parse((FOLDER / "denver-style.toml").read_bytes())


def test_every_file_of_the_folder_is_a_pack_that_can_be_read_or_the_guide() -> None:
    others = [file.name for file in FOLDER.iterdir() if file.suffix != ".toml"]
    assert [parse(file.read_bytes()).name for file in FOLDER.glob("*.toml")] == ["denver-style"]
    assert others == ["GUIDE.md"]


def test_every_rule_has_its_reasons_and_no_two_the_same(pack: Definitions) -> None:
    assert pack.rules.keys() == CATALOG.keys()
    responses = Counter(record.response for record in pack.rules.values())
    assert responses.most_common(1)[0][1] == 1


def test_few_rules_are_urgent(pack: Definitions) -> None:
    """The guideline is 5/15/80 percent of the alarms; rules can only lean that way, what comes up decides."""
    found = Counter(max(priorities(pack, rule)) for rule in CATALOG)
    every = sum(found.values())
    assert every == len(CATALOG)
    assert found[1] / every <= 0.1
    assert found[2] / every <= 0.35
    assert found[3] / every >= 0.5


def test_only_people_in_danger_and_urgent_calls_make_a_priority_1(pack: Definitions) -> None:
    urgent = {rule for rule in CATALOG if 1 in priorities(pack, rule)}
    assert urgent == {EMERGENCY, CHECK_IN, PENDING_LONG}


def test_an_urgent_alarm_does_not_wait_and_is_not_shelved_for_long(pack: Definitions) -> None:
    for rule, record in pack.rules.items():
        if record.priority == 1:
            assert (record.on_delay_s, record.shelve_min <= 15) == (0, True), rule
    assert pack.rules[EMERGENCY].shelve_min == 0


def test_the_more_urgent_the_sooner_somebody_has_to_respond(pack: Definitions) -> None:
    slowest = [
        max(record.respond_min for record in pack.rules.values() if record.priority == priority)
        for priority in (1, 2)
    ]
    assert slowest[0] < slowest[1] <= 10


def test_the_more_urgent_the_call_the_shorter_its_limits(pack: Definitions) -> None:
    def rising(limits: dict[str, Limit]) -> bool:
        inner = [limits[key] for key in ("1", "2", "3", "any") if key in limits]
        return all(one.amber <= two.amber and one.red <= two.red for one, two in pairwise(inner))

    assert all(map(rising, (pack.waiting, *pack.limits.values())))


def test_the_warning_of_a_kick_back_does_not_come_in_the_second_of_the_red_limit(pack: Definitions) -> None:
    for priority, minutes in pack.kick_back.after.items():
        limit = pack.limit(int(priority))
        assert limit is not None
        assert minutes - pack.kick_back.warn > limit.red
    assert KICK_BACK in pack.rules


@pytest.mark.parametrize("name", sorted(Definitions.__struct_fields__))
def test_the_guide_tells_of_every_table(name: str) -> None:
    guide = (Path(FOLDER) / "GUIDE.md").read_text(encoding="utf-8")
    assert name == "sha256" or f"`{name}`" in guide or f"`[{name}" in guide
