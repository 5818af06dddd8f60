"""The texts of ticket templates on their forms: what was posted, what is said without them, what previews fill in."""

from __future__ import annotations

import json

from flask import request

from appliance.language import LANGUAGES, mark, translate
from appliance.services import settings, texts

EXAMPLE_NAME, EXAMPLE_PLACE = mark("Anna"), mark("Till 2")


def posted(name: str) -> dict[str, str]:
    """A text for each language."""
    # Browsers send line breaks of forms as CR LF; messengers count and show them as one.
    return {each: request.form.get(f"{name}_{each}", "").replace("\r\n", "\n") for each in LANGUAGES}


def examples() -> dict[str, str]:
    """What stands in the {named} places of the previews, in each language."""
    company = settings.get("company") or "Appliance"
    return {
        each: json.dumps(
            {
                "name": translate(EXAMPLE_NAME, each),
                "place": translate(EXAMPLE_PLACE, each),
                "number": 1042,
                "company": company,
            },
            ensure_ascii=False,
        )
        for each in LANGUAGES
    }


def built_in() -> dict[str, dict[str, str]]:
    """What customers are told while the owner's own text is empty; shown in the empty field."""
    known = {"greeting": texts.GREETING, "acknowledgement": texts.ACKNOWLEDGEMENT}
    return {name: {each: translate(text, each) for each in LANGUAGES} for name, text in known.items()}
