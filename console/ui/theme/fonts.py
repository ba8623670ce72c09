"""Roboto from the `font-roboto` package, so every workstation and every test renders alike."""

from importlib import resources
from importlib.resources.abc import Traversable

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Roboto"

_FACES = ("Roboto-Regular.ttf", "Roboto-Medium.ttf", "Roboto-Bold.ttf")


class FontMissing(RuntimeError):
    """The typeface is not installed; the message says how to get it."""


def files(package: str = "font_roboto") -> tuple[Traversable, ...]:
    """The files of the regular, medium and bold faces. Raises FontMissing when one is not there."""
    try:
        folder = resources.files(package) / "files"
    except ModuleNotFoundError as absent:
        raise FontMissing(_missing(package)) from absent
    faces = tuple(folder / name for name in _FACES)
    for face_file in faces:
        if not face_file.is_file():
            raise FontMissing(_missing(face_file.name))
    return faces


def load(package: str = "font_roboto") -> str:
    """Give Qt the three faces and return their family. Needs a QGuiApplication.

    Raises:
        FontMissing: a face is absent or unreadable.
    """
    for face_file in files(package):
        if QFontDatabase.addApplicationFontFromData(face_file.read_bytes()) < 0:
            raise FontMissing(_missing(face_file.name))
    return FAMILY


def tabular(font: QFont) -> QFont:
    """``font`` with figures of one width, so a ticking number never shifts its neighbors."""
    fixed = QFont(font)
    fixed.setFeature(QFont.Tag("tnum"), 1)
    return fixed


def face(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The console's typeface for a painter or a delegate, with tabular figures."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return tabular(font)


def _missing(name: str) -> str:
    return f"The typeface {name} cannot be read, and text would not line up. Do: pip install font-roboto"
