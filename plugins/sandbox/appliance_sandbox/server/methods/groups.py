"""getChat, getChatMember, getChatMemberCount, leaveChat."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.methods.profile import profile_photos
from appliance_sandbox.server.sending import find_chat, open_chat

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


@method("getChat")
def get_chat(call: Call) -> Json:
    if call.parameters.text("chat_id") == str(call.bot.id):
        return {**_own_chat(call), **_full()}
    chat = find_chat(call)
    if not call.sandbox.chats.seat(call.bot.id, chat["id"]):
        raise bad_request("chat not found")
    return {**chat, **_full()}


@method("getChatMember")
def get_member(call: Call) -> Json:
    chat, user_id = open_chat(call), call.parameters.integer("user_id")
    if user_id == call.bot.id:
        return {"status": "member", "user": call.bot.user()}
    members = call.sandbox.chats.members(chat["id"])
    if user_id not in members:
        raise bad_request("user not found")
    return {"status": "member", "user": call.sandbox.people.get(user_id)}


@method("getChatMemberCount")
def count_members(call: Call) -> int:
    return len(call.sandbox.chats.members(open_chat(call)["id"])) + 1


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    chat = open_chat(call)
    if chat["type"] == "private":
        raise bad_request("chat member status can't be changed in private chats")
    call.sandbox.chats.sit(call.bot.id, chat["id"], "left")
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
