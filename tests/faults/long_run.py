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

from tests.faults.clock import Clock
from tests.faults.disks import open_disk
from tests.faults.drills import (
    arriving,
    filling,
    hanging,
    jumping,
    leaving,
    mixed,
    outage,
    pausing,
    poison,
    revoking,
    splitting,
)
from tests.faults.drills.tally import Tally
from tests.faults.power.drill import drill as cut_power
from tests.harness.shop import Shop, open_shop

# In the shop that all share, with a seed; `folder` is for a drill that needs a box of its own.
Drill = Callable[[Shop, Path, int], Tally]


def _outage(kind: str) -> Drill:
    return lambda shop, _folder, _seed: outage.drill(shop, kind)


def _set_the_clock(_shop: Shop, folder: Path, _seed: int) -> Tally:
    clock = Clock(folder)
    with open_shop(folder / "shop", clock.environ) as timed:
        return jumping.drill(timed, clock, (1, 0, -1, 0))


def _fill_the_disk(_shop: Shop, folder: Path, _seed: int) -> Tally:
    with open_disk(folder / "shop" / "box" / "data") as disk, open_shop(folder / "shop") as small:
        tally, shortage = filling.drill(small, disk)
        tally.lost += shortage.unkept
        small.box.check_database()
        return tally


def _cut_the_power(_shop: Shop, folder: Path, seed: int) -> Tally:
    damage = cut_power(folder, seed)
    lost = damage.forgotten + damage.skipped
    return Tally(cuts=damage.cuts, updates=damage.updates, lost=lost, failed=damage.unsound)


KILLING: Mapping[str, Drill] = {
    "killed while messages arrive": lambda shop, _folder, seed: arriving.drill(shop, seed),
    "killed while replies leave": lambda shop, _folder, seed: leaving.drill(shop, seed),
    "killed at everything": lambda shop, _folder, seed: mixed.drill(shop, seed),
    "killed between the pieces": lambda shop, _folder, seed: splitting.drill(shop, seed)[0],
}
OTHERS: Mapping[str, Drill] = {
    "the power fails": _cut_the_power,
    "the disk is full": _fill_the_disk,
    "the clock is set": _set_the_clock,
    "updates are poisoned": lambda shop, _folder, seed: poison.drill(shop, seed)[0],
    "the token is revoked": lambda shop, _folder, _seed: revoking.drill(shop)[0],
    "a pause of 3,000 s": lambda shop, _folder, _seed: pausing.drill(shop)[0],
    "the Bot API hangs": lambda shop, _folder, _seed: hanging.drill(shop)[0],
    **{f"the Bot API {kind}": _outage(kind) for kind in outage.OUTAGES},
}
DRILLS: Mapping[str, Drill] = {**KILLING, **OTHERS}
# Those that kill come again and again between the others: their moments are what chance has to find.
ORDER = tuple(name for other, killing in zip(OTHERS, cycle(KILLING), strict=False) for name in (killing, other))
Table = dict[str, tuple[int, Tally]]


def main() -> int:
    """0 when nothing was lost, doubled, out of order or failed; else data and logs are kept, and it says where."""
    options = _read_options()
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    table: Table = {}
    clean = False
    try:
        with open_shop(folder) as shop:
            _run(shop, options, table)
        clean = all(tally.is_clean() for _, tally in table.values())
    finally:
        _say(_format(table))
        if clean:
            shutil.rmtree(folder)
        else:
            _say(f"data and logs: {folder}")
    return 0 if clean else 1


def _run(shop: Shop, options: argparse.Namespace, table: Table) -> None:
    end = time.monotonic() + options.minutes * 60
    chosen = [name for name in ORDER if options.only in name]
    for number, name in zip(count(options.seed), cycle(chosen), strict=False):
        if time.monotonic() >= end:
            return
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="drill-") as folder:
            tally = DRILLS[name](shop, Path(folder), number)
        shop.box.check_database()
        shop.box.check_files()
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
    return "\n".join(f"{line[0]:42}" + "".join(f"{cell:>11}" for cell in line[1:]) for line in lines)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/faults", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="no round begins after that")
    parser.add_argument("--seed", type=int, default=1, help="of the first round; the next ones count on")
    parser.add_argument("--only", default="", help="drills with these words in their names, as the table shows them")
    options = parser.parse_args()
    if not any(options.only in name for name in ORDER):
        parser.error(f"--only {options.only}: there are {', '.join(DRILLS)}")
    return options


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
