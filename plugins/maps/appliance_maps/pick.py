"""Choosing a place to send: the map in the dialog *Send a place*, and finding it by a town's name or an address."""

from __future__ import annotations

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from appliance import box
from appliance_maps import basemap
from appliance_maps.pages import blueprint
from appliance_maps.pick_online import SearchFailed, host_of, search_online
from appliance_maps.pick_towns import find_by_name

LONGEST = 200


def render_picker() -> Markup:
    """HTML for the slot 'place'; needs a request, for the reader's language."""
    page = render_template("maps/_pick.html", basemap=basemap.attributes(), online=host_of(box().setting))
    return Markup(page)  # noqa: S704 -- the template escapes everything it is given


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Towns whose names begin with `q`, from the box's own list, the largest first: nobody outside is asked."""
    locale = get_locale()
    found = find_by_name(_asked(), str(locale.language) if locale else "en")
    return jsonify(found=[{"name": "", "label": label, "latitude": lat, "longitude": lon} for label, lat, lon in found])


@blueprint.post("/search")
def search_address() -> ResponseReturnValue:
    """An address, from the server the owner named. A POST: only a person's own press asks anybody outside."""
    try:
        found = search_online(_asked(), box().setting, request.accept_languages.to_header())
    except SearchFailed as problem:
        return jsonify(problem=_(problem.words)), 502
    return jsonify(found=[each.as_json() for each in found])


def _asked() -> str:
    return " ".join(request.values.get("q", "").split())[:LONGEST]
