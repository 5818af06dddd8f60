"""A place inside its bubble: the map, the words, the way to other maps."""

from __future__ import annotations

from flask import current_app, render_template
from markupsafe import Markup

from appliance import PartView, box
from appliance_maps.links import services_named
from appliance_maps.place import Place
from appliance_maps.tiles import read_tiles


def render_place(part: PartView, place: Place) -> Markup:
    """HTML of the place; needs a request, for the reader's language and time zone."""
    page = render_template(
        "maps/_place.html",
        part=part,
        place=place,
        services=services_named(box().setting("maps.links")),
        tiles=read_tiles(box().setting),
        # The folder, not one file: the map fetches what it needs from there once it comes into view.
        vendor=f"{current_app.static_url_path}/vendor/",
    )
    return Markup(page)  # noqa: S704 -- the template escapes everything it is given
