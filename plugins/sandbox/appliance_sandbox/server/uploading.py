"""A file parameter of a call: an upload, `attach://name`, a file_id, or an address on the internet."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.datastructures import FileStorage

from appliance_sandbox.server.calls import Call, Json
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.media import Source, take_in

ATTACHED = "attach://"


def read_media(call: Call, kind: str, value: str, attributes: Json, upload: FileStorage | None = None) -> Any:
    """The media object that `value` (or a direct upload) stands for. ApiError 400 for what names nothing."""
    upload = upload or find_upload(call, value)
    if upload:
        thumbnail = _attached(call, attributes.get("thumbnail"))
        source = Source(upload.stream, upload.filename or "", upload.mimetype, attributes, thumbnail)
        return take_in(call.sandbox, call.bot.id, kind, source)
    return _sent_again(call, kind, value)


def find_upload(call: Call, value: str) -> FileStorage | None:
    """The upload `attach://name` means; None for any other value. ApiError 400 for one that is not there."""
    if not value.startswith(ATTACHED):
        return None
    upload = call.parameters.uploads.get(value.removeprefix(ATTACHED))
    if not upload:
        raise bad_request(f"can't find the file {value}")
    return upload


def _attached(call: Call, value: object) -> Any:
    upload = call.parameters.uploads.get(str(value or "").removeprefix(ATTACHED))
    return upload.stream if upload else None


def _sent_again(call: Call, kind: str, file_id: str) -> Any:
    if file_id.startswith(("http://", "https://")):
        # The sandbox reaches nothing beyond loopback.
        raise bad_request("failed to get HTTP URL content")
    known = call.sandbox.files.find(call.bot.id, file_id)
    if not known or not known.body:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {_title(known.kind)} as {_title(kind)}")
    return json.loads(known.body)


def _title(kind: str) -> str:
    return kind.title().replace("_", "")
