"""What a map of this plugin needs to draw what lies below its markers, as attributes of its element."""

from __future__ import annotations

import json

from flask import current_app, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from appliance import box
from appliance_maps.archive import Archive
from appliance_maps.map_files import MapFile, list_map_files
from appliance_maps.tiles import read_tiles


def attributes() -> dict[str, str]:
    """For `{{ … | xmlattr }}` on the element given to makeMap (static/map-view.js) and on <location-map>; needs a
    request, for the reader's language."""
    return {
        # The folder, not one file: the map fetches what it needs from there once it comes into view.
        "vendor": f"{current_app.static_url_path}/vendor/",
        "towns": url_for("maps.towns", language=get_locale(), version=box().version()),
        # Of what goes into each map's shadow, which no sheet of the page reaches.
        "sheets": url_for("maps.static", filename=""),
        "text-zoom-in": _("Zoom in"),
        "text-zoom-out": _("Zoom out"),
        "text-failed": _("The map could not be loaded."),
        **_files(),
        **_streets(),
    }


def _files() -> dict[str, str]:
    usable = [_describe(file, file.archive) for file in list_map_files() if file.archive]
    if not usable:
        return {}
    return {"map-files": json.dumps(usable), "text-beyond": _("The map file ends here.")}


def _describe(file: MapFile, archive: Archive) -> dict[str, object]:
    return {
        "address": url_for("maps.read_tiles_of", version=file.version, name=file.name),
        "kind": archive.kind,
        "bounds": archive.bounds,
        "least": archive.least,
        "most": archive.most,
        "credit": archive.credit,
        "layers": archive.layers,
    }


def _streets() -> dict[str, str]:
    tiles = read_tiles(box().setting)
    if tiles is None:
        return {}
    return {
        "tiles": tiles.address,
        "tiles-mode": tiles.mode,
        "tiles-credit": tiles.attribution,
        "text-streets": _("Streets from %(host)s", host=tiles.host),
        "text-offline": _("The street map is out of reach."),
    }
