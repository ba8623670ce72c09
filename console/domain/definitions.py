"""The agency's definition pack as values: what its codes mean, what its limits are, which alarms there are and why.

A pack is versioned and hashed; it enters the log as an event, so a recording always says by which
definitions its figures and its alarms were made. `packs.py` reads one from TOML.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from console.domain.alarms.flood import FloodLimits

Minutes = Annotated[float, Meta(gt=0, le=1_440)]
Seconds = Annotated[float, Meta(ge=0, le=3_600)]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Sentence = Annotated[str, Meta(min_length=1, max_length=400)]
AlarmPriority = Literal[1, 2, 3]
MaybePriority = Literal[0, 1, 2, 3]
"""An alarm's priority; 0 where the limit is shown and makes no alarm."""


class Nature(Struct, frozen=True, forbid_unknown_fields=True):
    """What one nature code of the dispatch system means.

    ``behavioral`` puts a call in M, ``eligible`` says that it meets the written criteria unless
    screening says otherwise, ``police_default`` that police would have been sent (W).
    """

    category: Name
    behavioral: bool
    eligible: bool = False
    police_default: bool = False


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes that something may last before it is amber, and before it is red, and the alarm it then makes."""

    amber: Minutes
    red: Minutes
    at_amber: MaybePriority = 2
    at_red: MaybePriority = 1


class PositionLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """Seconds after which a position fades, and after which it is stale."""

    fade_s: Annotated[float, Meta(gt=0, le=86_400)] = 60.0
    stale_s: Annotated[float, Meta(gt=0, le=86_400)] = 300.0


class CheckIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Every how many minutes a team of a program on scene is asked after; ``warn`` minutes before that it is due soon.

    Nobody reached, or nobody asked: the alarm comes back ``again`` minutes after it was acknowledged.
    """

    every: Minutes
    warn: Minutes = 3.0
    again: Minutes = 5.0


class Safety(Struct, frozen=True, forbid_unknown_fields=True):
    """Team safety: check-ins by program (``default`` for the rest), and when a team counts as silent.

    ``silent_min`` are minutes without a position while committed, ``status_old_min`` minutes without any word of its
    state while committed, ``call_old_min`` minutes without any word of an open call: the three ages apart.
    """

    check_in: dict[str, CheckIn] = {}
    silent_min: Minutes = 8.0
    status_old_min: Minutes = 45.0
    call_old_min: Minutes = 60.0


class KickBack(Struct, frozen=True, forbid_unknown_fields=True):
    """Minutes an eligible call may wait until policy hands it to police, by priority; an alarm ``warn`` minutes before.

    A team is expected to travel at ``speed_mph`` over ``detour`` times the straight line. An estimate of when a team
    clears was right within ``right_min`` minutes, and needs ``least`` scenes like it.
    """

    after: dict[str, Minutes] = {}
    warn: Minutes = 5.0
    speed_mph: Annotated[float, Meta(gt=0, le=120)] = 22.0
    detour: Annotated[float, Meta(ge=1, le=5)] = 1.3
    right_min: Minutes = 5.0
    least: Annotated[int, Meta(ge=1, le=1_000)] = 5


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """Why there is such an alarm, and how it behaves (RELIABILITY section 2.1): without this record there is none.

    ``priority`` counts where no limit gives one. What it tells of must last ``on_delay_s`` seconds, and be gone for
    ``off_delay_s``. ``shelve_min`` is the longest it may be shelved, 0 for never; the priority's own cap stands above.
    """

    cause: Sentence
    consequence: Sentence
    response: Sentence
    respond_min: Minutes
    priority: AlarmPriority = 3
    on_delay_s: Seconds = 0.0
    off_delay_s: Seconds = 0.0
    shelve_min: Annotated[float, Meta(ge=0, le=480)] = 480.0
    source: str = ""


class AlarmSystem(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for all alarms; the numbers are those of RELIABILITY section 2.2 unless the pack says otherwise.

    ``shelve_min`` caps by priority. An alarm that is over and that nobody acknowledged leaves the list after
    ``returned_min`` minutes, by priority; where there is none it stays until the shift changes, 12 hours at most.
    """

    flood: FloodLimits = FloodLimits()
    repeat_s: Annotated[float, Meta(ge=5, le=600)] = 30.0
    escalate_s: Annotated[float, Meta(ge=5, le=3_600)] = 60.0
    mute_s: Annotated[float, Meta(ge=10, le=120)] = 120.0
    shelve_min: dict[str, Minutes] = field(default_factory=lambda: {"1": 15.0, "2": 60.0, "3": 480.0})
    returned_min: dict[str, Minutes] = field(default_factory=lambda: {"2": 60.0, "3": 10.0})


class Definitions(Struct, frozen=True, forbid_unknown_fields=True):
    """One pack. ``waiting`` is keyed by priority as text, ``any`` for the rest and for calls without one; ``sha256`` is
    of the file's bytes.

    ``limits`` are the other call states' (``assigned``, ``enroute``, ``on_scene``), each by priority (``any`` for the
    rest); ``team_limits`` a team's time in one state. ``rules`` are the alarms there are, by name.
    """

    name: Name
    version: Name
    natures: dict[str, Nature]
    waiting: dict[str, Limit]
    pack: Literal[1] = 1
    source: str = ""
    positions: PositionLimits = PositionLimits()
    limits: dict[str, dict[str, Limit]] = {}
    team_limits: dict[str, Limit] = {}
    safety: Safety = Safety()
    kick_back: KickBack = KickBack()
    alarms: AlarmSystem = AlarmSystem()
    rules: dict[str, Rule] = {}
    sha256: str = ""

    def nature(self, code: str) -> Nature | None:
        """The meaning of ``code``, or ``None`` where the pack does not list it."""
        return self.natures.get(code)

    def limit(self, priority: int | None) -> Limit | None:
        """How long a call of ``priority`` may wait, or ``None`` where the pack sets no limit."""
        return self.waiting.get(str(priority)) or self.waiting.get("any")

    def state_limit(self, state: str, priority: int | None) -> Limit | None:
        """How long a call of ``priority`` may be in ``state``, waiting aside; ``None`` where the pack sets no limit."""
        by_priority = self.limits.get(state)
        return None if by_priority is None else by_priority.get(str(priority)) or by_priority.get("any")

    def check_in(self, program: str) -> CheckIn | None:
        """How often a team of ``program`` on scene is asked after; ``None`` where the pack does not ask."""
        return self.safety.check_in.get(program) or self.safety.check_in.get("default")


NO_DEFINITIONS = Definitions(name="none", version="0", natures={}, waiting={})
"""Until a pack is loaded nothing has a category or a limit."""
