"""Maps: locations and venues are drawn on a map that needs no internet, with links to the maps people know.

The map is Leaflet over a world outline, both vendored. Streets come from a tile server only if the owner named one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Blueprint

from appliance import NavLink, PageAssets, PartView, SettingField, box, hookimpl
from appliance_maps import map_file_pages
from appliance_maps.couriers_page import LINK
from appliance_maps.pages import blueprint
from appliance_maps.pick import render_picker
from appliance_maps.place import read_place
from appliance_maps.render import render_place
from appliance_maps.settings import FIELDS
from appliance_maps.tiles import read_tiles

if TYPE_CHECKING:
    import click


@hookimpl
def register_blueprint() -> Blueprint:
    return blueprint


@hookimpl
def register_commands() -> Sequence[click.Command]:
    from appliance_maps.commands import maps  # noqa: PLC0415 - the command line's alone

    return [maps]


@hookimpl
def register_settings() -> Sequence[SettingField]:
    return FIELDS


@hookimpl
def page_assets() -> PageAssets:
    return PageAssets(styles=("every-page.css",), scripts=("every-page.js",))


@hookimpl
def nav_links() -> Sequence[NavLink]:
    return [LINK]


@hookimpl
def render_slot(slot: str) -> str | None:
    if slot == "settings/maps":
        return map_file_pages.render_link()
    return render_picker() if slot == "place" else None


@hookimpl
def content_sources() -> Sequence[tuple[str, str]]:
    tiles = read_tiles(box().setting)
    return [("img-src", tiles.origin)] if tiles else []


@hookimpl
def render_part(part: PartView) -> str | None:
    place = read_place(part.data) if part.kind in ("location", "venue") else None
    return None if place is None else render_place(part, place)
