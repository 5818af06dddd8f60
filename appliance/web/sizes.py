"""Sizes, lengths and languages as people read them."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _

KILO = 1024


def size(count: int) -> str:
    """Bytes in the unit that keeps the number short: '248 KB', '1.4 MB'."""
    if count < KILO:
        return _("%(size)s B", size=count)
    if count < KILO * KILO:
        return _("%(size)s KB", size=_number(count / KILO, 0))
    if count < KILO * KILO * KILO:
        return _("%(size)s MB", size=_number(count / KILO / KILO, 1))
    return _("%(size)s GB", size=_number(count / KILO / KILO / KILO, 1))


def duration(seconds: float) -> str:
    """A length for players: '0:42', '12:05', '1:02:03'."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def language_name(tag: str) -> str:
    """'ru' → 'русский' in the reader's language; an odd tag shows as it is."""
    try:
        spoken = Locale.parse(tag.replace("-", "_").split("_")[0])
    except (ValueError, UnknownLocaleError):
        return tag
    return spoken.get_display_name(str(get_locale() or "en")) or tag


def init_app(app: Flask) -> None:
    app.add_template_filter(size, "filesize")
    app.add_template_filter(duration, "duration")
    app.add_template_filter(language_name, "language_name")


def _number(value: float, digits: int) -> str:
    pattern = "#,##0" if digits == 0 or value >= 100 else "#,##0.#"
    return str(format_decimal(value, pattern, locale=str(get_locale() or "en")))
