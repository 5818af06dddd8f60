"""Points on the map that people paste are read in the page, without asking anybody."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.browsers import Browsers
from tests.e2e.staff import ANNA

READ = 'text => import("/static/js/places.js").then((places) => places.readPlace(text))'
RED_SQUARE = {"latitude": 55.7539, "longitude": 37.6208}
READABLE = {
    "55.7539, 37.6208": RED_SQUARE,
    "55,7539 37,6208": RED_SQUARE,
    "55.7539° N, 37.6208° E": RED_SQUARE,
    "33.8568 S, 151.2153 E": {"latitude": -33.8568, "longitude": 151.2153},
    "N 55.7539 E 37.6208": RED_SQUARE,
    "55,7539° с. ш. 37,6208° в. д.": RED_SQUARE,
    "37.6208 E, 55.7539 N": RED_SQUARE,
    "55°45\u203214.04\u2033N 37°37\u203214.88\u2033E": RED_SQUARE,
    "55° 45' 14.04\" с.ш., 37° 37' 14.88\" в.д.": RED_SQUARE,
    "N 55° 45.234' E 37° 37.248'": RED_SQUARE,
    "55°45'14.04\", 37°37'14.88\"": RED_SQUARE,
    "33°51'24.48\"S 151°12'55.08\"E": {"latitude": -33.8568, "longitude": 151.2153},
    "55°75'00\"N 37°37'00\"E": {"error": "unread"},
    "55°45'N 37°37'S": {"error": "unread"},
    "geo:55.7539,37.6208?z=17": RED_SQUARE,
    "geo:0,0?q=55.7539,37.6208(Red+Square)": RED_SQUARE,
    "https://www.openstreetmap.org/#map=17/55.7539/37.6208": RED_SQUARE,
    "https://www.openstreetmap.org/?mlat=55.7539&mlon=37.6208#map=17/1/1": RED_SQUARE,
    "https://www.google.com/maps/@55.7539,37.6208,17z": RED_SQUARE,
    "https://www.google.com/maps/place/Red+Square/@1,1,17z/data=!3m1!4b1!8m2!3d55.7539!4d37.6208": RED_SQUARE,
    "https://www.google.com/maps/search/?api=1&query=55.7539%2C37.6208": RED_SQUARE,
    "https://maps.google.com/?q=55.7539,37.6208": RED_SQUARE,
    "https://yandex.ru/maps/213/moscow/?ll=37.6208%2C55.7539&z=16": RED_SQUARE,
    "https://yandex.com/maps/?pt=37.6208,55.7539&z=16&ll=1,1": RED_SQUARE,
    "https://2gis.ru/moscow/geo/70000001/37.6208%2C55.7539": RED_SQUARE,
    "https://2gis.ru/moscow?m=37.6208%2C55.7539%2F16": RED_SQUARE,
    "https://maps.apple.com/?ll=55.7539,37.6208&q=Red%20Square": RED_SQUARE,
    "https://maps.app.goo.gl/AbCdEf": {"error": "short"},
    "https://yandex.ru/maps/-/CDabc": {"error": "short"},
    "https://shop.example/about": {"error": "unread"},
    "91.0, 37.6": {"error": "unread"},
    "the corner of Lenina street": {"error": "unread"},
    "": {"error": "unread"},
}


@pytest.mark.usefixtures("shop")
def test_points_are_read_from_numbers_and_links(browsers: Browsers) -> None:
    desk = browsers.open(ANNA)
    desk.open_inbox()
    assert {text: rounded(desk.page.evaluate(READ, text)) for text in READABLE} == READABLE


def rounded(place: dict[str, Any]) -> dict[str, Any]:
    """Minutes and seconds do not come out even."""
    return {name: round(value, 9) if isinstance(value, float) else value for name, value in place.items()}
