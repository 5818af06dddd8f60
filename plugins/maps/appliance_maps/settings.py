"""What the owner can choose."""

from __future__ import annotations

from appliance import SettingField, mark
from appliance_maps.links import SERVICES, check_names
from appliance_maps.pick_online import SETTING as ADDRESS_SEARCH
from appliance_maps.pick_online import check_server
from appliance_maps.tiles import check_address

FIELDS = (
    SettingField(
        name="maps.tiles",
        label=mark("Street maps from the internet"),
        kind="choice",
        default="click",
        help=mark(
            "A street map comes from its server to the browser of whoever looks, and tells that server where the "
            "customer is. That is why it waits for a click. What the box itself draws tells nobody."
        ),
        choices=(
            ("off", mark("Never")),
            ("click", mark("When someone asks for them")),
            ("on", mark("Always")),
        ),
    ),
    SettingField(
        name="maps.tile_address",
        label=mark("Address of the map tiles"),
        help=mark("Such as https://tiles.example/{z}/{x}/{y}.png. Empty: only what the box itself draws."),
        check=check_address,
    ),
    SettingField(
        name="maps.tile_attribution",
        label=mark("Credit shown on the street map"),
        default="© OpenStreetMap contributors",
    ),
    SettingField(
        name="maps.links",
        label=mark("Links below a map"),
        default=", ".join(service.key for service in SERVICES),
        help=mark("Names of other maps in the order shown: openstreetmap, google, yandex, 2gis, apple, geo."),
        check=check_names,
    ),
    SettingField(
        name=ADDRESS_SEARCH,
        label=mark("Server that finds addresses"),
        help=mark(
            "For sending a place: one that answers like Nominatim, such as https://search.example/search. It is told "
            "what staff search for, when they press the button. Empty: towns from the box's own list only."
        ),
        check=check_server,
    ),
)
