"""Prints a page of HTML: into the bytes of a PDF, or onto a printer. Nothing is ever loaded for it."""

from msgspec import Struct
from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)
from typing_extensions import override

FAMILY = "Roboto"
MARGIN_MM = 13.0
DOTS = 600
LINE_PT = 13.0
"""The height of a line above or below the text."""

EDGE = 1.0
"""Dots by which a line may begin or end off its page: the layout rounds."""

HEADING = 2
"""The level of headings that stay with what they head."""

LETTER = frozenset(
    {
        QLocale.Country.UnitedStates,
        QLocale.Country.Canada,
        QLocale.Country.Mexico,
        QLocale.Country.Philippines,
        QLocale.Country.PuertoRico,
        QLocale.Country.Chile,
        QLocale.Country.Colombia,
        QLocale.Country.Venezuela,
    }
)
"""Where paper is of the North American sizes (CLDR, measurement data: US paper size)."""


class Running(Struct, frozen=True):
    """What stands above and below the text of each page; ``mark`` on a line of its own, in bold."""

    title: str
    left: str
    right: str
    mark: str
    foot: str


class _Page(QTextDocument):
    """Loads nothing: no picture, no style sheet, from no file and no network."""

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> None:
        return None


def paper(locale: QLocale) -> QPageSize:
    """Letter where paper is of that size, else A4."""
    letter = locale.territory() in LETTER
    return QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)


def as_pdf(html: str, running: Running, size: QPageSize) -> bytes:
    """The file. Needs a QGuiApplication with the typeface loaded."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setTitle(running.title)
    writer.setCreator("SMART Console")
    writer.setPageLayout(layout(size))
    draw(html, running, writer)
    buffer.close()
    return bytes(buffer.data().data())


def layout(size: QPageSize) -> QPageLayout:
    """Upright, with narrow margins that a printer can keep and a hole punch needs."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def draw(html: str, running: Running, device: QPagedPaintDevice) -> int:
    """Paint all pages on ``device``, with their numbers; how many, 0 where it cannot be painted on."""
    painter = QPainter()
    if not painter.begin(device):
        return 0
    line = LINE_PT / 72 * device.logicalDpiY()
    above = line * (2 if running.mark else 1) + line / 2
    room = QSizeF(device.width(), device.height() - above - line)
    page = _laid_out(html, device, room)
    count = page.pageCount()
    for place in range(count):
        if place:
            device.newPage()
        _frame(painter, running, device, f"page {place + 1}/{count}")
        painter.save()
        painter.translate(0, above - place * room.height())
        page.drawContents(painter, QRectF(0, place * room.height(), room.width(), room.height() - EDGE))
        painter.restore()
    return count if painter.end() else 0


def _laid_out(html: str, device: QPagedPaintDevice, room: QSizeF) -> QTextDocument:
    page = _Page()
    page.setUndoRedoEnabled(False)
    page.documentLayout().setPaintDevice(device)
    page.setDefaultFont(_font(8))
    page.setDocumentMargin(0)
    page.setPageSize(room)
    page.setHtml(html)
    for heading in _headings(page):
        _keep(page, heading)
    return page


def _headings(page: QTextDocument) -> list[QTextBlock]:
    found, block = [], page.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == HEADING:
            found.append(block)
        block = block.next()
    return found


def _keep(page: QTextDocument, heading: QTextBlock) -> None:
    """Send a heading to the next page where what it heads begins there."""
    if _place(page, heading) != _place(page, _headed(heading)):
        cursor = QTextCursor(heading)
        form = heading.blockFormat()
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        cursor.setBlockFormat(form)


def _headed(heading: QTextBlock) -> QTextBlock:
    """The first line below a heading; of a table that is its first row below its own head."""
    below = heading.next()
    table: QTextTable | None = QTextCursor(below).currentTable()
    if table is None:
        return below
    first = table.cellAt(min(table.format().headerRowCount(), table.rows() - 1), 0)
    return first.firstCursorPosition().block()


def _place(page: QTextDocument, block: QTextBlock) -> int:
    """The page on which the first line of a block ends; that of an empty one where the block does."""
    whole, lines = page.documentLayout().blockBoundingRect(block), block.layout()
    ends = whole.top() + lines.lineAt(0).rect().bottom() if lines.lineCount() else whole.bottom()
    return int((ends - EDGE) // page.pageSize().height())


def _frame(painter: QPainter, running: Running, device: QPagedPaintDevice, number: str) -> None:
    """The lines above and below the text."""
    whole = QRectF(0, 0, device.width(), device.height())
    top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    painter.setPen(QColor(0, 0, 0))
    painter.setFont(_font(7))
    for where, text, share in (
        (left | top, running.left, 0.55),
        (right | top, running.right, 0.4),
        (left | bottom, running.foot, 0.8),
        (right | bottom, number, 0.2),
    ):
        painter.drawText(whole, where, _fitting(painter, text, share * whole.width()))
    painter.setFont(_font(9, QFont.Weight.Bold))
    below = whole.adjusted(0, LINE_PT / 72 * device.logicalDpiY(), 0, 0)
    painter.drawText(below, left | top, _fitting(painter, running.mark, whole.width()))


def _fitting(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))


def _font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Its figures are of one width by themselves; those of the window's font cannot be read out of a PDF."""
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 0)  # else a painter takes it over from the window's font
    return font
