"""`scripts/bench NAME`: one subject, a table or JSON, and whether its bars are met."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from scripts.benches import media
from scripts.benches.table import Row, describe, format_table

# Each measures in a folder of its own, so many rounds, and yields its rows as they are known.
Bench = Callable[[Path, int], Iterator[Row]]
BENCHES: Mapping[str, Bench] = {"media": media.measure}


def main() -> int:
    """0 when every bar is met."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("subject", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the median counts (3)")
    options = parser.parse_args()
    # Asked to end, it ends what it has started and cleans up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for row in BENCHES[options.subject](Path(folder), max(1, options.repeat)):
            rows.append(row)
            print(f"… {row.name}", file=sys.stderr, flush=True)
    print(describe(options.subject, rows) if options.json else format_table(rows))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
