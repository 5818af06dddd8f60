"""Commands about groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

Json = dict[str, Any]


class Asks(Protocol):
    """What these commands need of a control client."""

    def ask(self, verb: str, path: str, **options: Any) -> Any:
        """One command; answers the decoded JSON."""


class GroupCommands:
    """What `Control` can do with groups. People in them act through `Control.phone(bot_id, person_id, group_id)`."""

    def add_group(
        self: Asks, title: str, kind: str = "supergroup", members: Sequence[int] = (), username: str = ""
    ) -> Json:
        """`kind`: group or supergroup. The bot is not in it yet. Answers the Chat."""
        fields = {"title": title, "kind": kind, "members": list(members), "username": username}
        group: Json = self.ask("POST", "/groups", json=fields)
        return group

    def groups(self: Asks, bot_id: int) -> list[Json]:
        """Those that have not moved on: `{"group", "state", "members", "last"}`, latest first."""
        return list(self.ask("GET", f"/bots/{bot_id}/groups"))

    def change_membership(self: Asks, bot_id: int, chat_id: int, what: str, by: int) -> Json:
        """`what`: join, kick, promote, demote, or migrate (answers the new supergroup). `by`: who does it."""
        group: Json = self.ask("POST", f"/bots/{bot_id}/groups/{chat_id}/{what}", json={"by": by})
        return group

    def set_privacy(self: Asks, bot_id: int, on: bool) -> Json:
        """On: the bot gets commands, mentions and replies to itself only, unless it is an administrator."""
        bot: Json = self.ask("PATCH", f"/bots/{bot_id}", json={"reads_groups": not on})
        return bot
