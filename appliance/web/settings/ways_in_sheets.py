"""Sheets to print for ways in, a page each: the code as large as it goes, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from appliance.language import LANGUAGES, translate
from appliance.services import entrance_list
from appliance.services.entrance_list import EntranceView
from appliance.web import qr, way_in_texts
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint
from appliance.web.settings.ways_in import way_in_or_404

LONGEST_HEADLINE = 80


@blueprint.get("/ways-in/<int:entrance_id>/qr.svg")
@only_for("owner", "manager")
def way_in_code(entrance_id: int) -> Response:
    """To be put on paper of one's own."""
    view = way_in_or_404(entrance_id)
    if not view.link:
        abort(404)
    response = make_response(qr.as_svg(view.link))
    response.mimetype = "image/svg+xml"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'none'; sandbox"
    if "download" in request.args:
        response.headers["Content-Disposition"] = f'attachment; filename="way-in-{view.id}.svg"'
    return response


@blueprint.get("/ways-in/<int:entrance_id>/sheet")
@only_for("owner", "manager")
def way_in_sheet(entrance_id: int) -> ResponseReturnValue:
    return _sheets([way_in_or_404(entrance_id)])


@blueprint.get("/ways-in/sheets")
@only_for("owner", "manager")
def way_in_sheets() -> ResponseReturnValue:
    """All that are in use."""
    return _sheets([view for view in entrance_list.all_entrances() if view.retired_at is None])


def _sheets(views: Sequence[EntranceView]) -> ResponseReturnValue:
    return render_template(
        "settings/ways_in_sheets.html",
        views=[view for view in views if view.link],
        headlines={each: _headline(each) for each in LANGUAGES},
        steps={each: [translate(step, each) for step in way_in_texts.STEPS] for each in LANGUAGES},
    )


def _headline(language: str) -> str:
    """As typed above the sheet; nothing typed: the built-in one; one that was emptied stays away."""
    typed = request.args.get(language)
    return translate(way_in_texts.HEADLINE, language) if typed is None else typed.strip()[:LONGEST_HEADLINE]
