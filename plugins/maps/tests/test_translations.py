"""Every text of the plugin exists in Russian, and the compiled catalog is the written one."""

from __future__ import annotations

import gettext
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1] / "appliance_maps"
CATALOG = PACKAGE / "translations" / "ru" / "LC_MESSAGES"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext.babel_extract")]
# The same in both languages.
NAMES = {"OpenStreetMap"}


def written() -> dict[str, str]:
    with (CATALOG / "messages.po").open("rb") as source:
        return {str(message.id): str(message.string) for message in read_po(source) if message.id}


def used() -> set[str]:
    found = extract_from_dir(PACKAGE, METHODS, keywords={"_": None, "mark": None})
    return {str(message) for _, _, message, _, _ in found} | NAMES


def test_every_text_is_translated_and_nothing_else_is() -> None:
    assert {text for text, russian in written().items() if russian} == used()


def test_parameters_survive_translation() -> None:
    for text, russian in written().items():
        # Their order is the language's own.
        assert sorted(part.split(")s")[0] for part in text.split("%(")[1:]) == sorted(
            part.split(")s")[0] for part in russian.split("%(")[1:]
        )


def test_the_compiled_catalog_is_up_to_date() -> None:
    with (CATALOG / "messages.mo").open("rb") as compiled:
        catalog = gettext.GNUTranslations(compiled)
    assert {text: catalog.gettext(text) for text in written()} == written()
