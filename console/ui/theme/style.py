"""Puts a theme on the application: Fusion, a palette, one style sheet, one typeface, one scale."""

from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from console.ui.theme import fonts
from console.ui.theme.sheet import sheet
from console.ui.theme.sizes import Sizes
from console.ui.theme.theme import DARK, LIGHT, THEMES, Name, Theme, Token, sharpened

Choice: TypeAlias = Literal["system", "light", "dark", "night"]
Role: TypeAlias = Literal[
    "label",
    "value",
    "muted",
    "title",
    "lead",
    "figure",
    "display",
    "banner",
    "ribbon",
    "strip",
    "chip",
    "key",
]
"""What a widget is on the page; the style sheet gives each its size and color.

Texts: ``label`` small, muted, capitals, names a figure; ``value`` the plain text of a row; ``muted`` a
small second line; ``title`` names a panel's subject; ``lead`` one step above; ``figure`` a number of the
strip; ``display`` the recorded clock. Frames: ``banner`` and ``ribbon`` are filled by their tone,
``strip`` has a hairline below, ``chip`` is a filter, ``key`` a keyboard key.
"""


def apply(app: QApplication, theme: Theme, scale: float = 1.0) -> Sizes:
    """Dress the whole application; `scale` is the font scale, 1.0 to 2.0. `fonts.load` comes first.

    Dressing it again in what it wears costs nothing: styling a whole window anew takes 85 ms (measured).
    """
    sizes = Sizes(scale)
    wanted = sheet(theme, sizes)
    if app.styleSheet() == wanted:
        return sizes
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    app.setFont(fonts.face(sizes.body))
    app.setStyleSheet(wanted)
    return sizes


def chosen(hints: QStyleHints, choice: Choice) -> Theme:
    """The theme of a person's choice, or the one the desktop asks for; more contrast when it asks so.

    A desktop that says nothing gets the dark one: the room it stands in is dim. The choice also goes
    to the window frames and native dialogs.
    """
    if choice == "system":
        hints.unsetColorScheme()
        theme = LIGHT if hints.colorScheme() is Qt.ColorScheme.Light else DARK
    else:
        theme = THEMES[choice]
        hints.setColorScheme(_scheme(choice))
    contrast = hints.accessibility().contrastPreference()
    return sharpened(theme) if contrast is Qt.ContrastPreference.HighContrast else theme


def dress(widget: QWidget, role: Role | None = None, tone: Token | None = None) -> None:
    """Give a widget its role and tone (the token of its color); cheap when nothing changes."""
    if widget.property("role") == role and widget.property("tone") == tone:
        return
    widget.setProperty("role", role)
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def calm(table: QTableView, row: int) -> None:
    """A table of rows ``row`` pixels high with hairlines between them and nothing else drawn."""
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(row)
    table.verticalHeader().setDefaultSectionSize(row)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def palette(theme: Theme) -> QPalette:
    """The theme as a palette, for what the style sheet leaves to Fusion and for panels that paint."""
    made = QPalette()
    for role, color in _roles(theme).items():
        made.setColor(role, QColor(color))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.edge))
    return made


_Role = QPalette.ColorRole


def _roles(theme: Theme) -> dict[QPalette.ColorRole, str]:
    return {
        _Role.Window: theme.panel,
        _Role.Base: theme.panel,
        _Role.AlternateBase: theme.panel,
        _Role.Button: theme.panel,
        _Role.ToolTipBase: theme.overlay,
        _Role.WindowText: theme.text,
        _Role.Text: theme.text,
        _Role.ButtonText: theme.text,
        _Role.ToolTipText: theme.text,
        _Role.BrightText: theme.text,
        _Role.PlaceholderText: theme.muted,
        _Role.Highlight: theme.raised,
        _Role.HighlightedText: theme.text,
        _Role.Accent: theme.muted,
        _Role.Link: theme.text,
        _Role.LinkVisited: theme.muted,
        _Role.Light: theme.panel,
        _Role.Midlight: theme.panel,
        _Role.Mid: theme.hairline,
        _Role.Dark: theme.edge,
        _Role.Shadow: theme.ground,
    }


def _scheme(name: Name) -> Qt.ColorScheme:
    return Qt.ColorScheme.Light if name == "light" else Qt.ColorScheme.Dark
