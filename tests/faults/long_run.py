"""The drills in a loop with growing seeds, and a table of what came of them."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import astuple, fields
from itertools import count, cycle
from pathlib import Path

from tests.faults.drills import arriving, hanging, leaving, outage
from tests.faults.drills.tally import Tally
from tests.harness.shop import Shop, open_shop

Drill = Callable[[Shop, int], Tally]


def _outage(kind: str) -> Drill:
    return lambda shop, _seed: outage.drill(shop, kind)


# The drills that kill come more often: their moments are what chance has to find.
DRILLS: Mapping[str, Drill] = {
    "killed while messages arrive": arriving.drill,
    "killed while replies leave": leaving.drill,
    **{f"the Bot API {kind}": _outage(kind) for kind in outage.OUTAGES},
    "the Bot API hangs": lambda shop, _seed: hanging.drill(shop)[0],
}
ORDER = (
    *("killed while messages arrive", "killed while replies leave") * 3,
    *(name for name in DRILLS if not name.startswith("killed")),
)
Table = dict[str, tuple[int, Tally]]


def main() -> int:
    """0 when nothing was lost, doubled, out of order or failed; else data and logs are kept, and it says where."""
    options = _read_options()
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    table: Table = {}
    clean = False
    try:
        with open_shop(folder) as shop:
            _run(shop, options.minutes, options.seed, table)
        clean = all(tally.is_clean() for _, tally in table.values())
    finally:
        _say(_format(table))
        if clean:
            shutil.rmtree(folder)
        else:
            _say(f"data and logs: {folder}")
    return 0 if clean else 1


def _run(shop: Shop, minutes: float, seed: int, table: Table) -> None:
    end = time.monotonic() + minutes * 60
    for number, name in zip(count(seed), cycle(ORDER), strict=False):
        if time.monotonic() >= end:
            return
        began = time.monotonic()
        tally = DRILLS[name](shop, number)
        shop.box.check_database()
        rounds, before = table.get(name, (0, Tally()))
        table[name] = rounds + 1, before + tally
        verdict = "ok" if tally.is_clean() else "FAILED"
        _say(f"{verdict:6}  seed {number:6}  {time.monotonic() - began:5.1f} s  {name}: {tally}")
        _renew(shop, number)


def _renew(shop: Shop, number: int) -> None:
    """Start anew, gracefully or after a kill of everything: the supervisor's pauses grow with each death."""
    if number % 2:
        shop.box.kill_all()
        shop.box.start()
    else:
        shop.box.restart()


def _format(table: Table) -> str:
    names = [field.name for field in fields(Tally)]
    lines = [("", "rounds", *names)]
    total = (0, Tally())
    for name, (rounds, tally) in table.items():
        lines.append((name, str(rounds), *map(str, astuple(tally))))
        total = total[0] + rounds, total[1] + tally
    lines.append(("all", str(total[0]), *map(str, astuple(total[1]))))
    return "\n".join(f"{line[0]:32}" + "".join(f"{cell:>12}" for cell in line[1:]) for line in lines)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="no round begins after that")
    parser.add_argument("--seed", type=int, default=1, help="of the first round; the next ones count on")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
