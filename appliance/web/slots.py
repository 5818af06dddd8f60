"""What plugins put into places of the desk's pages that are kept for them."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from appliance.plugins import plugins


def slot(name: str) -> Markup:
    """What all plugins have to show there, in their order; see the hook `render_slot`."""
    found = plugins().ask("render_slot", slot=name)
    return Markup("").join(Markup(html) for _plugin, html in found)  # noqa: S704  (plugins run with full trust)


def init_app(app: Flask) -> None:
    app.add_template_global(slot, "slot")
