"""``[alarms]`` of the configuration: how loud tones are, and the agency's own command on an escalation."""

from string import Formatter
from typing import Annotated

from msgspec import Meta, Struct

KNOWN = ("priority", "rule", "since", "count")
"""What a command may be told: nothing of any person, place or call."""

TOLD = ", ".join(f"{{{name}}}" for name in KNOWN)


class AlarmSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``on_escalation`` is a program and its arguments, started without a shell; empty for none.

    ``volume`` is a share of the system's; priority 1 is never quieter than half.
    """

    on_escalation: tuple[str, ...] = ()
    volume: Annotated[float, Meta(ge=0, le=1)] = 0.8

    def __post_init__(self) -> None:
        if self.on_escalation and not self.on_escalation[0].strip():
            raise ValueError("`on_escalation` names no program: give its path first, then its arguments")
        for place, text in enumerate(self.on_escalation):
            if wrong := _wrong(text):
                raise ValueError(f"`on_escalation`: {wrong}; a command may be told {TOLD} and nothing else")
            if place == 0 and "{" in text:
                raise ValueError("`on_escalation`: the program itself is fixed: use placeholders after it")


def filled(command: tuple[str, ...], values: dict[str, str]) -> tuple[str, ...]:
    """``command`` with the value of each of `KNOWN` in its place."""
    return tuple(text.format_map(values) for text in command)


def _wrong(text: str) -> str:
    """What is wrong with the placeholders in ``text``; empty where nothing is."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return f"{text!r} has a brace without its fellow (write {{{{ and }}}} for braces as such)"
    for _, name, form, conversion in parts:
        if name is not None and (name not in KNOWN or form or conversion):
            return f"{{{name}}} is not known"
    return ""
