"""Setting the demo's box up: owner, company, messenger, connection. What is done is remembered and not repeated."""

from __future__ import annotations

import json
import locale
import os
import random
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol, Self

from appliance_sandbox import rooms, service, settings
from appliance_sandbox.progress import Progress
from appliance_sandbox.server import RunningServer
from appliance_sandbox.server.listening import bind

COMPANY = {"en": "Daisy Tills", "ru": "Ромашка"}
OWNER = {"en": "Olga Reed", "ru": "Ольга Орлова"}
BOT = {"en": "Daisy help desk", "ru": "Ромашка: помощь"}
PORTS = range(8481, 8981)  # below those the system hands out by itself, so that one stays free between runs


class Tell(Protocol):
    """Runs another command of `appliance`, `given` on its standard input."""

    def __call__(self, *command: str, given: str = "") -> None: ...


@dataclass(slots=True)
class Demo:
    """What the demo remembers of its own box; the file is private to the box's user."""

    login: str
    password: str
    port: int = 0
    done: list[str] = field(default_factory=list)
    finished: bool = False

    @classmethod
    def new(cls) -> Self:
        return cls("owner", secrets.token_urlsafe(12))

    def save(self) -> None:
        rooms.write_privately(_file(), json.dumps(asdict(self)))

    @contextmanager
    def step(self, name: str) -> Iterator[bool]:
        """True when this step is still to do; remembered once the block got through."""
        due = name not in self.done
        yield due
        if due:
            self.done.append(name)
            self.save()


def prepare(demo: Demo, language: str, tell: Tell) -> Demo:
    """Everything a person would do in the wizard."""
    demo.port = demo.port or free_port()
    demo.save()
    with demo.step("owner") as due:
        if due:
            add = ("agent", "add", demo.login, "--role", "owner", "--name", OWNER[language], "--password-stdin")
            tell(*add, given=demo.password)
    chosen = {"company": COMPANY[language], "language": language, settings.PORT: str(demo.port), settings.ENABLED: "1"}
    # Each is a process that mostly imports: two at a time halve the wait on a small box.
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda setting: tell("set", *setting), chosen.items()))
    with demo.step("connection") as due:
        if due:
            connect(demo.port, BOT[language], tell)
    Progress().save()
    demo.finished = True
    demo.save()
    return demo


def connect(port: int, title: str, tell: Tell) -> None:
    """The messenger has to run for the moment: the connection asks it who the bot is."""
    server: RunningServer = service.start(port)
    try:
        bot = server.sandbox.bots.all()[0]
        server.sandbox.bots.rename(bot.id, title, "demo_help_bot")
        tell("connect", "telegram", "--token-stdin", "--api-url", server.url, "--title", title, given=bot.token)
    finally:
        server.close()


def read_demo() -> Demo | None:
    """None for a data folder that is no demo's."""
    try:
        return Demo(**json.loads(_file().read_text("utf-8")))
    except FileNotFoundError:
        return None


def free_port() -> int:
    """One of `PORTS`, at random, so that two demos on one machine hardly meet. OSError when none is free."""
    for port in random.sample(PORTS, len(PORTS)):
        if is_free(port):
            return port
    raise OSError("there is no free port for the practice messenger")


def is_free(port: int) -> bool:
    try:
        bind(port).close()
    except OSError:
        return False
    return True


def system_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ru" if locale.normalize(name).lower().startswith("ru") else "en"


def _file() -> Path:
    return rooms.folder() / "demo.json"
