"""What is left behind when the program ends in a way nobody foresaw: a report without anybody's data."""

import platform
import sys
import traceback
from pathlib import Path

from console.session.clock import wall


def report(error: BaseException, folder: Path) -> Path:
    """Write where ``error`` came from, with no message text and no values, and tell the person where it is."""
    moment = wall()
    file = folder / f"crash-{moment:%Y%m%dT%H%M%SZ}.txt"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{moment.isoformat()} Python {platform.python_version()} on {platform.system()}",
        *_places(error),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(
        f"smart-console ended unexpectedly; send {file} to its maintainers, then start it again\n"
    )
    return file


def _places(error: BaseException) -> list[str]:
    """Type and place of ``error`` and of whatever led to it; the texts may hold data and stay out."""
    lines = [type(error).__name__]
    lines += [
        f"  {step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)
    ]
    for inner in getattr(error, "exceptions", ()):
        lines += _places(inner)
    if error.__cause__ is not None:
        lines += ["caused by", *_places(error.__cause__)]
    return lines
