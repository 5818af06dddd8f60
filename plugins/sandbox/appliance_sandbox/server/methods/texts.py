"""sendMessage and sendChatAction."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.sending import open_chat, read_message_text, send

ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


@method("sendMessage")
def send_message(call: Call) -> Json:
    chat = open_chat(call)
    return send(call, chat, read_message_text(call))


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    action = call.parameters.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.sandbox.chats.show_action(call.bot.id, open_chat(call)["id"], action)
    return True
