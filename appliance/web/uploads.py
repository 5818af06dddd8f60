"""Attaching: one file a request, kept before it belongs to any message."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from appliance.services import blobs, files
from appliance.web import error_words

blueprint = Blueprint("uploads", __name__)


@blueprint.errorhandler(RequestEntityTooLarge)
@blueprint.errorhandler(blobs.TooLarge)
def too_large(_error: Exception) -> ResponseReturnValue:
    return error_words.plain("too_large", {"name": "", "limit": files.UPLOAD_LIMIT >> 20})


@blueprint.post("/uploads")
def receive() -> ResponseReturnValue:
    """The new file's id and what it was taken for: as what it was sent, or what its type says."""
    attached = request.files.get("file")
    if attached is None:
        return error_words.plain("empty")
    mime = attached.mimetype or "application/octet-stream"
    name = attached.filename or ""
    kind = files.choose_kind(request.form.get("kind", ""), mime)
    file_id = files.receive(cast(BinaryIO, attached.stream), name, mime, g.actor, kind)
    return jsonify(id=file_id, name=files.clean_name(name), kind=kind)
