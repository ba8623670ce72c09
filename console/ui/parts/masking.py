"""What may be shown of other people's words, as on paper, and a tooltip of lines."""

import html

from console.reports.wording.masking import (
    CODE_LIMIT,
    LINE_LIMIT,
    MASK,
    address,
    dimmed,
    hidden,
    isolated,
    joined,
    masked,
    nature,
    number,
    outcome,
)

__all__ = [
    "CODE_LIMIT",
    "LINE_LIMIT",
    "MASK",
    "address",
    "dimmed",
    "hidden",
    "isolated",
    "joined",
    "masked",
    "nature",
    "number",
    "outcome",
    "tip",
]


def tip(*lines: str) -> str:
    """Lines as a tooltip. Qt guesses whether a tooltip is HTML: here it always is, and all of it escaped."""
    said = [html.escape(line) for line in lines if line]
    return f"<p style='white-space:pre'>{'<br>'.join(said)}</p>" if said else ""
