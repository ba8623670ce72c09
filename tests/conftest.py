"""What every test stands on: Qt without a screen, repeatable examples, and nothing left behind."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker

import psutil
import pytest
from hypothesis import HealthCheck, settings

# Before Qt is loaded: no screen is needed, Chromium runs as root, nobody's own settings change the outcome.
if sys.platform == "linux":
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
    if os.geteuid() == 0 and "--no-sandbox" not in flags:
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join([*flags, "--no-sandbox"])
for name in ("QT_LOGGING_RULES", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QTWEBENGINE_REMOTE_DEBUGGING"):
    os.environ.pop(name, None)
DATA = tempfile.mkdtemp(prefix="smart-console-tests-")
os.environ["XDG_DATA_HOME"] = DATA  # nobody's own archive is written to
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

# The same examples on every run; no deadline, as a shared machine stalls. HYPOTHESIS_PROFILE=explore finds more.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

GRACE_S = 2.0
OURS_TO_KEEP = ("QtWebEngineProc", "QtWebEngineProcess")  # the browser's helpers live as long as the test run


def pytest_collection_finish() -> None:
    """Every module is loaded: the collector, which runs after many tests, need not walk them each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def shared_browser_context() -> None:
    """Lets a test make the first web view after the application exists; Qt asks for it before."""
    from PySide6.QtCore import QCoreApplication, Qt

    if QCoreApplication.instance() is None:
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


@pytest.fixture(scope="session", autouse=True)
def resources_tracked() -> None:
    """Python's own helper process comes with the first child and stays: no test leaves it behind."""
    resource_tracker.ensure_running()


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fails the test that leaves a thread, a child process or a window for the next one to trip over."""
    before = _living()
    yield
    _delete_later_now()
    if _living() - before:
        gc.collect()
        _delete_later_now()
        left = _after_grace(before)
        if left:
            pytest.fail(f"left behind: {', '.join(sorted(name for _, name in left))}", pytrace=False)


def _living() -> set[tuple[int, str]]:
    return _threads() | _children() | _windows()


def _threads() -> set[tuple[int, str]]:
    main = threading.main_thread()
    return {(id(t), f"thread {t.name}") for t in threading.enumerate() if not t.daemon and t is not main}


def _children() -> set[tuple[int, str]]:
    found = set()
    for child in psutil.Process().children():
        try:
            if child.status() != psutil.STATUS_ZOMBIE and child.name() not in OURS_TO_KEEP:
                found.add((child.pid, f"process {child.name()} {child.pid}"))
        except psutil.NoSuchProcess:
            continue
    return found


def _windows() -> set[tuple[int, str]]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or not isinstance(widgets.QApplication.instance(), widgets.QApplication):
        return set()
    tops = [w for w in widgets.QApplication.topLevelWidgets() if w.parent() is None]
    kept = ("QTipLabel",)  # Qt reuses one tooltip for the whole program
    names = {
        (id(w), f"window {type(w).__name__} {w.objectName()!r}", w.metaObject().className()) for w in tops
    }
    return {(key, name) for key, name, qt_name in names if qt_name not in kept}


def _after_grace(before: set[tuple[int, str]]) -> set[tuple[int, str]]:
    """What still lives after a moment to finish."""
    for thread in threading.enumerate():
        if not thread.daemon and (id(thread), f"thread {thread.name}") in _threads() - before:
            thread.join(GRACE_S)
    known = {pid for pid, _ in before}
    psutil.wait_procs([child for child in psutil.Process().children() if child.pid not in known], timeout=0.2)
    return _living() - before


def _delete_later_now() -> None:
    """Carries out deleteLater(), which otherwise waits for an event loop that no test runs."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
