"""getChat, getChatMember, getChatMemberCount, leaveChat."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.customers.membership import leave
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.methods.profile import profile_photos
from appliance_sandbox.server.sending import find_chat, open_chat
from appliance_sandbox.server.standing import ADMINISTRATOR, MEMBER, chat_member

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
def get_chat(call: Call) -> Json:
    if call.parameters.text("chat_id") == str(call.bot.id):
        return {**_own_chat(call), **_full()}
    chat = find_chat(call)
    if not call.sandbox.chats.seat(call.bot.id, chat["id"]):
        raise bad_request("chat not found")
    if chat["type"] != "private":
        open_chat(call)
    return {**chat, **_full()}


@method("getChatMember")
def get_member(call: Call) -> Json:
    chat, user_id = open_chat(call), call.parameters.integer("user_id")
    if user_id == call.bot.id:
        return own_standing(call, chat)
    members = call.sandbox.chats.members(chat["id"])
    if user_id not in members:
        raise bad_request("user not found")
    return chat_member(MEMBER, call.sandbox.people.get(user_id))


@method("getChatAdministrators")
def get_administrators(call: Call) -> list[Json]:
    """The bot alone, if at all: "Returns an Array of ChatMember objects … except other bots"."""
    chat = open_chat(call)
    if chat["type"] == "private":
        raise bad_request("there are no administrators in the private chat")
    own = own_standing(call, chat)
    return [own] if own["status"] == ADMINISTRATOR else []


def own_standing(call: Call, chat: Json) -> Json:
    """The bot as a ChatMember of a chat it may speak in."""
    seat = call.sandbox.chats.seat(call.bot.id, chat["id"])
    is_admin = seat is not None and seat.state == ADMINISTRATOR
    return chat_member(ADMINISTRATOR if is_admin else MEMBER, call.bot.user())


@method("getChatMemberCount")
def count_members(call: Call) -> int:
    return len(call.sandbox.chats.members(open_chat(call)["id"])) + 1


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    chat = open_chat(call)
    if chat["type"] == "private":
        raise bad_request("chat member status can't be changed in private chats")
    leave(call.sandbox, call.bot, chat)
    return True


def _full() -> Json:
    """What ChatFullInfo must have on top of a Chat."""
    return {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}


def _own_chat(call: Call) -> Json:
    chat: Json = {"id": call.bot.id, "type": "private", "first_name": call.bot.name, "username": call.bot.username}
    for sizes in profile_photos(call, call.bot.id):
        small, big = sizes[0], sizes[-1]
        chat["photo"] = {
            "small_file_id": small["file_id"], "small_file_unique_id": small["file_unique_id"],
            "big_file_id": big["file_id"], "big_file_unique_id": big["file_unique_id"],
        }  # fmt: skip
    return chat
