"""A bot joins and leaves groups; a group becomes a supergroup."""

from __future__ import annotations

from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.customers.acts import Json
from appliance_sandbox.server.customers.blocking import membership_change
from appliance_sandbox.server.state import Sandbox


def add_bot(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> None:
    """The bot gets my_chat_member and the service message about its arrival."""
    _move(sandbox, bot, group, by, old="left", new="member")
    _announce(sandbox, bot, group, by, {"new_chat_members": [bot.user()]})


def remove_bot(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> None:
    _move(sandbox, bot, group, by, old="member", new="kicked")


def migrate(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> Json:
    """The group gets a new number; answers the supergroup."""
    supergroup = sandbox.chats.add_group(group["title"], "supergroup")
    for person_id in sandbox.chats.members(group["id"]):
        sandbox.chats.join(supergroup["id"], person_id)
    sandbox.chats.sit(bot.id, supergroup["id"], "member")
    _announce(sandbox, bot, group, by, {"migrate_to_chat_id": supergroup["id"]})
    sandbox.chats.migrate(group["id"], supergroup["id"])
    _announce(sandbox, bot, supergroup, by, {"migrate_from_chat_id": group["id"]})
    return supergroup


def _move(sandbox: Sandbox, bot: Bot, group: Json, by: Json, old: str, new: str) -> None:
    sandbox.chats.sit(bot.id, group["id"], new)
    sandbox.updates.push(bot.id, "my_chat_member", membership_change(group, by, bot.user(), old, new))


def _announce(sandbox: Sandbox, bot: Bot, group: Json, by: Json, content: Json) -> None:
    message = sandbox.messages.add(bot.id, group, by, content, by_bot=False)
    sandbox.updates.push(bot.id, "message", message)
