"""The plugin's pages and routes: further modules add theirs to this blueprint."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from appliance_maps.labels import MOST_ZOOM, choose_labels
from appliance_maps.towns import Area

blueprint = Blueprint("maps", "appliance_maps", template_folder="templates", static_folder="static")


@blueprint.get("/towns")
def towns() -> ResponseReturnValue:
    """Names to write on a map: `bbox=west,south,east,north`, `zoom`, `language`. They change with a release alone,
    whose version is in the address."""
    area, zoom = _read_area(request.args.get("bbox", "")), request.args.get("zoom", type=int)
    if area is None or zoom is None or not 0 <= zoom <= MOST_ZOOM:
        abort(400)
    labels = choose_labels(area, zoom, request.args.get("language", "en"))
    answer = jsonify([[each.name, each.latitude, each.longitude, each.size] for each in labels])
    answer.headers["Cache-Control"] = "private, max-age=604800"
    return answer


def _read_area(text: str) -> Area | None:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    # Written so that what is not a number fails, too.
    sound = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return Area(south, west, north, east) if sound else None
