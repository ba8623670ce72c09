"""``[alarms]`` of the configuration: a command may be told nothing of any person, and says so where it asks."""

import subprocess
import sys
from pathlib import Path

import pytest

from console.commands import connect
from console.escalation import AlarmSettings, filled
from console.settings import SettingsError, load

SOURCE = '[[source]]\nname = "city-cad"\nurl = "https://api.example.org"\n'


def _file(folder: Path, text: str) -> Path:
    file = folder / "console.toml"
    file.write_text(f"{SOURCE}[alarms]\n{text}\n", encoding="utf-8")
    return file


def test_a_command_is_read_with_its_placeholders(tmp_path: Path) -> None:
    command = '["/usr/bin/notify", "P{priority}", "{rule}", "{since}", "{count}"]'
    settings = load(_file(tmp_path, f"on_escalation = {command}"))
    assert settings.alarms.on_escalation[0] == "/usr/bin/notify"


def test_without_a_word_about_alarms_there_is_no_command(tmp_path: Path) -> None:
    assert load(_file(tmp_path, "")).alarms == AlarmSettings()


@pytest.mark.parametrize(
    "asked", ["{address}", "{unit}", "{name}", "{priority.real}", "{rule!r}", "{count:>5}", "{}"]
)
def test_a_command_that_asks_for_more_is_refused_with_what_there_is(tmp_path: Path, asked: str) -> None:
    with pytest.raises(SettingsError, match=r"\{priority\}, \{rule\}, \{since\}, \{count\} and nothing else"):
        load(_file(tmp_path, f'on_escalation = ["/usr/bin/notify", "{asked}"]'))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('on_escalation = ["  "]', "names no program"),
        ('on_escalation = ["/usr/bin/{rule}"]', "the program itself is fixed"),
        ('on_escalation = ["/usr/bin/notify", "{rule"]', "without its fellow"),
        ('on_escalation = "/usr/bin/notify"', "array"),
        ("volume = 1.5", "volume"),
        ("loud = true", "loud"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, written: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        load(_file(tmp_path, written))


def test_braces_as_such_are_written_twice() -> None:
    values = {"priority": "1", "rule": "r", "since": "s", "count": "2"}
    assert filled(("say", '{{"rule": "{rule}"}}'), values) == ("say", '{"rule": "r"}')


def test_a_connection_carries_how_its_alarms_are_heard(tmp_path: Path) -> None:
    file = _file(tmp_path, "volume = 0.3")
    assert connect.sources(file, None, None).alarms.volume == 0.3
    assert connect.alarms(file).volume == 0.3


def test_nothing_of_sound_is_loaded_before_the_first_rows_are_seen() -> None:
    looks = (
        "import sys, console.app, console.ui.program\n"
        "late = ('console.ui.alerts', 'PySide6.QtMultimedia')\n"
        "sys.exit(any(name.startswith(late) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", looks], check=False).returncode == 0
