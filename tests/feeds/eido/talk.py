"""A conversation with the EIDO adapter, and the rows that it gives."""

import json
from typing import Any

import pytest

from console.domain.vocabulary import FeedName
from console.feeds.adapter import Gathered
from console.feeds.adapters.kinds import adapter
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble

EIDO = Dialect("eido")


def reply(value: object) -> Reply:
    """A reply of these documents."""
    return Reply(
        200, {"content-type": "application/emergency.eido+json"}, json.dumps(value).encode(), 0.0, 0.0
    )


def asked(*answers: tuple[Reply | Trouble, ...], dialect: Dialect = EIDO) -> dict[FeedName, Gathered]:
    """What a round gives whose requests are answered by these, batch by batch."""
    talk = adapter(dialect).ask("eido", fresh=True)
    next(talk)
    for batch in answers[:-1]:
        talk.send(batch)
    with pytest.raises(StopIteration) as end:
        talk.send(answers[-1])
    found: dict[FeedName, Gathered] = end.value.value
    return found


def read(*documents: Any, dialect: Dialect = EIDO) -> dict[FeedName, Gathered]:
    """What a round of these documents gives."""
    return asked((reply(list(documents)),), dialect=dialect)


def call(*documents: Any, dialect: Dialect = EIDO) -> dict[str, Any]:
    """The one call of these documents."""
    (row,) = read(*documents, dialect=dialect)[FeedName.CALLS].rows
    return row


def units(*documents: Any, dialect: Dialect = EIDO) -> dict[str, dict[str, Any]]:
    """The units of these documents by id."""
    return {row["id"]: row for row in read(*documents, dialect=dialect)[FeedName.UNITS].rows}


def told(found: dict[FeedName, Gathered], feed: FeedName = FeedName.CALLS) -> list[tuple[str, str]]:
    """What was counted."""
    return [(flaw.kind, flaw.what) for flaw in found[feed].flaws]
