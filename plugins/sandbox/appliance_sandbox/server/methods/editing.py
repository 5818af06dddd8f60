"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.media import KINDS
from appliance_sandbox.server.methods.albums import TOGETHER, read_item
from appliance_sandbox.server.revising import own_message, revise
from appliance_sandbox.server.sending import read_caption, read_message_text

CAPTION = ("caption", "caption_entities", "show_caption_above_media")


TEXT = ("text", "entities", "link_preview_options")
MEDIA = frozenset({"animation", "audio", "document", "photo", "video"})  # what an InputMedia object may be


@method("editMessageText")
def edit_text(call: Call) -> Json:
    stored = own_message(call)
    if "text" not in stored.body:
        raise bad_request("there is no text in the message to edit")
    return revise(call, stored, read_message_text(call), gone=("entities", "link_preview_options"))


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
    wanted = call.parameters.mapping("media")
    _check_kind(stored.body, str(wanted.get("type")))
    return revise(call, stored, read_item(call, wanted), gone=(*KINDS, *CAPTION, *TEXT, "has_media_spoiler"))


def _check_kind(message: Json, kind: str) -> None:
    """ApiError for what is no InputMedia, or does not belong in the album the message is part of."""
    if kind not in MEDIA:
        raise bad_request('can\'t parse InputMedia: Field "type" is wrong')
    if "media_group_id" not in message:
        return
    fitting = next((group for group in TOGETHER if group & set(message)), frozenset())
    if kind not in fitting:
        raise bad_request("can't use media of the specified type in the album")


@method("editMessageReplyMarkup")
def edit_markup(call: Call) -> Json:
    return revise(call, own_message(call), {})
