"""Run benchmarks by name and print each as one JSON object or as a table; exit 1 when a figure is not ok."""

import argparse
import os
import sys
from importlib import import_module

import msgspec

from tests.benchmarks.figure import Figure

NAMES = (
    "fold",
    "decode",
    "mapping",
    "fanin",
    "frame",
    "start",
    "recording",
    "replay",
    "importing",
    "follow",
    "alarms",
)


def main() -> int:
    """Each benchmark is a module of this package with ``figures() -> list[Figure]``."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}; all by default")
    parser.add_argument("--json", action="store_true", help="one JSON object per benchmark, one per line")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(NAMES):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    ok = True
    for name in arguments.names or NAMES:
        figures: list[Figure] = import_module(f"tests.benchmarks.{name}").figures()
        _print(name, figures, as_json=arguments.json)
        ok = ok and all(figure.ok for figure in figures)
    return 0 if ok else 1


def _print(name: str, figures: list[Figure], *, as_json: bool) -> None:
    if as_json:
        line = {"bench": name, "machine": {"cpus": os.cpu_count()}, "figures": figures}
        sys.stdout.write(msgspec.json.encode(line).decode() + "\n")
    else:
        for figure in figures:
            limit = "" if figure.limit is None else f"(limit {figure.limit:g})"
            verdict = "ok" if figure.ok else "NOT OK"
            sys.stdout.write(
                f"{name:8} {figure.name:34} {figure.value:10.3f} {limit:14} {verdict:7} {figure.detail}\n"
            )
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
