"""Writes a report's file, whole or not at all."""

from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Replace the file ``path`` by one with this content; raises `OSError`, and then the old one stands."""
    fresh = path.with_name(f"{path.name}.part")
    fresh.write_bytes(content)
    fresh.replace(path)
