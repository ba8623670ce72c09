"""The one style sheet, filled in from a theme and a scale: flat, hairlines, no boxes in boxes."""

from collections.abc import Iterator
from string import Template

from console import resources
from console.ui.theme.sizes import Sizes
from console.ui.theme.theme import Theme, Token

_TONES: tuple[Token, ...] = ("text", "muted", "p1", "p2", "p3", "stale")
_FILLS: tuple[Token, ...] = ("p1", "p2", "p3", "stale", "replay")

_TEXTS = """
QLabel { background: transparent; }
*[role="label"] { color: $muted_c; font-size: ${small}px; letter-spacing: 1px; text-transform: uppercase; }
*[role="muted"] { color: $muted_c; font-size: ${small}px; }
*[role="value"] { color: $text_c; font-size: ${body}px; }
*[role="title"] { color: $text_c; font-size: ${body}px; font-weight: 500; }
*[role="lead"] { color: $text_c; font-size: ${lead}px; font-weight: 500; }
*[role="figure"] { color: $text_c; font-size: ${figure}px; font-weight: 500; }
*[role="display"] { color: $text_c; font-size: ${display}px; font-weight: 500; }
"""

_FRAMES = """
QMainWindow, QDialog { background: $panel; }
QMainWindow::separator { background: $panel; width: ${gap}px; height: ${gap}px; }
QMainWindow::separator:vertical { border-left: 1px solid $hairline; }
QMainWindow::separator:horizontal { border-top: 1px solid $hairline; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: $hairline; border: 0; background: $hairline; }
QFrame[frameShape="4"] { max-height: 1px; }
QFrame[frameShape="5"] { max-width: 1px; }
QScrollArea, QAbstractItemView { border: 0; background: $panel; outline: 0; }
QGroupBox { border: 0; margin-top: ${row}px; }
QGroupBox::title { subcontrol-origin: margin; color: $muted_c; padding: ${half}px 0; }
QDockWidget { color: $muted_c; font-size: ${small}px; }
QDockWidget::title { background: $panel; border-bottom: 1px solid $hairline; padding: ${half}px ${pad}px; }
QStatusBar { background: $panel; border-top: 1px solid $hairline; color: $muted_c; font-size: ${small}px; }
QStatusBar::item { border: 0; }
QToolBar { background: $panel; border: 0; border-bottom: 1px solid $hairline; spacing: ${half}px; }
*[role="strip"] { border: 0; border-bottom: 1px solid $hairline; }
*[role="banner"], *[role="ribbon"] { padding: ${half}px ${pad}px; font-weight: 500; }
*[role="key"] {
    border: 1px solid $edge; border-radius: 3px; padding: 0 ${half}px; font-size: ${small}px;
}
"""

_CONTROLS = """
QPushButton, QToolButton, *[role="chip"] {
    background: transparent; color: $text_c; border: 1px solid $hairline; border-radius: 2px;
    min-height: ${inner}px; padding: 0 ${button}px;
}
QPushButton, QToolButton, QAbstractItemView, QMenu, QTabBar { icon-size: ${icon}px; }
QToolButton { min-width: ${inner}px; padding: 0; border-color: transparent; }
*[role="chip"] { font-size: ${small}px; }
QPushButton:hover, QToolButton:hover { background: $overlay; border-color: $edge; }
QPushButton:pressed, QPushButton:checked, QToolButton:pressed, QToolButton:checked {
    background: $raised; border-color: $edge;
}
QPushButton:default { border-color: $edge; }
QPushButton:disabled, QToolButton:disabled { color: $edge; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 0 ${button_focus}px;
    min-height: ${inner_focus}px; }
QToolButton:focus { padding: 0; min-width: ${inner_focus}px; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $ground; color: $text_c; border: 1px solid $edge; border-radius: 2px;
    padding: 1px ${pad}px; selection-background-color: $text_c; selection-color: $ground;
    placeholder-text-color: $muted_c;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: ${field}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid $focus; padding: 0 ${pad_focus}px;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { border-color: $hairline; color: $edge; }
QComboBox QAbstractItemView { background: $overlay; border: 1px solid $edge; }
QCheckBox, QRadioButton { spacing: ${pad}px; min-height: ${row}px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: ${mark}px; height: ${mark}px; padding: 3px; border: 1px solid $edge; background: transparent;
}
QCheckBox::indicator { border-radius: 2px; background-clip: content; }
QCheckBox::indicator:checked { background: $text_c; }
QRadioButton::indicator { border-radius: ${mark_round}px; }
QRadioButton::indicator:checked {
    background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 $text_c, stop: 0.56 $text_c, stop: 0.6 $ground, stop: 1 $ground);
}
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus; padding: 2px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 0; }
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; width: 0; height: 0; }
QAbstractSpinBox { qproperty-alignment: AlignCenter; }
QComboBox QLineEdit { border: 0; padding: 0; min-height: 0; background: transparent; }
QComboBox::drop-down, QDateTimeEdit[calendarPopup="true"]::drop-down {
    border: 0; background: transparent; width: ${row}px;
}
QComboBox::down-arrow, QDateTimeEdit[calendarPopup="true"]::down-arrow {
    image: url("$arrow_file"); width: ${icon}px; height: ${icon}px;
}
QProgressBar { background: $bar_track; border: 0; max-height: ${pad}px; color: transparent; }
QProgressBar::chunk { background: $bar; }
QSlider::groove:horizontal { background: $bar_track; height: ${half}px; }
QSlider::sub-page:horizontal { background: $bar; }
QSlider::handle:horizontal { background: $text_c; width: ${half}px; margin: -${pad}px 0; }
QSlider:horizontal { min-height: ${row}px; }
QSlider:focus { border: 2px solid $focus; }
QTabBar { background: $panel; border: 0; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $muted_c; border: 2px solid transparent;
    min-height: ${inner_focus}px; padding: 0 ${pad}px;
}
QTabBar::tab:selected { color: $text_c; border-bottom-color: $text_c; }
QTabBar::tab:hover { color: $text_c; }
QTabBar::tab:selected:focus { border-color: $focus; }
QTabWidget::pane { border: 0; border-top: 1px solid $hairline; }
"""

_LISTS = """
QTableView, QTreeView, QListView {
    border: 1px solid transparent; selection-background-color: $raised; selection-color: $text_c;
}
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $focus; }
QTableView::item { border: 0; border-bottom: 1px solid $hairline; padding: 0 ${cell}px; }
QHeaderView { background: $panel; border: 0; }
QHeaderView::section {
    background: $panel; color: $muted_c; font-size: ${small}px; border: 0;
    border-bottom: 1px solid $hairline; padding: 0 ${pad}px; min-height: ${header}px;
}
QTableCornerButton::section { background: $panel; border: 0; }
QMenuBar { background: $panel; color: $text_c; border-bottom: 1px solid $hairline; }
QMenuBar::item { background: transparent; padding: ${half}px ${pad}px; }
QMenuBar::item:selected, QMenu::item:selected { background: $raised; color: $text_c; }
QMenu { background: $overlay; color: $text_c; border: 1px solid $edge; padding: ${half}px 0; }
QMenu::item { min-height: ${row}px; padding: 0 ${wide}px 0 ${pad}px; }
QMenu::icon { padding-left: ${pad}px; }
QMenu::item:disabled { color: $edge; }
QMenu::separator { height: 1px; background: $hairline; margin: ${half}px 0; }
QToolTip { background: $overlay; color: $text_c; border: 1px solid $edge; padding: ${half}px ${pad}px; }
QScrollBar { background: transparent; border: 0; margin: 0; }
QScrollBar:vertical { width: ${bar_width}px; }
QScrollBar:horizontal { height: ${bar_width}px; }
QScrollBar::handle { background: $hairline; border-radius: 2px; margin: 3px; }
QScrollBar::handle:vertical { min-height: ${row}px; }
QScrollBar::handle:horizontal { min-width: ${row}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def sheet(theme: Theme, sizes: Sizes) -> str:
    """The application's style sheet. Tones come last, so they win over the color of a role."""
    pages = (_FRAMES, _CONTROLS, _LISTS, _TEXTS)
    filled = (Template(page).substitute(_values(theme, sizes)) for page in pages)
    return "".join((*filled, *_tones(theme)))


def _tones(theme: Theme) -> Iterator[str]:
    for token in _TONES:
        yield f'*[tone="{token}"] {{ color: {theme.color(token)}; }}\n'
    for token in _FILLS:
        for role in ("banner", "ribbon"):
            yield f'*[role="{role}"][tone="{token}"] {{ background: {theme.color(token)}; color: {theme.ink}; }}\n'


def _values(theme: Theme, sizes: Sizes) -> dict[str, str | int]:
    return {
        "ground": theme.ground,
        "panel": theme.panel,
        "overlay": theme.overlay,
        "raised": theme.raised,
        "hairline": theme.hairline,
        "edge": theme.edge,
        "focus": theme.focus,
        "bar": theme.bar,
        "bar_track": theme.bar_track,
        "text_c": theme.text,
        "muted_c": theme.muted,
        "small": sizes.small,
        "body": sizes.body,
        "lead": sizes.lead,
        "figure": sizes.figure,
        "display": sizes.display,
        "row": sizes.row,
        "header": sizes.px(24),
        "inner": sizes.row - 2,
        "inner_focus": sizes.row - 4,
        "field": sizes.row - 4,
        "half": sizes.grid(1),
        "pad": sizes.pad,
        "cell": sizes.pad - 3,  # Fusion adds 3 px of its own, so a cell stands under its heading
        "pad_focus": sizes.pad - 1,
        "gap": sizes.px(5),
        "icon": sizes.icon,
        "arrow_file": resources.path("icons/arrow-down.svg").as_posix(),
        "mark": sizes.px(8),
        "mark_round": sizes.px(8) // 2 + 4,
        "button": sizes.grid(3),
        "button_focus": sizes.grid(3) - 1,
        "wide": sizes.grid(8),
        "bar_width": sizes.px(10),
    }
