"""What every template may use, beside `page` and its filters."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask

import appliance
from appliance.services.core_settings import LANGUAGE_CHOICES
from appliance.web import cookies
from appliance.web.form_errors import in_words


def translated(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(value, msgid) as (value, words)."""
    return [(value, in_words(label)) for value, label in choices]


def init_app(app: Flask) -> None:
    app.jinja_env.globals |= {"version": appliance.__version__, "language_names": LANGUAGE_CHOICES}
    app.add_template_global(cookies.theme, "visitor_theme")
    # Unlike _(), which takes every % for a place to fill in: these texts come from services and plugins.
    app.add_template_global(in_words, "in_words")
    app.add_template_filter(translated, "translated")
