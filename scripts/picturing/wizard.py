"""The wizard: a box that belongs to nobody yet, whose pages follow from what was entered before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from scripts.picturing.looking import Look, Looker
from scripts.picturing.pictures import Picture
from scripts.picturing.visits import Visit
from tests.harness.box import PASSWORD, Box
from tests.harness.sandbox import Sandbox

NAMES = {"claim": "/setup/claim", "company": "/setup/company", "owner": "/setup/owner", "bot": "/setup/bot"}
COMPANY = {"en": "Daisy Tills", "ru": "Ромашка"}
OWNER = {"en": "Olga Reed", "ru": "Ольга Орлова"}


def pictures() -> list[Picture]:
    pages = [Picture(f"setup-{name}", address, who="claimer", whole=True) for name, address in NAMES.items()]
    return [*pages, Picture("setup-hello", "/setup/hello", who="claimer", whole=True)]


def walk(browser: Browser, folder: Path, out: Path, wanted: Iterable[Picture], looks: Sequence[Look]) -> list[str]:
    """Each page in every variant, then on; the complaints."""
    names, language = {one.name for one in wanted}, looks[0].language
    box, sandbox = Box(folder / "box"), Sandbox(folder / "sandbox")
    with ExitStack() as stack:
        stack.callback(sandbox.stop)
        sandbox.start()
        stack.callback(box.stop)
        box.start()
        claimer = Visit(box.url, language)
        stack.callback(claimer.close)
        looker = Looker(browser, box.url, out)
        for picture in pictures():
            if picture.name in names:
                looker.take_all([picture], looks, {}, {"claimer": claimer.http})
                # Each step may give out other cookies.
                looker.close()
            go_on(picture, box, sandbox, claimer, language)
        return looker.complaints


def go_on(picture: Picture, box: Box, sandbox: Sandbox, claimer: Visit, language: str) -> None:
    """What a person enters on this page."""
    if picture.name == "setup-hello":
        return
    name = COMPANY[language]
    entered: dict[str, Callable[[], dict[str, str]]] = {
        "setup-claim": lambda: {"code": box.command("setup-code").split()[-1]},
        "setup-company": lambda: {"language": language, "company": name, "time_zone": "Europe/Moscow"},
        "setup-owner": lambda: {"login": "owner", "name": OWNER[language], "password": PASSWORD},
        "setup-bot": lambda: {"channel": "telegram", "token": sandbox.add_bot()["token"], "api_url": sandbox.url},
    }
    claimer.forget_token()
    claimer.post(picture.address, entered[picture.name](), page=picture.address)
