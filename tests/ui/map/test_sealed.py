"""The page as an enemy: data that would be code, requests that would leave, a process that dies."""

import os
import signal
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtNetwork import QHostAddress, QTcpServer
from pytestqt.qtbot import QtBot

from console.ui.look.view import with_call
from console.ui.map.profile import PAGE, SealedPage
from console.ui.map.scheme import File
from tests.ui.map.boards import board, call, city, fix, unit
from tests.ui.map.conftest import NO_GPU, Desk

pytestmark = [pytest.mark.webengine, pytest.mark.qt_log_ignore(*NO_GPU)]

Open = Callable[..., Desk]

ATTACKS = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "</script><script>window.hacked = 1</script>",
    "`${window.hacked = 1}`",
    "'\u2028window.hacked = 1//",
    '"});window.hacked = 1;({"',
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_the_dispatch_system_says_stays_text(desk: Open, attack: str) -> None:
    said = call(attack, number=attack, nature_text=attack, area=attack, caller_name=attack)
    made = desk(board((unit(attack, callsign=attack),), (fix(attack),), (said,)))
    for kind in ("unit", "call"):
        made.ask(f"live.pointer.picked = {{kind: '{kind}', id: live.units.seen[0].id}}, live.ask()")
        made.until(f"live.card.shown && live.card.shown.kind === '{kind}'")
    made.ask("live.card.held = live.card.shown.id, live.bridge.hold(live.card.held)")
    made.until("document.querySelector('#card .mask').textContent.includes('hacked')")
    assert made.ask("typeof window.hacked") == "undefined"
    assert made.ask("document.querySelectorAll('#card img, #card script').length") == 0


def test_nothing_leaves_the_workstation(desk: Open, qtbot: QtBot) -> None:
    server = QTcpServer()
    reached: list[bool] = []
    server.newConnection.connect(lambda: reached.append(True))
    assert server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    made = desk(city())
    url = f"http://127.0.0.1:{server.serverPort()}/"
    for attempt in (
        f"new Image().src = '{url}'",
        f"{{const x = new XMLHttpRequest(); x.open('GET', '{url}'); x.send()}}",
        f"navigator.sendBeacon('{url}')",
        f"new WebSocket('{url}'.replace('http', 'ws'))",
        f"document.body.append(Object.assign(document.createElement('script'), {{src: '{url}'}}))",
        f"document.body.append(Object.assign(document.createElement('iframe'), {{src: '{url}'}}))",
        f"window.open('{url}')",
        f"location.href = '{url}'",
        "location.href = 'file:///etc/passwd'",
    ):
        made.page.runJavaScript(attempt)
    qtbot.wait(400)
    assert reached == []
    assert made.page.url().toString() == "console://map/index.html"
    assert made.ask("live.units.seen.length") == 3
    server.close()


def test_the_profile_blocks_a_request_that_the_page_itself_would_allow(qtbot: QtBot) -> None:
    server = QTcpServer()
    reached: list[bool] = []
    server.newConnection.connect(lambda: reached.append(True))
    assert server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    html = f"<img src='http://127.0.0.1:{server.serverPort()}/'><img src='data:image/gif;base64,R0lGODlh'>"
    page = SealedPage({"/index.html": File(b"text/html", html.encode())})
    with qtbot.waitSignal(page.loadFinished):
        page.load(PAGE)
    qtbot.wait(200)
    assert reached == []
    assert page.profile().isOffTheRecord()
    server.close()
    page.deleteLater()


def test_the_page_is_granted_nothing(desk: Open) -> None:
    made = desk(city())
    assert made.ask("confirm('a dialog would stop the board')") is False
    made.ask(
        "window.got = {}, Notification.requestPermission().then((said) => { got.notice = said }),"
        " navigator.geolocation.getCurrentPosition(() => { got.place = 'given' }, () => { got.place = 'denied' }),"
        " navigator.clipboard.readText().then(() => { got.paste = 'given' }, () => { got.paste = 'denied' })"
    )
    made.until("Object.keys(got).length === 3")
    assert made.ask("Object.values(got).join()") == "denied,denied,denied"
    assert made.ask("localStorage === null && (() => { try { return eval('0') } catch { return true } })()")


def test_only_the_files_of_the_table_are_served(desk: Open) -> None:
    made = desk(city())
    made.ask(
        "window.found = {}, ['/live.js', '/secret', '/../map/live.js', '/base/../../../etc/passwd'].forEach((path) => {"
        " const x = new XMLHttpRequest(); x.open('GET', path);"
        " x.onload = () => { found[path] = x.status }; x.onerror = () => { found[path] = 0 }; x.send() })"
    )
    made.until("Object.keys(found).length === 4")
    assert made.ask("found['/live.js']") == 200
    assert made.ask("found['/secret'] + found['/base/../../../etc/passwd']") == 0


def test_ids_from_the_page_are_looked_up_before_they_count(desk: Open) -> None:
    made = desk(city())
    made.ask("live.bridge.pick('call', 'no such call'), live.bridge.pick('unit', '1042')")
    made.ask(
        "live.bridge.hold('1042'), live.bridge.painted(999999, 0), live.bridge.look('x', 'y'.repeat(1e6))"
    )
    made.until("true")
    assert made.view.value.call == made.view.value.unit == ""
    assert made.verbs.revealed == []


def test_a_killed_page_comes_back_with_its_state(desk: Open) -> None:
    made = desk(city())
    made.view.set(with_call(made.view.value, "1039"))
    made.until("live.board.chosen.call === '1039'")
    os.kill(made.page.renderProcessPid(), signal.SIGKILL)
    made._qtbot.waitUntil(lambda: made.panel._pages.currentWidget() is made.panel._notice, timeout=5_000)
    made._qtbot.waitUntil(lambda: made.panel._pages.currentWidget() is made.panel._surface, timeout=8_000)
    made.shown()
    assert made.ask("live.slotsDrawn = live.units.slots.filter(Boolean).length") == 3
    assert made.ask("live.board.chosen.call") == "1039"


@pytest.mark.qt_log_ignore("Unknown object", extend=True)
def test_a_page_that_falls_silent_is_loaded_again(desk: Open) -> None:
    made = desk(city())
    made.panel._pusher._patience.setInterval(200)
    made.ask("live.bridge.deleteLater()")
    made.store.set(replace(city(), missing={}))
    made._qtbot.waitUntil(lambda: made.panel._losses == [0.0], timeout=5_000)
    made._qtbot.waitUntil(lambda: made.panel._pages.currentWidget() is made.panel._surface, timeout=8_000)


def test_three_lost_pages_within_five_minutes_leave_a_list(desk: Open) -> None:
    moments = iter((0.0, 100.0, 200.0, 900.0))
    made = desk(city(), lambda: next(moments))
    for _ in range(3):
        made.panel._lost()
    assert made.panel._pages.currentWidget() is made.panel._fallback
    assert made.panel._fallback._table.model().rowCount() == 3
    made.panel._fallback.again.emit()
    made.shown()
    made.panel._lost()
    assert made.panel._pages.currentWidget() is made.panel._notice
