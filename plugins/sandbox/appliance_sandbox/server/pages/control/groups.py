"""Groups: make one, add or remove a bot, let it become a supergroup."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from appliance_sandbox.server.customers.membership import add_bot, demote, migrate, promote, remove_bot
from appliance_sandbox.server.customers.view import list_groups_of
from appliance_sandbox.server.pages.control.common import body, sandbox

blueprint = Blueprint("groups", __name__)
CHANGES = {"join": add_bot, "kick": remove_bot, "promote": promote, "demote": demote}
KINDS = frozenset({"group", "supergroup"})


@blueprint.get("/groups")
def list_groups() -> list[dict[str, Any]]:
    return sandbox().chats.groups()


@blueprint.get("/bots/<int:bot_id>/groups")
def view_groups(bot_id: int) -> list[dict[str, Any]]:
    """Every group with the last message the bot's chat has, latest first."""
    return list_groups_of(sandbox(), sandbox().bots.by_id(bot_id))


@blueprint.post("/groups")
def add_group() -> dict[str, Any]:
    """`title`, `kind` (group or supergroup), `username`, `members` (ids of customers)."""
    fields = body()
    kind = fields.get("kind") or "supergroup"
    if kind not in KINDS:
        raise ValueError("a kind is group or supergroup")
    group = sandbox().chats.add_group(fields.get("title") or "Group", kind, fields.get("username") or "")
    for person_id in fields.get("members") or []:
        sandbox().chats.join(group["id"], int(person_id))
    return group


@blueprint.post("/bots/<int:bot_id>/groups/<int(signed=True):chat_id>/<any(join, kick, promote, demote, migrate):what>")
def change_membership(bot_id: int, chat_id: int, what: str) -> dict[str, Any]:
    """`by`: the customer who does it. `migrate` answers the new supergroup."""
    bot, group = sandbox().bots.by_id(bot_id), sandbox().chats.get(chat_id)
    by = sandbox().people.get(int(body()["by"]))
    if what == "migrate":
        return migrate(sandbox(), bot, group, by)
    CHANGES[what](sandbox(), bot, group, by)
    return group
