"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.media import KINDS
from appliance_sandbox.server.methods.albums import read_item
from appliance_sandbox.server.revising import own_message, revise
from appliance_sandbox.server.sending import read_caption, read_text

CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@method("editMessageText")
def edit_text(call: Call) -> Json:
    stored = own_message(call)
    if "text" not in stored.body:
        raise bad_request("there is no text in the message to edit")
    return revise(call, stored, read_text(call).fields("text", "entities"), gone=("entities",))


@method("editMessageCaption")
def edit_caption(call: Call) -> Json:
    stored = own_message(call)
    if not any(kind in stored.body for kind in KINDS):
        raise bad_request("there is no caption in the message to edit")
    return revise(call, stored, read_caption(call), gone=CAPTION)


@method("editMessageMedia")
def edit_media(call: Call) -> Json:
    stored = own_message(call)
    if not any(kind in stored.body for kind in (*KINDS, "text")):
        raise bad_request("message can't be edited")
    content = read_item(call, call.parameters.mapping("media"))
    return revise(call, stored, content, gone=(*KINDS, *CAPTION, "text", "entities"))


@method("editMessageReplyMarkup")
def edit_markup(call: Call) -> Json:
    return revise(call, own_message(call), {})
