"""Commands about how the server behaves when all is well: pace, mode, the passing of time."""

from __future__ import annotations

from typing import Any

from appliance_sandbox.control.groups import Asks

Json = dict[str, Any]


class MannerCommands:
    """What `Control` can change in the server's manners."""

    def keep_pace(self: Asks, **limits: float) -> Json:
        """From now on who writes too fast gets 429 with `retry_after`; `clear_faults` lifts it as well.

        `chat_seconds` (1), `chat_burst` (3), `overall_per_second` (30), `group_per_minute` (20); 0 = no limit.
        """
        pace: Json = self.ask("PUT", "/pace", json=limits)
        return pace

    def lift_pace(self: Asks) -> None:
        self.ask("DELETE", "/pace")

    def pace(self: Asks) -> Json:
        """Empty while nothing limits the bots."""
        found: Json = self.ask("GET", "/pace")
        return found

    def sendings(self: Asks, bot_id: int = 0, chat_id: int = 0) -> list[Json]:
        """When bots spoke: `{"at", "method", "chat_id", "refused"}` for every send and edit, oldest first."""
        fields: dict[str, str | int] = {"bot_id": bot_id, "chat_id": chat_id or ""}
        return list(self.ask("GET", "/sendings", params=fields))

    def set_local(self: Asks, on: bool = True) -> None:
        """Play an own server in local mode: files of any size, handed out as paths of this machine."""
        self.ask("PUT", "/mode", json={"local": on})

    def make_older(self: Asks, bot_id: int, chat_id: int, seconds: int) -> None:
        """Everything said and pressed in a chat seems that much older: for limits of hours and days."""
        self.ask("POST", f"/bots/{bot_id}/chats/{chat_id}/age", json={"seconds": seconds})
