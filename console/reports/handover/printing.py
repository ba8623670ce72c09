"""A handover on paper: its pages, what runs above and below them, and the file."""

from PySide6.QtCore import QLocale
from PySide6.QtGui import QPagedPaintDevice

from console.reports.handover.lines import Handover
from console.reports.handover.page import TITLE, heading, html
from console.reports.handover.pdf import Running, as_pdf, draw, paper
from console.reports.wording.clocks import present_in
from console.reports.wording.masking import joined

MASKED = "Names, phones and what was said of calls are masked. Keep it as the recording is kept."


def written(found: Handover, locale: QLocale) -> bytes:
    """The bytes of the PDF, on the paper of that place."""
    return as_pdf(html(found), running(found), paper(locale))


def printed(found: Handover, device: QPagedPaintDevice) -> int:
    """Put it on a printer, on the paper that this has; how many pages, 0 where it takes none."""
    return draw(html(found), running(found), device)


def running(found: Handover) -> Running:
    """What stands on every page, so that none is taken for another shift's or for the present."""
    now = present_in(found.at, found.timezone)
    return Running(
        title=joined((TITLE, heading(found), f"{now.day(found.at)} {now.time(found.at)}")),
        left=heading(found),
        right=f"{TITLE}, {now.day(found.at)} {now.exact(found.at)}",
        mark=joined((found.occasion.mark, found.notice)),
        foot=MASKED,
    )
