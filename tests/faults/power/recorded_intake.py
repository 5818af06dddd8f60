"""Messages are taken in on a disk that writes everything down: the product's poller, journal and intake as they are,
asking a sandbox in this process, and a mark in the record for each offset that the messenger was told."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path
from typing import Any

from sqlalchemy import event

from appliance import app, db, schema
from appliance.config import Config
from appliance.services import connections
from appliance.services.clockwork import Clockwork
from appliance.services.journal import ConnectionJournal
from appliance.services.threads import keep_running
from appliance.values import SYSTEM, Journal
from appliance_sandbox.control import Control
from appliance_sandbox.server.bots import FIRST_UPDATE_ID
from appliance_sandbox.server.journal import Journal as Requests
from appliance_sandbox.server.running import RunningServer
from appliance_sandbox.server.state import open_sandbox
from tests.faults.power.apsw_driver import Driver
from tests.faults.power.recording_disk import RecordingDisk, Stroke
from tests.harness.waiting import wait_until

CUSTOMERS = 12
ROUNDS = 20
Wrong = Callable[[Journal], Journal]


@dataclass(frozen=True)
class Recording:
    """The files at the beginning, every stroke since then, and how many updates came in."""

    before: dict[str, bytes]
    strokes: list[Stroke]
    updates: int


def record(folder: Path, seed: int, *, journal: Wrong | None = None, careless: bool = False) -> Recording:
    """Some hundred updates come in. `journal` puts a wrong one in the right one's place; `careless` takes away that a
    commit waits for the disk."""
    config = Config(data=folder)
    disk = RecordingDisk()
    try:
        with _messenger(disk) as messenger:
            connection_id = _set_up(config, messenger)
            before = {path.name: path.read_bytes() for path in (config.database,)}
            engine = db.bind(config.database, Driver(disk.name))
            if careless:
                event.listen(engine, "connect", lambda opened, _entry: opened.cursor().execute(CARELESS))
            updates = _take_in(messenger, connection_id, journal, random.Random(seed))
            app.unbind_doors()
        return Recording(before, disk.strokes, updates)
    finally:
        app.unbind_doors()
        disk.unregister()


CARELESS = "PRAGMA synchronous=NORMAL"


@dataclass(frozen=True)
class _Messenger:
    control: Control
    bot: dict[str, Any]
    url: str
    waiting: Callable[[], int]


class _Told(Requests):
    """The sandbox's list of requests, which marks in the record what a question acknowledges, before it is answered."""

    disk: RecordingDisk

    def note(self, bot_id: int, method: str, parameters: dict[str, Any], fault: str | None) -> None:
        if method.lower() == "getupdates" and parameters.get("offset"):
            self.disk.mark(int(parameters["offset"]))
        super().note(bot_id, method, parameters, fault)


@contextmanager
def _messenger(disk: RecordingDisk) -> Iterator[_Messenger]:
    sandbox = open_sandbox()
    told = _Told(sandbox.database)
    told.disk = disk
    server = RunningServer(replaced(sandbox, journal=told), 0, "secret")
    try:
        with Control(server.url, "secret") as control:
            bot = control.add_bot()
            yield _Messenger(control, bot, server.url, lambda: sandbox.updates.count(bot["id"]))
    finally:
        server.close()


def _set_up(config: Config, messenger: _Messenger) -> int:
    """A box with its connection, and everything of it on the disk."""
    schema.bring_up_to_date(config)
    form = {"token": messenger.bot["token"], "api_url": messenger.url}
    made = connections.connect("telegram", form, "", SYSTEM)
    db.unbind()
    return made.id


def _take_in(messenger: _Messenger, connection_id: int, journal: Wrong | None, chance: random.Random) -> int:
    clock = Clockwork()
    right: Journal = ConnectionJournal(connection_id, clock.arrived)
    used = journal(right) if journal else right
    channel, info = connections.channel_of(connection_id), connections.info(connection_id)
    clock.start()
    poller = keep_running("poller", lambda stop: channel.serve(info, used, stop))
    try:
        written = _write(messenger, chance)
        wait_until(lambda: not messenger.waiting(), "the end of the queue", 60)
    finally:
        poller.stop()
        clock.stop()
        channel.close()
    return written


def _write(messenger: _Messenger, chance: random.Random) -> int:
    control, bot_id = messenger.control, messenger.bot["id"]
    people = [control.add_customer(f"Customer {number}")["id"] for number in range(CUSTOMERS)]
    written = 0
    for _ in range(ROUNDS):
        acts = [
            {"customer": person, "act": "text", "text": f"{chance.random()} " * chance.randrange(1, 60)}
            for person in chance.choices(people, k=chance.randrange(1, 20))
        ]
        control.act_many(bot_id, acts)
        written += len(acts)
        time.sleep(chance.uniform(0, 0.1))
        # More often than by the clock: a power cut in the midst of it is what is to be found.
        db.checkpoint()
    return written


def promised(strokes: list[Stroke]) -> int:
    """The highest offset the messenger was told in these strokes; 0 before the first."""
    return max((stroke.note for stroke in strokes if stroke.kind == "mark"), default=0)


def expected(offset: int) -> set[int]:
    """The updates an offset acknowledges."""
    return set(range(FIRST_UPDATE_ID, offset))
