"""Makes, mends and fills the virtual environment of the checkout."""

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import deque
from pathlib import Path

from progress import SetupError, say
from system_libraries import administrator, install

OLDEST = (3, 11)
STAMP = "smart-console.stamp"
SHOWN_MEGABYTES = 5.0


def ensure(root: Path) -> Path:
    """The Python of an environment that holds what pyproject.toml asks for, made or mended when needed."""
    folder = root / ".venv"
    if not stamped(folder, fingerprint(root)):
        if not usable(folder):
            _create(folder)
        _install(root, interpreter(folder))
        (folder / STAMP).write_text(fingerprint(root), encoding="utf-8")
    return interpreter(folder)


def interpreter(folder: Path) -> Path:
    """Where the environment in ``folder`` keeps its Python."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def qt(python: Path) -> Path:
    """Where the environment keeps Qt (Linux; Windows needs no look)."""
    found = sorted(python.parent.parent.glob("lib/python3.*/site-packages/PySide6/Qt"))
    return found[0] if found else python.parent


def fingerprint(root: Path) -> str:
    """A hash of what an install depends on: place, packages, how they are built; but no tool's settings."""
    with (root / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    asked = {
        "root": str(root),
        "build": project.get("build-system"),
        "project": project.get("project"),
        "hatch": project.get("tool", {}).get("hatch"),
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def stamped(folder: Path, expected: str) -> bool:
    """Whether an earlier run filled the environment for this pyproject.toml and its Python still exists."""
    stamp = folder / STAMP
    return interpreter(folder).exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == expected


def usable(folder: Path) -> bool:
    """Whether the environment has a Python that starts, is new enough, and has pip: not so when half-made."""
    python = interpreter(folder)
    if not python.exists():
        return False
    probe = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", probe], capture_output=True, check=False).returncode == 0


def progress(line: str) -> str | None:
    """What one line of pip's output means to a person waiting, if anything."""
    if found := re.match(r"\s*(?:Downloading|Using cached) (\S+) \(([\d.]+) MB\)", line):
        name = Path(found[1]).name.split("-")[0]
        return f"  {name}, {found[2]} MB" if float(found[2]) >= SHOWN_MEGABYTES else None
    packages = line.count(",") + 1
    return (
        f"  unpacking {packages} packages ..."
        if line.startswith("Installing collected") and packages > 1
        else None
    )


def _create(folder: Path) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        say("This Python lacks the module that makes virtual environments.")
        install([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"], root=administrator())
    say(f"{'Mending' if folder.exists() else 'Making'} the virtual environment {folder} ...")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise SetupError(
            f"{made.stdout}{made.stderr}\nPython could not make {folder}: mend what it says above.", code=1
        )


def _install(root: Path, python: Path) -> None:
    say("Installing the console and its tools; the first time about 350 MB, one to five minutes ...")
    (python.parent.parent / STAMP).unlink(missing_ok=True)
    command = [str(python), "-m", "pip", "install", "--progress-bar", "off", "--disable-pip-version-check"]
    with subprocess.Popen(
        [*command, "--editable", f"{root}[dev]"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        tail = deque[str](maxlen=25)
        for line in pip.stdout or ():
            tail.append(line)
            if note := progress(line):
                say(note)
    if pip.returncode:
        raise SetupError(
            f"{''.join(tail)}\npip failed, see above. Once that is mended, run the same command again.",
            code=1,
        )
