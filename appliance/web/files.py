"""Files of messages: originals as downloads, renditions inline; who may not see the ticket gets neither."""

from __future__ import annotations

from functools import partial
from typing import IO, cast

from flask import Blueprint, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import to_user_timezone
from werkzeug.exceptions import NotFound
from werkzeug.http import parse_range_header
from werkzeug.wsgi import wrap_file

from appliance.services import blobs, bundles, files, heard
from appliance.services.bundles import Bundle
from appliance.services.files import Servable
from appliance.web import downloads
from appliance.web.byte_window import ByteWindow, SeekableReader
from appliance.web.zip_file import ZipFile
from appliance.web.zip_layout import Member

blueprint = Blueprint("files", __name__)
# A paused player reads what fits its buffer and then holds the line: an answer must end by itself.
RANGE_LIMIT = 2 << 20
SANDBOX = "sandbox; default-src 'none'"
IMMUTABLE = "private, max-age=31536000, immutable"
DOWNLOAD = "application/octet-stream"
# What a browser may show of what we made; a plugin's word for anything else makes it a download.
SHOWN_TYPES = {
    **{name: name for name in ("image/jpeg", "image/webp", "image/png", "video/mp4", "audio/mp4", "audio/mpeg")},
    "text/plain": "text/plain; charset=utf-8",
}


@blueprint.errorhandler(blobs.Gone)
def gone(_error: blobs.Gone) -> ResponseReturnValue:
    return current_app.handle_http_exception(NotFound())


@blueprint.errorhandler(files.Dropped)
def dropped(_error: files.Dropped) -> ResponseReturnValue:
    """It was here, and is not any more: 410, with the reason."""
    text = _("The original was removed to make room, as the box was told to. What was made of it is still here.")
    page = render_template("errors/error.html", code=410, title=_("No longer kept"), text=text)
    return make_response(page, 410)


@blueprint.get("/files/<int:file_id>")
def original(file_id: int) -> ResponseReturnValue:
    """Always a download, whatever it claims to be."""
    found = files.servable(file_id, g.actor)
    response = _serve(found, DOWNLOAD)
    response.headers["Cache-Control"] = "private, no-cache"
    downloads.name(response, found.name)
    return response


@blueprint.get("/files/<int:file_id>/<rendition>")
def made(file_id: int, rendition: str) -> ResponseReturnValue:
    """What we made ourselves, for <img>, <audio> and <video>."""
    found = files.servable(file_id, g.actor, rendition)
    shown = SHOWN_TYPES.get(found.mime.partition(";")[0].strip().lower())
    response = _serve(found, shown or DOWNLOAD)
    response.headers["Cache-Control"] = IMMUTABLE
    response.headers["Content-Disposition"] = "inline" if shown else "attachment"
    return response


@blueprint.post("/files/<int:file_id>/heard")
def listened(file_id: int) -> ResponseReturnValue:
    """The reader has listened to it; saying so again changes nothing."""
    heard.note(file_id, g.actor)
    return "", 204


@blueprint.get("/messages/<int:message_id>/files.zip")
def bundle(message_id: int) -> ResponseReturnValue:
    """The originals of a message in one download, put together while it runs."""
    found = bundles.of_message(message_id, g.actor)
    archive = _zip(found)
    response = Response(mimetype="application/zip", direct_passthrough=True)
    _fill(response, archive)
    response.headers["Cache-Control"] = "private, no-store"
    day = to_user_timezone(found.at).date().isoformat()
    downloads.name(response, f"{found.ticket_id} {day}.zip")
    return _secured(response)


def _zip(found: Bundle) -> ZipFile:
    at = to_user_timezone(found.at)
    members = [Member(file.name, file.size, at) for file in found.files]
    return ZipFile(members, [partial(blobs.open_blob, file.sha256) for file in found.files])


def _serve(found: Servable, content_type: str) -> Response:
    etag = f'"{found.sha256}"'
    known = request.if_none_match.contains(found.sha256)
    response = Response(status=304) if known else _ranged(found, etag)
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Type"] = content_type
    return _secured(response)


def _secured(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _ranged(found: Servable, etag: str) -> Response:
    # A question for the head is one for the whole, whatever range it names.
    wanted = parse_range_header(request.headers.get("Range")) if request.method == "GET" else None
    fresh = request.headers.get("If-Range", etag) == etag
    # Several ranges at once are not worth their multipart answer; the whole is a legal one.
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not fresh:
        return _stretch(found, 0, found.size)
    span = wanted.range_for_length(found.size)
    if span is None:
        refused = Response(status=416)
        refused.headers["Content-Range"] = f"bytes */{found.size}"
        return refused
    start, stop = span[0], min(span[1], span[0] + RANGE_LIMIT)
    response = _stretch(found, start, stop)
    response.status_code = 206
    response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{found.size}"
    return response


def _stretch(found: Servable, start: int, stop: int) -> Response:
    """The server reads it as its reader does: no memory is filled, and no thread waits for a slow one."""
    response = Response(direct_passthrough=True)
    _fill(response, ByteWindow(blobs.open_blob(found.sha256), start, stop))
    return response


def _fill(response: Response, reader: SeekableReader) -> None:
    if request.method == "HEAD":
        reader.close()
    else:
        response.response = wrap_file(request.environ, cast(IO[bytes], reader))
    response.content_length = reader.size
