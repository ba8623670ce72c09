"""The definition pack: what is refused, and how it is said."""

import tomllib
from pathlib import Path

import pytest

from console.domain.events import DefinitionsLoaded, DefinitionsRefused
from console.domain.packs import DefinitionError, parse, unwatched
from console.domain.proofing.lines import lines
from console.domain.state import reduce, start
from console.domain.watching.catalog import CATALOG
from console.resources import path
from tests.domain.builders import NOON, at

GOOD = b"""
pack = 1
name = "a"
version = "1"
[natures]
AB = { category = "x", behavioral = true }
[waiting]
2 = { amber = 5, red = 9 }
"""

MORE = """
[limits.enroute]                    # line 9
any = { amber = 10, red = 20, at_amber = 3, at_red = 2 }

[team_limits]
delayed = { amber = 15, red = 30, at_amber = 0, at_red = 3 }

[safety.check_in]
outreach = { every = 30, warn = 5 }

[kick_back.after]
1 = 15

[rules.unit_silent]                 # line 21
cause = "c"
consequence = "c"
response = "r"
respond_min = 5
"""

WHOLE = (GOOD.decode() + MORE).encode()


def flawed(data: bytes) -> list[str]:
    """What is said of a pack that cannot be used."""
    with pytest.raises(DefinitionError) as refused:
        parse(data)
    return [flaw.told for flaw in refused.value.flaws]


def changed(old: str, new: str) -> bytes:
    """The whole pack with one thing written otherwise."""
    assert WHOLE.count(old.encode()) == 1
    return WHOLE.replace(old.encode(), new.encode())


def test_a_pack_carries_the_hash_of_its_file() -> None:
    assert parse(GOOD).sha256 != parse(GOOD + b"# changed\n").sha256


@pytest.mark.parametrize("pack", sorted(path("definitions").glob("*.toml")), ids=lambda file: file.stem)
def test_every_shipped_pack_can_be_read_and_leaves_no_rule_out(pack: Path) -> None:
    assert unwatched(parse(pack.read_bytes())) == ()


def test_a_rule_without_a_record_is_told() -> None:
    assert set(unwatched(parse(WHOLE))) == CATALOG.keys() - {"unit_silent"}


def test_a_pack_with_windows_line_ends_reads_the_same() -> None:
    assert parse(WHOLE.replace(b"\n", b"\r\n")).rules == parse(WHOLE).rules


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("behavioral = true", "behavioral = 3", "line 6: natures.AB.behavioral: must be true or false, not 3"),
        ('category = "x", ', "", "line 6: natures.AB.category: missing: this must be given"),
        ('name = "a"', "name = 7", "line 3: name: must be text in quotes, not 7"),
        ('name = "a"', "", "name: missing: this must be given"),
        ("pack = 1", "pack = 2", "line 2: pack: must be one of 1, not 2"),
        ("amber = 5", "amber = 9", "line 8: waiting.2: amber (9 min) must be below red (9 min)"),
        ("2 = {", "urgent = {", "line 8: waiting.urgent: must be a priority of calls, a whole number from 0 to 99"),
        ("2 = {", "02 = {", "line 8: waiting.02: must be a priority of calls, a whole number from 0 to 99"),
        ("[limits.enroute]", "[limit.enroute]", "line 10: limit: no such key or table here: did you mean `limits`?"),
        (
            "limits.enroute",
            "limits.en_route",
            "line 10: limits.en_route: no such state of a call with limits: did you mean `enroute`?",
        ),
        (
            "limits.enroute",
            "limits.pending",
            "line 10: limits.pending: the limits of a call that waits stand in [waiting]",
        ),
        ("at_red = 2", "at_rde = 2", "line 11: limits.enroute.any.at_rde: no such key here: did you mean `at_red`?"),
        ("at_red = 2", "at_red = 4", "line 11: limits.enroute.any.at_red: must be one of 0, 1, 2, 3, not 4"),
        (
            "at_amber = 3, at_red = 2",
            "at_amber = 2, at_red = 3",
            "line 11: limits.enroute.any: the alarm at red (at_red = 3) is milder than that at amber (at_amber = 2)",
        ),
        ("amber = 10", 'amber = "10"', 'line 11: limits.enroute.any.amber: must be a number, not "10"'),
        ("delayed =", "delaid =", "line 14: team_limits.delaid: no such state of a team: did you mean `delayed`?"),
        (
            "outreach =",
            "outreech =",
            "line 17: safety.check_in.outreech: no such program: did you mean `outreach`?",
        ),
        ("warn = 5", "warn = 30", "line 17: safety.check_in.outreach: warn (30 min) must be below every (30 min)"),
        (
            "1 = 15",
            "1 = 5",
            "line 20: kick_back.after.1: must be above warn (5 min), or the alarm comes with the call",
        ),
        (
            "rules.unit_silent",
            "rules.unit_silence",
            "line 22: rules.unit_silence: no such rule in this version: did you mean `unit_silent`?",
        ),
        ('response = "r"', 'response = ""', 'line 25: rules.unit_silent.response: must be text in quotes'),
        ("respond_min = 5", "respond_min = 0", "line 26: rules.unit_silent.respond_min: must be a number above 0"),
        ("respond_min = 5", "", "line 22: rules.unit_silent.respond_min: missing: this must be given"),
        ("pack = 1", "sha256 = 'x'", "line 2: sha256: no such key or table here"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_what_to_write(old: str, new: str, says: str) -> None:
    assert any(told.startswith(says) for told in flawed(changed(old, new))), flawed(changed(old, new))


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (GOOD.replace(b"pack = 1", b"pack ="), "line 2: not TOML"),
        (GOOD + b"[rules", "line 9: not TOML"),
        (b'name = "a"\nversion = "\xff"', "line 2: not UTF-8 text"),
        (GOOD + b"x = " + b"[" * 50_000, "tables or lists stand too deep in one another"),
        (GOOD + b"x = " + b"9" * 6_000, "line 9: not TOML (Exceeds the limit"),
        (
            WHOLE + b"[alarms.flood]\nover = 4\n",
            "line 27: alarms.flood.ends_below: must not be above over (4)",
        ),
        (
            WHOLE + b"[alarms.shelve_min]\n1 = 90\n2 = 60\n",
            "line 29: alarms.shelve_min.2: an urgent alarm (1: 90 min)",
        ),
        (
            WHOLE + b"[alarms.returned_min]\n4 = 90\n",
            "line 28: alarms.returned_min.4: no such priority of alarms",
        ),
        (
            WHOLE + b"[positions]\nfade_s = 300\n",
            "line 28: positions.fade_s: fade_s (300 s) must be below stale_s",
        ),
    ],
)
def test_what_is_added_and_wrong_is_told_with_its_line(bad: bytes, says: str) -> None:
    assert any(told.startswith(says) for told in flawed(bad)), flawed(bad)


def test_everything_that_is_wrong_is_told_at_once_from_the_top_down() -> None:
    bad = WHOLE.replace(b"amber = 5", b"amber = 50").replace(b"delayed", b"delay").replace(b"every", b"evry")
    places = [told.partition(": ")[0] for told in flawed(bad)]
    assert places == ["line 8", "line 14", "line 17", "line 17"]


def test_each_name_has_the_line_on_which_it_stands() -> None:
    text = '''a.b = 1
"q.x" = """
x = 3 # [not.a.table]
"""
[limits.enroute]  # a comment with "quotes"
any = { amber = 1.5, red = [1,
 2, { z = 3 }] }
[[src]]
n = 1
[[src]]
d = 1979-05-27 07:32:00
[src.'sub']
n = 'a = 2'
'''
    assert tomllib.loads(text)
    found = lines(text)
    wanted = {
        ("a", "b"): 1,
        ("q.x",): 2,
        ("limits", "enroute"): 5,
        ("limits", "enroute", "any", "red"): 6,
        ("limits", "enroute", "any", "red", "2", "z"): 7,
        ("src", "0", "n"): 9,
        ("src", "1", "d"): 11,
        ("src", "1", "sub", "n"): 13,
    }
    assert {key: found.get(key) for key in wanted} == wanted


def test_a_change_that_cannot_be_used_is_told_until_one_can_and_the_pack_stays() -> None:
    pack = parse(WHOLE)
    before = reduce(start(NOON), DefinitionsLoaded(NOON, pack))
    refused = reduce(before, DefinitionsRefused(at(1), "ours.toml", ("line 8: waiting.2: no",)))
    assert refused.definitions is pack
    assert refused.refused is not None
    assert reduce(refused, DefinitionsLoaded(at(2), pack)).refused is None
