"""Photo, video, voice and the other kinds with bytes; albums."""

from __future__ import annotations

import secrets
from typing import Any

from appliance_sandbox.server.customers.acts import Act, Json, act, deliver
from appliance_sandbox.server.entities import read_formatted
from appliance_sandbox.server.media import KINDS, Source, content_of, take_in
from appliance_sandbox.server.parameters import Parameters

NOT_ATTRIBUTES = frozenset({"caption", "caption_entities", "parse_mode", "media", "kind", "file"})


@act("media")
def send_media(act: Act) -> Json:
    """One file under the name `file`; `kind` names what it is sent as."""
    return deliver(act, _content(act, act.fields, "file"))


@act("album")
def send_album(act: Act) -> Json:
    """`items`: objects with `kind`, `file` (the name of an upload) and the fields of a single one."""
    album = {"media_group_id": str(10**16 + secrets.randbelow(10**16))}
    items = [Parameters(item, act.fields.uploads) for item in act.fields.listing("items")]
    sent = [deliver(act, {**_content(act, item, item.text("file")), **album}) for item in items]
    return {"messages": [one["message"] for one in sent], "update_ids": [one["update_id"] for one in sent]}


def _content(act: Act, fields: Parameters, name: str) -> Json:
    """The message content; `media` adds to, replaces in or (null) takes from the media object."""
    kind = fields.text("kind")
    if kind not in KINDS:
        raise ValueError(f"no kind {kind!r}; known are {', '.join(KINDS)}")
    if name not in fields.uploads:
        raise ValueError("there is no file")
    media = take_in(act.sandbox, act.bot.id, kind, _source(fields, name), limited=False)
    formatted = read_formatted(fields, "caption", "caption_entities")
    changed = _changed(media, fields.mapping("media"))
    return {**content_of(kind, changed), **formatted.fields("caption", "caption_entities")}


def _source(fields: Parameters, name: str) -> Source:
    upload = fields.uploads[name]
    thumbnail = fields.uploads.get("thumbnail")
    attributes = {
        name: value if name == "file_name" else _number(value)
        for name, value in fields.without_bytes().items()
        if name not in NOT_ATTRIBUTES and name not in fields.uploads
    }
    stream = thumbnail.stream if thumbnail else None
    return Source(upload.stream, upload.filename or "", upload.mimetype, attributes, stream)


def _number(value: Any) -> Any:
    """Form fields are text; a duration is a number."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _changed(media: Any, changes: Json) -> Any:
    if not changes or isinstance(media, list):
        return media
    return {name: value for name, value in {**media, **changes}.items() if value is not None}
