"""How the file of a handover is called."""

import re

from console.reports.handover.lines import Handover
from console.reports.wording.clocks import present_in

ENDING = ".pdf"
_LONGEST = 100


def file_name(found: Handover) -> str:
    """A name without an ending that every file system takes: ``handover 2026-11-19 1630 Demo City Day shift B``."""
    local = found.at.astimezone(present_in(found.at, found.timezone).zone)
    mark = "replay" if found.occasion.mark else ""
    parts = ("handover", f"{local:%Y-%m-%d %H%M}", mark, found.occasion.agency, found.occasion.shift)
    safe = re.sub(r"[^\w .-]", " ", " ".join(parts))
    return " ".join(safe.split())[:_LONGEST].strip(" .")
