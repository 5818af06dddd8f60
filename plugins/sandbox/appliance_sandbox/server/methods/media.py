"""sendPhoto … sendSticker, getFile."""

from __future__ import annotations

from functools import partial

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.media import ATTRIBUTES, KINDS, content_of
from appliance_sandbox.server.sending import open_chat, read_caption, send
from appliance_sandbox.server.settling import settle_kind
from appliance_sandbox.server.uploading import find_upload, read_media

WITHOUT_CAPTION = frozenset({"video_note", "sticker"})
NUMBERS = frozenset({"duration", "width", "height", "length"})


def _send_media(kind: str, call: Call) -> Json:
    chat = open_chat(call)
    caption = {} if kind in WITHOUT_CAPTION else read_caption(call)
    parameters = call.parameters
    attributes = {
        name: parameters.integer(name) if name in NUMBERS else parameters.text(name)
        for name in ATTRIBUTES.get(kind, ())
        if name in parameters
    }
    attributes["thumbnail"] = parameters.text("thumbnail") or "thumbnail"
    value = parameters.text(kind)
    if kind == "video_note" and value.startswith(("http://", "https://")):
        raise bad_request("can't use an HTTP URL for a video note")
    upload = parameters.uploads.get(kind) or find_upload(call, value)
    made = settle_kind(call.sandbox, kind, upload.stream, upload.mimetype) if upload else kind
    content = {**content_of(made, read_media(call, made, value, attributes, upload)), **caption}
    if parameters.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return send(call, chat, content)


for _kind in KINDS:
    method(f"send{_kind.replace('_', '')}")(partial(_send_media, _kind))


@method("getFile")
def get_file(call: Call) -> Json:
    known = call.sandbox.files.find(call.bot.id, call.parameters.text("file_id"))
    if not known:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if not call.sandbox.mode.may_fetch(known.size):
        raise bad_request("file is too big")
    if call.sandbox.mode.local:
        return {**known.identity(), "file_path": str(call.sandbox.files.lay_out(known, call.bot.token))}
    return {**known.identity(), "file_path": known.path}
