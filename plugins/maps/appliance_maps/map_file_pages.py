"""The owner's page of map files, and the way their tiles take to the maps."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import BinaryIO, ParamSpec, cast

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from appliance import box
from appliance_maps.archive import Unusable
from appliance_maps.map_files import (
    MapFile,
    OutOfStep,
    add_piece,
    find_map_file,
    forget_abandoned_uploads,
    list_map_files,
    remove_map_file,
)
from appliance_maps.pages import blueprint

# A piece of an upload; the page cuts a file into such, for no request may be as large as a map.
PIECE = 8 << 20
# No answer may be long: a browser that stops reading would hold a thread.
RANGE_LIMIT = 2 << 20
IMMUTABLE = "private, max-age=31536000, immutable"
Arguments = ParamSpec("Arguments")


def only_owner(view: Callable[Arguments, ResponseReturnValue]) -> Callable[Arguments, ResponseReturnValue]:
    """Others get 403."""

    @functools.wraps(view)
    def guarded(*arguments: Arguments.args, **named: Arguments.kwargs) -> ResponseReturnValue:
        if box().reader().role != "owner":
            abort(403)
        return view(*arguments, **named)

    return guarded


@blueprint.get("/basemap")
@only_owner
def basemap() -> ResponseReturnValue:
    forget_abandoned_uploads()
    return render_template("maps/basemap.html", files=list_map_files(), piece=PIECE)


@blueprint.post("/basemap/pieces")
@only_owner
def receive_piece() -> ResponseReturnValue:
    """A piece as the request's body: `name`, `offset`, `size` of the whole. Answers {done}; 409 {there} out of step;
    422 with words."""
    name = request.args.get("name", "")
    offset, size = request.args.get("offset", type=int), request.args.get("size", type=int)
    if offset is None or size is None or not 0 <= offset <= size or not name:
        abort(400)
    if (request.content_length or 0) > PIECE:
        abort(413)
    try:
        added = add_piece(name, offset, size, cast(BinaryIO, request.stream))
    except OutOfStep as step:
        return jsonify(there=step.there), 409
    except Unusable as unusable:
        return _words(str(unusable))
    if added is not None:
        flash(_("%(name)s is in use now.", name=added.name), "ok")
    return jsonify(done=added is not None)


@blueprint.post("/basemap/remove")
@only_owner
def remove() -> ResponseReturnValue:
    if not remove_map_file(request.form.get("name", "")):
        abort(404)
    flash(_("Removed."), "ok")
    return redirect(url_for("maps.basemap"), 303)


@blueprint.get("/basemap/<version>/<path:name>")
def read_tiles_of(version: str, name: str) -> ResponseReturnValue:
    """A range of a map file. Its version is part of the address: offsets of an older file mean nothing in this one."""
    file = find_map_file(name)
    if file is None or file.version != version:
        abort(404)
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        # Nobody needs all of it, and it may be two gigabytes.
        abort(416)
    span = wanted.range_for_length(file.size)
    if span is None:
        abort(416)
    return _answer(file, span[0], min(span[1], span[0] + RANGE_LIMIT))


def render_link() -> Markup:
    """The way to the page, below the plugin's settings."""
    return Markup(render_template("maps/_basemap_link.html"))  # noqa: S704 -- the template escapes everything


def _answer(file: MapFile, start: int, stop: int) -> Response:
    with file.path.open("rb") as source:
        source.seek(start)
        response = Response(source.read(stop - start), status=206, mimetype="application/octet-stream")
    response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = IMMUTABLE
    response.set_etag(file.version)
    return response


def _words(msgid: str) -> ResponseReturnValue:
    return Response(_(msgid), status=422, mimetype="text/plain")
