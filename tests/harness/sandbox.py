"""The Bot API server of the sandbox plugin, as a process of its own that can be ended and started again."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Any

from appliance_sandbox.control import Control, Phone
from tests.harness.processes import LoggedProcess
from tests.harness.waiting import wait_until

ANNOUNCEMENT = "listening on "


class Sandbox:
    """`url` is what a bot takes for the Bot API, the same after every start; what was written is kept."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "sandbox.log"
        self.url = ""
        self._state = folder / "sandbox.db"
        # Never one that begins with a dash and looks like an option.
        self._secret = secrets.token_hex(12)
        self._process: LoggedProcess | None = None
        self._control: Control | None = None

    @property
    def control(self) -> Control:
        assert self._control is not None, "the sandbox does not run"
        return self._control

    def start(self) -> None:
        offset = self.log.stat().st_size if self.log.exists() else 0
        port = self.url.rpartition(":")[2] or "0"
        state = ("--state", str(self._state), "--control-secret", self._secret)
        command = (sys.executable, "-m", "appliance_sandbox", "--port", port, *state)
        self._process = LoggedProcess(command, self.log)
        self.url = wait_until(lambda: self._announced(offset), "the sandbox's start", shown=self.log.read_text)
        self._control = Control(self.url, self._secret)

    def stop(self) -> None:
        """Its port refuses connections from here on."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.stop(15)
        self._process = self._control = None

    def add_bot(self) -> dict[str, Any]:
        """`id`, `token`, `name`, `username`."""
        return self.control.add_bot()

    def add_customers(self, bot_id: int, number: int, prefix: str = "Customer") -> list[Phone]:
        """People who have not written yet."""
        made = (self.control.add_customer(f"{prefix} {count}", language_code="en") for count in range(1, number + 1))
        return [self.control.phone(bot_id, person["id"]) for person in made]

    def _announced(self, offset: int) -> str:
        assert self._process is not None
        text = self.log.read_text()[offset:]
        assert self._process.is_running(), f"the sandbox ended at once: {text}"
        found = [line for line in text.splitlines() if line.startswith(ANNOUNCEMENT)]
        return found[0].removeprefix(ANNOUNCEMENT) if found else ""
