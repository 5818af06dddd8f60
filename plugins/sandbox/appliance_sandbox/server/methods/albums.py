"""sendMediaGroup: 2 to 10 items of kinds that may stand together."""

from __future__ import annotations

import secrets
from typing import Any

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.entities import read_formatted
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.media import ATTRIBUTES, content_of
from appliance_sandbox.server.parameters import Parameters
from appliance_sandbox.server.sending import check_caption, open_chat, send
from appliance_sandbox.server.uploading import read_media

# Which kinds make an album together: pictures mix, documents and audio keep to themselves.
TOGETHER = (frozenset({"photo", "video"}), frozenset({"document"}), frozenset({"audio"}))


@method("sendMediaGroup")
def send_media_group(call: Call) -> list[Json]:
    chat = open_chat(call)
    items = call.parameters.listing("media")
    _check(items)
    album = str(10**16 + secrets.randbelow(10**16))
    # All items are read before the first is shown: an album that fails half-way leaves nothing behind.
    contents = [read_item(call, item) for item in items]
    return [send(call, chat, {**content, "media_group_id": album}) for content in contents]


def read_item(call: Call, item: Json) -> Json:
    """The message content an InputMedia object describes, caption included."""
    kind = str(item.get("type"))
    if kind not in {"photo", *ATTRIBUTES}:
        raise bad_request('can\'t parse InputMedia: Field "type" is wrong')
    names = (*ATTRIBUTES.get(kind, ()), "thumbnail")
    attributes = {name: item[name] for name in names if name in item}
    media = read_media(call, kind, str(item.get("media") or ""), attributes)
    formatted = check_caption(read_formatted(Parameters(item), "caption", "caption_entities"))
    content = {**content_of(kind, media), **formatted.fields("caption", "caption_entities")}
    return {**content, "has_media_spoiler": True} if item.get("has_spoiler") else content


def _check(items: list[Any]) -> None:
    if not 2 <= len(items) <= 10:
        raise bad_request("the number of media in an album must be between 2 and 10")
    if not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse InputMedia: object expected")
    kinds = {str(item.get("type")) for item in items}
    if not any(kinds <= group for group in TOGETHER):
        raise bad_request("media of these types can't be sent together as an album")
