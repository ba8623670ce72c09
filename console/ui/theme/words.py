"""The plain words for what the dispatch system says: the same as on paper."""

from console.reports.wording.words import (
    WORDS,
    heading,
    word,
)

__all__ = [
    "WORDS",
    "heading",
    "word",
]
