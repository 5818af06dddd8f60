"""A place inside its bubble: the map, the words, the way to other maps."""

from __future__ import annotations

from flask import render_template
from markupsafe import Markup

from appliance import PartView, box
from appliance_maps import live
from appliance_maps.basemap import attributes
from appliance_maps.links import services_named
from appliance_maps.nearby import describe_nearby, name_country
from appliance_maps.place import Place


def render_place(part: PartView, place: Place) -> Markup:
    """HTML of the place; needs a request, for the reader's language and time zone."""
    share = live.share_of(part)
    page = render_template(
        "maps/_place.html",
        part=part,
        place=place,
        services=services_named(box().setting("maps.links")),
        basemap=attributes(),
        nearby=describe_nearby(place),
        country=name_country(place),
        live=live.attributes(share) if share else None,
    )
    return Markup(page)  # noqa: S704 -- the template escapes everything it is given
