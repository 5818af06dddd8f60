"""The pages: thin views that parse, call one service, render."""

from __future__ import annotations

from flask import Flask

from appliance.web import (
    actions,
    composer,
    cookies,
    cross_site,
    desk,
    files,
    headers,
    health,
    hosts,
    languages,
    live,
    security,
    shell,
    uploads,
)
from appliance.web.plugin_pages import register_plugin_pages

BLUEPRINTS = (
    actions.blueprint,
    composer.blueprint,
    desk.blueprint,
    files.blueprint,
    health.blueprint,
    languages.blueprint,
    live.blueprint,
    shell.blueprint,
    uploads.blueprint,
)


def init_app(app: Flask) -> None:
    """The order counts: the host is checked first, then who asks, then whether they may, then the form's token."""
    for piece in (hosts, cookies, languages, security, cross_site, headers):
        piece.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_plugin_pages(app)
