"""Everything one running sandbox has: its stores, its faults, its files."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from appliance_sandbox.server.bots import Bots
from appliance_sandbox.server.chats import Chats
from appliance_sandbox.server.courier import Couriers
from appliance_sandbox.server.database import Database
from appliance_sandbox.server.faults import Faults
from appliance_sandbox.server.files import Files
from appliance_sandbox.server.journal import Journal
from appliance_sandbox.server.messages import Messages
from appliance_sandbox.server.mode import Mode
from appliance_sandbox.server.people import People
from appliance_sandbox.server.rates import Rates
from appliance_sandbox.server.settings import Settings
from appliance_sandbox.server.updates import Updates

IN_MEMORY = ":memory:"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Handed to every method and page; `closing` is set once the server goes down."""

    database: Database
    bots: Bots
    people: People
    chats: Chats
    messages: Messages
    updates: Updates
    files: Files
    journal: Journal
    settings: Settings
    couriers: Couriers
    folder: Path
    temporary: bool
    faults: Faults = field(default_factory=Faults)
    rates: Rates = field(default_factory=Rates)
    mode: Mode = field(default_factory=Mode)
    closing: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        """Wake whoever waits. Call `dispose` once nobody works with it any more."""
        self.closing.set()
        self.updates.close()
        self.couriers.close()

    def dispose(self) -> None:
        self.database.close()
        if self.temporary:
            shutil.rmtree(self.folder, ignore_errors=True)


def open_sandbox(state: Path | str = IN_MEMORY) -> Sandbox:
    """`state` is the SQLite file; files lie beside it in `<state>.files/`. `:memory:` keeps nothing."""
    temporary = str(state) == IN_MEMORY
    folder = Path(tempfile.mkdtemp(prefix="sandbox-")) if temporary else Path(f"{state}.files")
    if not temporary:
        Path(state).parent.mkdir(parents=True, exist_ok=True)
    database = Database(str(state))
    bots, people = Bots(database), People(database)
    updates = Updates(database, bots)
    return Sandbox(
        database=database,
        bots=bots,
        people=people,
        chats=Chats(database, people),
        messages=Messages(database),
        updates=updates,
        files=Files(database, folder),
        journal=Journal(database),
        settings=Settings(database),
        couriers=Couriers(bots, updates),
        folder=folder,
        temporary=temporary,
    )
