"""A box around the plugin: its folder in the data, as the running appliance gives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import app, box, plugins
from appliance.config import Config
from appliance.plugins import Found, Plugins


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The plugin's own."""
    app.bind_doors(Config(data=tmp_path / "data"))
    loaded = Plugins(strict=True)
    loaded.load(Found("media", "appliance_media", "0.1.0", "folder", Path(__file__).parents[1]))
    plugins.bind(loaded)
    yield box().folder("media")
    loaded.close()
    app.unbind_doors()
