"""`scripts/pictures`: pictures of every page, or those of the manual."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from scripts.picturing import desk_pages, manual, other_pages, sheet, wizard
from scripts.picturing.demo_box import open_demo
from scripts.picturing.filling import fill
from scripts.picturing.groups import let_a_group_ask
from scripts.picturing.looking import Look, Looker
from scripts.picturing.pictures import LANGUAGES, THEMES, WIDTHS, Picture
from tests.e2e.browsers import open_chromium
from tests.harness.processes import ROOT

EVERY = [Look(language, theme, width) for language in LANGUAGES for theme in THEMES for width in WIDTHS]


def main() -> int:
    """0 when every picture could be taken."""
    options = read_options()
    # Asked to end, it ends what it has started and cleans up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    complaints: list[str] = []
    for language in LANGUAGES:
        if chosen := [look for look in options.variant if look.language == language]:
            complaints += look_at(language, chosen, options)
        elif options.manual and not options.variant:
            look_at(language, [], options)
    if options.variant:
        pictures = [*wizard.pictures(), *desk_pages.pictures(), *other_pages.pictures(), *other_pages.with_a_group()]
        sheet.write(options.out, [one.name for one in pictures], [look.folder for look in EVERY], complaints)
        print(f"{options.out / 'index.html'}: {len(complaints)} complaints")
    return 1 if any("not taken" in line for line in complaints) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pictures", help="a folder (build/pictures)")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="pages with this word in their name"
    )
    parser.add_argument("--variant", action="append", metavar="ru/dark/390", help="some of the twelve; all of them")
    parser.add_argument("--manual", action="store_true", help="the pictures of the manual, too; alone: only these")
    options = parser.parse_args()
    known = {look.folder: look for look in EVERY}
    if unknown := set(options.variant or ()) - known.keys():
        parser.error(f"no such variant: {', '.join(unknown)}")
    asked = options.variant or ([] if options.manual else list(known))
    options.variant = [known[folder] for folder in asked]
    return options


def look_at(language: str, chosen: list[Look], options: argparse.Namespace) -> list[str]:
    """One language: a demo of its own, filled, and looked at. What there is to complain of."""

    def wanted(pictures: list[Picture]) -> list[Picture]:
        return [
            one for one in pictures if chosen and (not options.only or any(word in one.name for word in options.only))
        ]

    before, after = [*desk_pages.pictures(), *other_pages.pictures()], other_pages.with_a_group()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pictures-")))
        browser = stack.enter_context(open_chromium())
        complaints: list[str] = []
        if wanted([*before, *after]) or options.manual:
            desk = fill(stack.enter_context(open_demo(folder / "demo", language)), stack)
            if options.manual:
                manual.draw(browser, desk)
            looker = Looker(browser, desk.box.url, options.out)
            stack.callback(looker.close)
            sessions = {name: visit.http for name, visit in desk.visits.items()}
            looker.take_all(wanted(before), chosen, desk.known, sessions)
            if wanted(after):
                let_a_group_ask(desk)
                looker.take_all(wanted(after), chosen, desk.known, sessions)
            complaints += looker.complaints
            if chosen and not options.only:
                print(f"{language}, never asked for:", *unseen(desk.box.data, looker.asked), sep="\n  ")
        if walked := wanted(wizard.pictures()):
            complaints += wizard.walk(browser, folder / "wizard", options.out, walked, chosen)
        return complaints


def unseen(data: Path, asked: set[str]) -> list[str]:
    done = subprocess.run(
        (sys.executable, "-m", "scripts.picturing.routes"),
        input="\n".join(asked), text=True, capture_output=True, check=True, timeout=120, cwd=ROOT,
        env={**os.environ, "APPLIANCE_DATA": str(data)},
    )  # fmt: skip
    return done.stdout.split()


if __name__ == "__main__":
    sys.exit(main())
