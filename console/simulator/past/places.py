"""Where a row says that its call was: two columns, or one with both, in any of the usual ways to write it."""

import json
import re
from collections.abc import Sequence

Place = tuple[float, float]

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def place(row: Sequence[str], lat: int, lon: int, both: int) -> Place | None:
    """Latitude and longitude from the columns at these places of ``row``; ``None`` for none that can be true."""
    try:
        found = _packed(row[both]) if row[both] else (float(row[lat]), float(row[lon]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    somewhere = found != (0.0, 0.0) and abs(found[0]) <= 90 and abs(found[1]) <= 180
    return found if somewhere else None


def _packed(text: str) -> Place:
    """``39.7,-104.9``, ``POINT (-104.9 39.7)``, a GeoJSON point, or an object with both."""
    text = text.strip()
    if text.startswith("{"):
        point = json.loads(text)
        if "coordinates" in point:
            longitude, latitude = point["coordinates"]
            return float(latitude), float(longitude)
        return float(point["latitude"]), float(point["longitude"])
    first, second = _NUMBER.findall(text)
    return (float(second), float(first)) if text[:5].upper() == "POINT" else (float(first), float(second))
