"""Texts in the reader's language, outside of pages too: customers' messages, the command line, error reasons.

Pages use the same catalogs through Flask-Babel. Message ids are English.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations

from appliance import paths

LANGUAGES = ("en", "ru")
_folders: list[Path] = [paths.TRANSLATIONS]


def mark(message: str) -> str:
    """Mark a text for the catalogs where it stands; it is translated where it is shown."""
    return message


def add_folders(folders: Sequence[Path]) -> None:
    """Plugins' catalogs join the core's; called once while plugins are loaded."""
    _folders.extend(folder for folder in folders if folder not in _folders)
    _catalog.cache_clear()


def folders() -> list[Path]:
    return list(_folders)


def supported(tag: str, default: str = "en") -> str:
    """The catalog for an IETF tag: 'ru-RU' → 'ru'; anything unknown → default."""
    language = tag.replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else default


def translate(message: str, language: str, **params: Any) -> str:
    """The text in a language, with {named} parameters filled in."""
    text = _catalog(supported(language)).gettext(message)
    return text.format_map(_Lenient(params)) if params else text


def translate_many(one: str, many: str, count: int, language: str, **params: Any) -> str:
    """As translate, with the plural form that fits `count`."""
    text = _catalog(supported(language)).ngettext(one, many, count)
    return text.format_map(_Lenient({"count": count, **params}))


class _Lenient(dict[str, Any]):
    """A text that names a parameter nobody gave still shows."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@lru_cache(maxsize=8)
def _catalog(language: str) -> NullTranslations:
    merged: Translations | None = None
    for folder in _folders:
        found = Translations.load(folder, [language])
        if not isinstance(found, Translations):
            continue
        merged = found if merged is None else merged.merge(found)
    return merged or NullTranslations()
