"""What an import takes, against what Python's own `csv` takes to read the same rows into dictionaries.

Both in seconds of one core: from the file to the committed shifts, with every event packed. The real days of San
Francisco where they are beside the project, else as many made-up rows of the same shape.
"""

import csv
import gc
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from console.archive.recording.past import Bringer
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.domain.definitions import NO_DEFINITIONS
from console.importing.importing import Wanted, bring_all, opened
from tests.benchmarks.figure import Figure, at_most
from tests.samples import SAMPLES

LIMIT = 10.0
ROWS = 10_000
REPEATS = 7
READS = 10
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
REAL = SAMPLES / "sf-fire-2018" / "sffd-2018-01-13_24.csv"
STAGES = ("received", "entry", "dispatch", "response", "on_scene", "transport", "hospital", "available")
OTHERS = (
    "call_number", "unit_id", "incident_number", "call_type", "call_type_group", "call_final_disposition", "address",
    "city", "zipcode_of_incident", "battalion", "station_area", "original_priority", "priority", "als_unit",
    "unit_type", "unit_sequence_in_call_dispatch", "latitude", "longitude",
)  # fmt: skip


def figures() -> list[Figure]:
    """The ratio of the two, measured in turn, and the best of each in seconds."""
    with TemporaryDirectory() as folder:
        path = REAL if REAL.exists() else _made(Path(folder) / "calls.csv")
        pairs = [(_import(path, Path(folder) / f"{number}.db"), _read(path)) for number in range(REPEATS)]
    ours, theirs = (min(times) for times in zip(*pairs, strict=True))
    detail = f"{path.name}, {ROWS} rows; seconds of one core, the best of {REPEATS} in turn"
    return [
        at_most("import_vs_csv", ours / theirs, LIMIT, detail),
        Figure(name="import_s", value=ours, kind="absolute", detail=detail),
        Figure(name="csv_dictreader_s", value=theirs, kind="absolute", detail=detail),
    ]


def _import(path: Path, archive: Path) -> float:
    with _uncollected(), claim(open_database(str(archive), write=True), NOW) as held:
        began = process_time()
        file = opened(path, Wanted(NO_DEFINITIONS))
        brought = list(
            bring_all(held.database, file, NO_DEFINITIONS, lambda name: Bringer("bench", NOW, name))
        )
        spent = process_time() - began
    assert all(one.shift for one in brought)
    return spent


def _read(path: Path) -> float:
    """Of several in a row: what else the machine does then slows both alike."""
    began = process_time()
    for _ in range(READS):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == ROWS
    return (process_time() - began) / READS


@contextmanager
def _uncollected() -> Iterator[None]:
    """As the verb does."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _made(path: Path) -> Path:
    """A dozen days of calls to each of which two units go."""
    dice = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, (*OTHERS, *(f"{stage}_dttm" for stage in STAGES)))
        writer.writeheader()
        for call in range(ROWS // 2):
            received = datetime(2018, 1, 13) + timedelta(seconds=call * 205)  # noqa: DTZ001  # local, as in the file
            writer.writerows(_part(call, unit, received, dice) for unit in (call % 120, 120 + call % 50))
    return path


def _part(call: int, unit: int, received: datetime, dice: random.Random) -> dict[str, object]:
    latest, stamps = received, {"received_dttm": received.isoformat()}
    for stage in STAGES[1:]:
        latest += timedelta(seconds=dice.randint(10, 400))
        if stage not in ("transport", "hospital") or unit % 2:
            stamps[f"{stage}_dttm"] = latest.isoformat()
    about = dict.fromkeys(OTHERS, "Potentially Life-Threatening")
    where = {"latitude": 37.7 + dice.random() / 10, "longitude": -122.5 + dice.random() / 10}
    return {
        **about,
        **stamps,
        **where,
        "call_number": f"1801{call:05}",
        "unit_id": f"E{unit:03}",
        "priority": 3,
    }
