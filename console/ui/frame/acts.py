"""What can be done in the window, by name: the key map and the command bar both draw on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.due import Can
from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.ui.figures import counted, sources
from console.ui.figures.figures import ABOUT
from console.ui.figures.listing import Listing, open_listing
from console.ui.frame.arrangement import Arrangement
from console.ui.frame.finder import Action
from console.ui.frame.keys import Key, printed
from console.ui.frame.shortcuts import ONLY_REPLAY
from console.ui.look.appearance import ORDER, Appearance
from console.ui.look.view import View
from console.ui.replay.room import ReplayRoom

Do = Callable[[], None]

THEMES = {"system": "as the system", "dark": "dark", "light": "light", "night": "night"}
UNKEYED = {
    "check_in": "Check in with the selected team",
    "take_out": "Take the selected alarm out of service",
    "take_out_kind": "Take all alarms of the selected kind out of service",
}
"""Acts of the attention panel without a key."""

PLACES = {
    "attention": "needs attention",
    "calls": "calls",
    "map": "map",
    "metrics": "live metrics",
    "teams": "teams",
    "detail": "detail",
}


def from_keys(keys: Iterable[Key], does: Mapping[str, Do]) -> dict[str, Action]:
    """The acts of the key map, with their keys."""
    bound = (key for key in keys if key.bound and key.act in does and key.act not in ("find", "close"))
    return {key.act: Action(_sentence(key.what), printed(key)[0], does[key.act]) for key in bound}


def of_replays(keyed: Mapping[str, Action], replays: Replays, does: Mapping[str, Do]) -> dict[str, Action]:
    """``keyed`` with what needs a replay offered in one only, and the way back into the running shift."""

    def replaying() -> bool:
        return replays.playing.value is not None

    def seekable() -> bool:
        return Can.SEEK in replays.can

    def running() -> bool:
        return replays.live is not None

    needs = dict.fromkeys(ONLY_REPLAY, seekable) | {"live": replaying, "far_back": running}
    half_hour = Action("Back 30 minutes into this shift", "", does["half_hour_back"], running)
    offered = {act: replace(one, possible=needs.get(act, one.possible)) for act, one in keyed.items()}
    return {**offered, "half_hour_back": half_hour}


def of_room(keyed: Mapping[str, Action], room: ReplayRoom, does: Mapping[str, Do]) -> dict[str, Action]:
    """``keyed``, told where it needs the live board, and what can be done with notes and bookmarks."""
    refresh = {"refresh": replace(keyed["refresh"], note=room.only_live)} if "refresh" in keyed else {}
    return {
        **keyed,
        **refresh,
        "note": Action("Write a note about the shift", "", room.does["note"]),
        "kept": Action("Notes and bookmarks", "", room.does["kept"]),
        "orphans": Action("Calls and follow-ups left without an owner", "", does["orphans"]),
        "debrief": Action("Save the debrief: notes and bookmarks", "", room.does["debrief"]),
        "print_handover": Action("Print the handover", "", does["print_handover"]),
    }


def of_sound(does: Mapping[str, Do]) -> dict[str, Action]:
    """How alarms are heard, tried out before it matters."""
    test = does.get("test_tones")
    return {"test_tones": Action("Test the alarm tones", "", test)} if test is not None else {}


def of_alarms(does: Mapping[str, Do]) -> dict[str, Action]:
    """All alarms, their figures, what has no key of its own, and whether any may blink."""
    unkeyed = {name: Action(what, "", does[name]) for name, what in UNKEYED.items() if name in does}
    return unkeyed | {
        "alarms": Action("All alarms: shelved, held back, out of service", "", does["alarms"]),
        "alarm_figures": Action("Figures of the alarms, against the guideline", "", does["alarm_figures"]),
        "blink": Action("Blinking of priority 1: on or off", "", does["blink"]),
    }


def of_view(look: Appearance, places: Arrangement) -> dict[str, Action]:
    """Themes, and panels popped out or put back."""
    themes = {
        f"theme {name}": Action(f"Theme: {THEMES[name]}", "", partial(look.choose, name)) for name in ORDER
    }
    pops = {
        f"pop {name}": Action(f"Pop out or put back: {title}", "", partial(places.toggle, name))
        for name, title in PLACES.items()
    }
    return themes | pops


def of_lists(store: Store[State], view: Store[View], window: QWidget) -> dict[str, Action]:
    """The list behind each figure, the feeds and the problems."""
    behind = {
        f"behind {name}": Action(
            f"What is behind: {about.label}", "", partial(_show, store, view, name, window)
        )
        for name, about in ABOUT.items()
    }
    feeds = Action("Data age of every feed", "", partial(_show, store, view, "feeds", window))
    problems = Action("Problems in the data", "", partial(_show, store, view, "problems", window))
    return {**behind, "feeds": feeds, "problems": problems}


def _show(store: Store[State], view: Store[View], name: str, window: QWidget) -> None:
    match name:
        case "feeds":
            open_listing(store, view, sources.feed_sheet(), window)
        case "problems":
            open_listing(store, view, sources.problem_sheet(), window)
        case _:
            open_listing(store, view, counted.sheet(name), window)


def close_lists(window: QWidget) -> None:
    """Close the lists that are open over ``window``."""
    for listing in window.findChildren(Listing):
        listing.close()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
