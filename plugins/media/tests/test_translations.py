"""Every text of the plugin exists in Russian, and the compiled catalog is the written one."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1] / "appliance_media"
CATALOG = PACKAGE / "translations" / "ru" / "LC_MESSAGES"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext.babel_extract")]


KEYWORDS = {"_": None, "gettext": None, "mark": None, "ngettext": (1, 2), "mark_many": (1, 2)}


def written() -> dict[str, tuple[str, ...]]:
    """By the English text, in its singular, all forms of the Russian one."""
    with (CATALOG / "messages.po").open("rb") as source:
        return {forms(message.id)[0]: forms(message.string) for message in read_po(source) if message.id}


def used() -> set[str]:
    return {forms(message)[0] for _, _, message, _, _ in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS)}


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_text_is_translated_and_nothing_else_is() -> None:
    assert {text for text, russian in written().items() if all(russian)} == used()


def test_parameters_survive_translation() -> None:
    for text, russian in written().items():
        for form in russian:
            assert sorted(re.findall(r"%\(\w+\)s|\{\w+\}", form)) == sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text))


def test_the_compiled_catalog_is_up_to_date() -> None:
    with (CATALOG / "messages.mo").open("rb") as compiled:
        catalog = gettext.GNUTranslations(compiled)
    for text, russian in written().items():
        if len(russian) == 1:
            assert catalog.gettext(text) == russian[0]
        else:
            assert {catalog.ngettext(text, text, count) for count in (1, 2, 5)} == set(russian)
