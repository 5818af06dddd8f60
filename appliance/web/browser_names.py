"""A browser as a person knows it, out of what it says about itself. A guess, for a list of one's own sessions."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _

# The order counts: Edge and Opera say that they are Chrome, Chrome says that it is Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("YaBrowser", "Yandex"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
            ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def browser_name(agent: str) -> str:
    """'Firefox, Windows'."""
    known = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in known if name) or _("Unknown browser")


def init_app(app: Flask) -> None:
    app.add_template_filter(browser_name, "browser_name")
