"""A bot joins groups, rises, falls and leaves; a group becomes a supergroup."""

from __future__ import annotations

from typing import Any

from appliance_sandbox.server.bots import Bot
from appliance_sandbox.server.standing import (
    ADMINISTRATOR,
    ANONYMOUS,
    INSIDE,
    KICKED,
    LEFT,
    MEMBER,
    membership_change,
)
from appliance_sandbox.server.state import Sandbox

Json = dict[str, Any]


def add_bot(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> None:
    """The bot gets my_chat_member and the service message about its arrival."""
    _move(sandbox, bot, group, by, MEMBER)
    _announce(sandbox, bot, group, by, {"new_chat_members": [bot.user()]})


def remove_bot(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> None:
    """Somebody removes the bot. Of a basic group it also gets the service message that says so."""
    _go(sandbox, bot, group, by, KICKED)


def leave(sandbox: Sandbox, bot: Bot, group: Json) -> None:
    """The bot goes by itself."""
    _go(sandbox, bot, group, bot.user(), LEFT)


def promote(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> None:
    """The bot becomes an administrator: it reads everything then, whatever its privacy mode."""
    _inside(sandbox, bot, group)
    _move(sandbox, bot, group, by, ADMINISTRATOR)


def demote(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> None:
    _inside(sandbox, bot, group)
    _move(sandbox, bot, group, by, MEMBER)


def migrate(sandbox: Sandbox, bot: Bot, group: Json, by: Json) -> Json:
    """The group gets a new number; answers the supergroup. ValueError for one that is a supergroup already."""
    if group["type"] != "group":
        raise ValueError("only a basic group becomes a supergroup")
    old_state = _inside(sandbox, bot, group)
    with sandbox.database.transaction():
        supergroup = sandbox.chats.add_group(group["title"], "supergroup")
        for person_id in sandbox.chats.members(group["id"]):
            sandbox.chats.join(supergroup["id"], person_id)
        sandbox.chats.sit(bot.id, supergroup["id"], old_state)
        _announce(sandbox, bot, group, by, {"migrate_to_chat_id": supergroup["id"]})
        sandbox.chats.migrate(group["id"], supergroup["id"])
        # The new chat speaks for itself, as an anonymous administrator would.
        _announce(sandbox, bot, supergroup, ANONYMOUS, {"sender_chat": supergroup, "migrate_from_chat_id": group["id"]})
    return supergroup


def _go(sandbox: Sandbox, bot: Bot, group: Json, by: Json, how: str) -> None:
    _inside(sandbox, bot, group)
    _move(sandbox, bot, group, by, how)
    if group["type"] == "group":
        _announce(sandbox, bot, group, by, {"left_chat_member": bot.user()})


def _move(sandbox: Sandbox, bot: Bot, group: Json, by: Json, new: str) -> None:
    seat = sandbox.chats.seat(bot.id, group["id"])
    sandbox.chats.sit(bot.id, group["id"], new)
    changed = membership_change(group, by, bot.user(), seat.state if seat else LEFT, new)
    sandbox.updates.push(bot.id, "my_chat_member", changed)


def _inside(sandbox: Sandbox, bot: Bot, group: Json) -> str:
    """How the bot stands in the group. ValueError when it is not in it."""
    seat = sandbox.chats.seat(bot.id, group["id"])
    if not seat or seat.state not in INSIDE or sandbox.chats.migrated_to(group["id"]):
        raise ValueError("the bot is not in this group")
    return seat.state


def _announce(sandbox: Sandbox, bot: Bot, group: Json, by: Json, content: Json) -> None:
    message = sandbox.messages.add(bot.id, group, by, content, by_bot=False)
    sandbox.updates.push(bot.id, "message", message)
