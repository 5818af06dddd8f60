"""Files of messages: originals as downloads, renditions inline; who may not see the ticket gets neither."""

from __future__ import annotations

import mimetypes
from typing import BinaryIO

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.http import parse_range_header
from werkzeug.wsgi import wrap_file

from appliance.services import blobs, files
from appliance.services.files import Servable

blueprint = Blueprint("files", __name__)
# A paused player reads what fits its buffer and then holds the line: an answer must end by itself.
RANGE_LIMIT = 2 << 20
SANDBOX = "sandbox; default-src 'none'"
IMMUTABLE = "private, max-age=31536000, immutable"


@blueprint.errorhandler(blobs.Gone)
def gone(_error: blobs.Gone) -> ResponseReturnValue:
    return current_app.handle_http_exception(NotFound())


@blueprint.get("/files/<int:file_id>")
def original(file_id: int) -> ResponseReturnValue:
    """Always a download, whatever it claims to be."""
    found = files.servable(file_id, g.actor)
    response = _serve(found)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers.set("Content-Disposition", "attachment", filename=_name(found, file_id))
    return response


@blueprint.get("/files/<int:file_id>/<rendition>")
def made(file_id: int, rendition: str) -> ResponseReturnValue:
    """What we made ourselves, for <img>, <audio> and <video>."""
    found = files.servable(file_id, g.actor, rendition)
    response = _serve(found)
    response.headers["Cache-Control"] = IMMUTABLE
    response.headers["Content-Disposition"] = "inline"
    return response


def _serve(found: Servable) -> Response:
    etag = f'"{found.sha256}"'
    known = request.if_none_match.contains(found.sha256)
    response = Response(status=304) if known else _ranged(found, etag)
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _ranged(found: Servable, etag: str) -> Response:
    wanted = parse_range_header(request.headers.get("Range"))
    fresh = request.headers.get("If-Range", etag) == etag
    # Several ranges at once are not worth their multipart answer; the whole is a legal one.
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not fresh:
        return _whole(found)
    span = wanted.range_for_length(found.size)
    if span is None:
        refused = Response(status=416)
        refused.headers["Content-Range"] = f"bytes */{found.size}"
        return refused
    return _piece(found, span[0], min(span[1], span[0] + RANGE_LIMIT))


def _whole(found: Servable) -> Response:
    stream = blobs.open_blob(found.sha256)
    response = Response(wrap_file(request.environ, stream), mimetype=found.mime, direct_passthrough=True)
    response.content_length = found.size
    return response


def _piece(found: Servable, start: int, stop: int) -> Response:
    response = Response(_read(found, start, stop), status=206, mimetype=found.mime)
    response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{found.size}"
    return response


def _read(found: Servable, start: int, stop: int) -> bytes:
    stream: BinaryIO
    with blobs.open_blob(found.sha256) as stream:
        stream.seek(start)
        return stream.read(stop - start)


def _name(found: Servable, file_id: int) -> str:
    """A name to save under; one without any gets the ending its type has."""
    return files.clean_name(found.name) or f"file-{file_id}{mimetypes.guess_extension(found.mime) or ''}"
