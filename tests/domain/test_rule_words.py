"""Every rule has its words."""

from console.domain.alarms.words import RULE_WORDS, rule_words
from console.domain.watching.catalog import CATALOG


def test_every_rule_and_no_other_has_words() -> None:
    assert RULE_WORDS.keys() == CATALOG.keys()


def test_a_rule_of_a_newer_version_reads_as_itself() -> None:
    assert rule_words("team_at_sea") == "team at sea"
