"""The plugin as the running box sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from appliance import SYSTEM, PartKind, PartView
from appliance.app import close_app, create_app
from appliance.config import Config
from appliance.plugins import plugins
from appliance.schema import bring_up_to_date
from appliance.services import settings
from tests.harness.templates import keep_compiled

MOSCOW = {"latitude": 55.7558, "longitude": 37.6173}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    config = Config(data=tmp_path)
    bring_up_to_date(config)
    app = keep_compiled(create_app(config, strict=True))
    yield app
    close_app(app)


def render(app: Flask, kind: PartKind = "location", language: str = "en", **data: Any) -> str:
    part = PartView(
        id=7,
        message_id=3,
        ticket_id=1,
        kind=kind,
        text="",
        data={**MOSCOW, **data},
        at=datetime(2026, 3, 1, 11, 7, tzinfo=UTC),
        label='Anna "<b>", 14:07',
        outgoing=False,
    )
    with app.test_request_context(headers={"Accept-Language": language}):
        return str(plugins().ask_first("render_part", part=part) or "")


def test_a_location_is_a_map_with_coordinates_and_links(app: Flask) -> None:
    page = render(app, accuracy=35.4)
    assert '<location-map\n    lat="55.7558" lon="37.6173" accuracy="35.4"' in page
    assert "55.75580, 37.61730" in page
    assert "± 35 m" in page
    small, large = page.split("<template>")
    assert small.count('rel="noopener noreferrer"') == 6
    # Two of them know the way there as well.
    assert large.count('rel="noopener noreferrer"') == 8
    assert small.count("Moscow") == 2
    assert "Moscow · Russia" in large
    assert 'vendor="/static/vendor/"' in page
    assert "tiles=" not in page


def test_the_texts_come_in_the_readers_language(app: Flask) -> None:
    page = render(app, language="ru")
    assert "Открыть на другой карте" in page
    assert "Яндекс Карты" in page


def test_what_a_customer_wrote_stays_text(app: Flask) -> None:
    page = render(app, kind="venue", title="<script>alert(1)</script>", address='"><img src=x>')
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Map: Anna &#34;&lt;b&gt;&#34;, 14:07, 55.75580, 37.61730" in page


def test_a_location_that_is_none_is_left_to_others(app: Flask) -> None:
    assert "location-map" not in render(app, latitude="north")


def test_its_files_are_served(app: Flask) -> None:
    [assets] = [answer for name, answer in plugins().ask("page_assets") if name == "maps"]
    folder = Path(app.blueprints["maps"].static_folder or "")
    assert all((folder / name).is_file() for name in (*assets.styles, *assets.scripts))
    assert app.url_map.bind("").match("/maps/static/location-map.js")[0] == "maps.static"


def test_only_a_server_the_owner_named_joins_the_policy(app: Flask) -> None:
    def sources() -> list[Any]:
        return [answer for name, answer in plugins().ask("content_sources") if name == "maps"]

    assert sources() == [[]]
    settings.set("maps.tile_address", "https://{s}.tiles.example/{z}/{x}/{y}.png", SYSTEM)
    assert sources() == [[("img-src", "https://*.tiles.example")]]
    assert "Streets from tiles.example" in render(app)
    settings.set("maps.tiles", "off", SYSTEM)
    assert sources() == [[]]
    assert "tiles=" not in render(app)


def test_a_tile_address_that_could_widen_the_policy_is_refused(app: Flask) -> None:
    with pytest.raises(settings.SettingError):
        settings.set("maps.tile_address", "https://a.example;script-src */{z}/{x}/{y}.png", SYSTEM)


def test_the_owner_chooses_the_links(app: Flask) -> None:
    settings.set("maps.links", "yandex", SYSTEM)
    assert re.findall(r'href="https://([^/"]+)', render(app)) == ["yandex.com", "yandex.com", "yandex.com"]
