"""What the box says to customers by itself: in their language, or the company's when there is no catalog for it."""

from __future__ import annotations

from typing import Any

from appliance.language import mark, supported, translate
from appliance.services import settings

ACKNOWLEDGEMENT = mark("Got it, your request is No. {number}. We will answer here.")
GREETING = mark("Hello! Tell us what happened. A video, a photo or a voice message says it fastest.")


def for_customer(chosen: dict[str, Any], default: str, language: str, **params: object) -> str:
    """The owner's text for the language if there is one, else the built-in one."""
    language = supported(language, default=settings.get("language"))
    own = str(chosen.get(language) or "").strip()
    if own:
        for name, value in params.items():
            own = own.replace("{" + name + "}", str(value))
        return own
    return translate(default, language, **params)
