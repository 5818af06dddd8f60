"""`scripts/pictures`: pictures of every page, or those of the manual."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
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


def main() -> int:
    """0 when every picture could be taken."""
    options = read_options()
    # Asked to end, it ends what it has started and cleans up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.manual:
        manual.take(options.language)
        return 0
    complaints = [line for language in options.language for line in look_at(language, options)]
    folders = [look.folder for look in looks(LANGUAGES, THEMES, WIDTHS)]
    sheet.write(options.out, [one.name for one in everything()], folders, complaints)
    print(f"{options.out / 'index.html'}: {len(complaints)} complaints")
    return 1 if any("not taken" in line for line in complaints) else 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "pictures", help="a folder (build/pictures)")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="pages with this word in their name"
    )
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--width", action="append", type=int, choices=WIDTHS)
    parser.add_argument("--manual", action="store_true", help="the pictures of the manual, into docs/manual")
    options = parser.parse_args()
    options.language = options.language or list(LANGUAGES)
    options.theme, options.width = options.theme or list(THEMES), options.width or list(WIDTHS)
    return options


def everything() -> list[Picture]:
    return [*desk_pages.pictures(), *other_pages.pictures(), *wizard.pictures(), *other_pages.with_a_group()]


def looks(languages: Sequence[str], themes: Sequence[str], widths: Sequence[int]) -> list[Look]:
    return [Look(language, theme, width) for language in languages for theme in themes for width in widths]


def look_at(language: str, options: argparse.Namespace) -> list[str]:
    """One language: a demo of its own, filled, and looked at. What there is to complain of."""
    chosen = looks([language], options.theme, options.width)

    def wanted(pictures: list[Picture]) -> list[Picture]:
        return [one for one in pictures if not options.only or any(word in one.name for word in options.only)]

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pictures-")))
        browser = stack.enter_context(open_chromium())
        complaints = []
        if walked := wanted(wizard.pictures()):
            complaints += wizard.walk(browser, folder / "wizard", options.out, walked, chosen)
        plain, grouped = wanted([*desk_pages.pictures(), *other_pages.pictures()]), wanted(other_pages.with_a_group())
        if not plain and not grouped:
            return complaints
        desk = fill(stack.enter_context(open_demo(folder / "demo", language)), stack)
        looker = Looker(browser, desk.box.url, options.out)
        stack.callback(looker.close)
        sessions = {name: visit.http for name, visit in desk.visits.items()}
        looker.take_all(plain, chosen, desk.known, sessions)
        if grouped:
            let_a_group_ask(desk)
            looker.take_all(grouped, chosen, desk.known, sessions)
        if not options.only:
            print(f"{language}, never asked for:", *unseen(desk.box.data, looker.asked), sep="\n  ")
        return complaints + looker.complaints


def unseen(data: Path, asked: set[str]) -> list[str]:
    done = subprocess.run(
        (sys.executable, "-m", "scripts.picturing.routes"),
        input="\n".join(asked), text=True, capture_output=True, check=True, timeout=120, cwd=ROOT,
        env={**os.environ, "APPLIANCE_DATA": str(data)},
    )  # fmt: skip
    return done.stdout.split()


if __name__ == "__main__":
    sys.exit(main())
