"""forwardMessage(s) and copyMessage(s)."""

from __future__ import annotations

from typing import Any

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.messages import Stored
from appliance_sandbox.server.sending import find_chat, open_chat, read_caption, send
from appliance_sandbox.server.service_messages import is_service

# What belongs to the message and not to its content.
FRAME = frozenset(
    {"message_id", "from", "chat", "date", "edit_date", "reply_to_message", "quote", "reply_markup",
     "has_protected_content", "media_group_id", "forward_origin"}
)  # fmt: skip


@method("forwardMessage")
def forward_message(call: Call) -> Json:
    return _forward(call, open_chat(call), _source(call, call.parameters.integer("message_id"), "forward"))


@method("forwardMessages")
def forward_messages(call: Call) -> list[Json]:
    chat = open_chat(call)
    return [{"message_id": _forward(call, chat, stored)["message_id"]} for stored in _sources(call, "forward")]


@method("copyMessage")
def copy_message(call: Call) -> Json:
    chat = open_chat(call)
    content = _content(_source(call, call.parameters.integer("message_id"), "copy"))
    if "caption" in call.parameters and "text" not in content:
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= read_caption(call)
    return {"message_id": send(call, chat, content)["message_id"]}


@method("copyMessages")
def copy_messages(call: Call) -> list[Json]:
    chat = open_chat(call)
    return [{"message_id": send(call, chat, _content(stored))["message_id"]} for stored in _sources(call, "copy")]


def _forward(call: Call, chat: Json, stored: Stored) -> Json:
    origin: Json = {"type": "user", "sender_user": stored.body["from"], "date": stored.body["date"]}
    return send(call, chat, {**_content(stored), "forward_origin": stored.body.get("forward_origin", origin)})


def _content(stored: Stored) -> Json:
    return {name: value for name, value in stored.body.items() if name not in FRAME}


def _sources(call: Call, verb: str) -> list[Stored]:
    wanted = call.parameters.listing("message_ids")
    if not 1 <= len(wanted) <= 100:
        raise bad_request("too many message identifiers specified")
    chat = find_chat(call, "from_chat_id")
    found = [call.sandbox.messages.get(call.bot.id, chat["id"], int(message_id)) for message_id in wanted]
    sources = [stored for stored in found if stored and _may_leave(stored.body)]
    if not sources:
        raise bad_request(f"there are no messages to {verb}")
    return sources


def _source(call: Call, message_id: int, verb: str) -> Stored:
    chat = find_chat(call, "from_chat_id")
    stored = call.sandbox.messages.get(call.bot.id, chat["id"], message_id)
    if not stored:
        raise bad_request(f"message to {verb} not found")
    if not _may_leave(stored.body):
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return stored


def _may_leave(body: dict[str, Any]) -> bool:
    return not body.get("has_protected_content") and not is_service(body)
