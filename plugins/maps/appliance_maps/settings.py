"""What the owner can choose."""

from __future__ import annotations

from appliance import SettingField, mark
from appliance_maps.links import SERVICES, check_names
from appliance_maps.tiles import check_address

FIELDS = (
    SettingField(
        name="maps.tiles",
        label=mark("Street maps from the internet"),
        kind="choice",
        default="click",
        help=mark("A street map tells its server where the customer is. The built-in outline tells nobody."),
        choices=(
            ("off", mark("Never")),
            ("click", mark("When someone asks for them")),
            ("on", mark("Always")),
        ),
    ),
    SettingField(
        name="maps.tile_address",
        label=mark("Address of the map tiles"),
        help=mark("Such as https://tiles.example/{z}/{x}/{y}.png. Empty: the built-in outline only."),
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
)
