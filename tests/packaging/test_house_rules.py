"""Rules of the house that no linter can express."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
NESTED_LOOPS = {"exec", "exec_", "processEvents"}


def _nested_loops(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in NESTED_LOOPS
        ):
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.func.attr}"


def test_no_room_runs_an_event_loop_inside_the_event_loop() -> None:
    found = [place for file in sorted((ROOT / "console").rglob("*.py")) for place in _nested_loops(file)]
    assert not found, "use dialog.open() and a signal"
