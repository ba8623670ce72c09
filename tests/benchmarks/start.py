"""Process start to the first painted row, against a bare window of the same libraries that shows nothing."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from console.simulator.child import Child
from console.simulator.options import ServeOptions
from tests.benchmarks.figure import Figure, at_most

LIMIT = 1.6
ROUNDS = 5

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter
import pyqtgraph
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", flush=True)
app = QApplication([])
window = Window()
split = QSplitter(window)
split.addWidget(QWebEngineView())
split.addWidget(pyqtgraph.PlotWidget())
window.setCentralWidget(split)
window.resize(1920, 1080)
window.show()
app.exec()
"""


def figures() -> list[Figure]:
    """The ratio, and the two medians in seconds beside it."""
    with Child(ServeOptions(scenario="weekday")) as child, tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "console", "run", "--source", child.url, "--verbose"]
        ours += ["--screenshot", folder, "--after", "60"]
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        peer = [sys.executable, str(bare)]
        _until_line(ours, "first row painted")
        pairs = [
            (_until_line(ours, "first row painted"), _until_line(peer, "painted")) for _ in range(ROUNDS)
        ]
    console = statistics.median(pair[0] for pair in pairs)
    empty = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(one / other for one, other in pairs)
    return [
        at_most("first_row_vs_bare_window", ratio, LIMIT, f"{ROUNDS} pairs in turn, median of the ratios"),
        Figure(
            name="first_row_s",
            value=console,
            limit=None,
            kind="absolute",
            ok=True,
            detail="run, server already up",
        ),
        Figure(
            name="bare_window_s",
            value=empty,
            limit=None,
            kind="absolute",
            ok=True,
            detail="PySide6 + web view + plot",
        ),
    ]


def _until_line(command: list[str], text: str) -> float:
    """Seconds from starting ``command`` until it prints a line that holds ``text``."""
    began = perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_screenless()
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if text in line:
                return perf_counter() - began
        raise RuntimeError(f"{command[1:4]} ended without {text!r}")
    finally:
        process.terminate()
        process.communicate()


def _screenless() -> dict[str, str]:
    """Both without a screen; as root both without Chromium's sandbox, which root cannot have."""
    flags = "--no-sandbox" if os.geteuid() == 0 else ""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_CHROMIUM_FLAGS": flags}
