"""How urgent the alarms of each rule can be by a pack: where limits give that, the record does not."""

from collections.abc import Iterable, Mapping

from console.domain.definitions import Definitions, Limit
from console.domain.vocabulary import CallState
from console.domain.watching.catalog import STATUS_LONG
from console.domain.watching.of_calls import LONG

_STATES: Mapping[str, CallState] = {rule: state for state, rule in LONG.items()}


def priorities(pack: Definitions, rule: str) -> tuple[int, ...]:
    """The priorities that alarms of ``rule`` can have, the most urgent first; none where no limit makes one."""
    record = pack.rules.get(rule)
    if record is None:
        return ()
    if (limits := _limits(pack, rule)) is None:
        return (record.priority,)
    steps = {step for limit in limits for step in (limit.at_amber, limit.at_red)}
    return tuple(sorted(steps - {0}))


def _limits(pack: Definitions, rule: str) -> Iterable[Limit] | None:
    """The limits that make alarms of ``rule``; ``None`` where it goes by none."""
    if rule == STATUS_LONG:
        return pack.team_limits.values()
    state = _STATES.get(rule)
    if state is None:
        return None
    return pack.waiting.values() if state is CallState.PENDING else pack.limits.get(state, {}).values()
