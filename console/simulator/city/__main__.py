"""``python -m console.simulator.city OUT_DIR`` writes the base map of the demo city."""

import sys
from pathlib import Path

from console.simulator.city import geojson


def main(arguments: list[str]) -> int:
    """Write the layers into the one folder named in ``arguments``."""
    if len(arguments) != 1:
        sys.stderr.write("name one folder: python -m console.simulator.city resources/map/demo-city\n")
        return 2
    for path in geojson.write(Path(arguments[0])):
        sys.stdout.write(f"{path}  {path.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
