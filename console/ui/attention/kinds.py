"""What several alarms of one rule are called, for the line that they share."""

from console.domain.watching import catalog

KINDS: dict[str, str] = {
    catalog.EMERGENCY: "teams calling for help",
    catalog.CHECK_IN: "teams with an overdue check-in",
    catalog.SILENT: "teams silent",
    catalog.STATUS_OLD: "teams not heard of",
    catalog.TO_CLOSED: "teams committed to closed calls",
    catalog.ALONE: "teams on scene without a call",
    catalog.STATUS_LONG: "teams too long in one state",
    catalog.PENDING_LONG: "calls waiting too long",
    catalog.ASSIGNED_LONG: "calls assigned and not rolling",
    catalog.TRAVEL_LONG: "calls with a team too long on its way",
    catalog.SCENE_LONG: "calls with a team too long on scene",
    catalog.TRANSPORT_LONG: "transports taking too long",
    catalog.KICK_BACK: "calls about to go to police",
    catalog.MISSING: "calls no longer reported",
    catalog.CALL_OLD: "calls not heard of",
    catalog.UNOWNED: "calls or follow-ups left without an owner",
    catalog.FEED_DOWN: "sources without data",
    catalog.FEED_LATE: "sources late",
    catalog.SIGN_IN: "sources asking for a sign-in",
    catalog.TOO_OFTEN: "sources asked too often",
    catalog.SKEW: "sources with another clock",
    catalog.UNREADABLE: "sources with rows that cannot be read",
    catalog.BAD_ANSWERS: "sources with answers that cannot be read",
    catalog.VANISHED: "sources that report none of their calls",
    catalog.NOT_RECORDED: "recordings stopped",
}
"""What several alarms of a rule are called behind their number."""
