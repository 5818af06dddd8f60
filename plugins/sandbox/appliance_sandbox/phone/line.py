"""The desk's line to the practice messenger: one client for each process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from appliance_sandbox import rooms, settings
from appliance_sandbox.control import Control, ControlError
from appliance_sandbox.server.listening import LOOPBACK

Json = dict[str, Any]
Result = TypeVar("Result")


class NotReachableError(Exception):
    """The practice messenger does not run (yet)."""


class Line:
    """Opens itself when it is needed, and again when the messenger was started anew."""

    def __init__(self) -> None:
        self._control: Control | None = None
        self._url = ""

    def ask(self, question: Callable[[Control], Result]) -> Result:
        """NotReachableError when nobody answers; ControlError when the messenger refuses."""
        try:
            return question(self._open())
        except httpx.ConnectError:
            # Started anew it has another control port. Nothing was sent, so asking again is safe.
            self.close()
        except httpx.HTTPError as error:
            self.close()
            raise NotReachableError from error
        try:
            return question(self._open())
        except httpx.HTTPError as error:
            self.close()
            raise NotReachableError from error

    def close(self) -> None:
        if self._control:
            self._control.close()
        self._control = None

    def _open(self) -> Control:
        url = practice_url()
        if not self._control or url != self._url:
            self.close()
            try:
                self._control, self._url = Control(url, rooms.control_secret()), url
            except (httpx.HTTPError, ControlError) as error:
                raise NotReachableError from error
        return self._control


def practice_url() -> str:
    """The API address a practice bot is connected with."""
    return f"http://{LOOPBACK}:{settings.port()}"


def first_bot(control: Control) -> Json:
    """The bot whose customers are played."""
    bots = [bot for bot in control.bots() if bot["state"] == "active"]
    if not bots:
        raise NotReachableError
    return bots[0]


# One for each process; it holds nothing until it is asked.
line = Line()
