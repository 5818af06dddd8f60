"""What the box says to customers by itself: in their language, or the company's when there is no catalog for it."""

from __future__ import annotations

import re
from typing import Any

from appliance.language import mark, supported, translate
from appliance.services import settings

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

ACKNOWLEDGEMENT = mark("Got it, your request is No. {number}. We will answer here.")
GREETING = mark("Hello! Tell us what happened. A video, a photo or a voice message says it fastest.")
LINKED = mark("Linked: you are {name} at {company}.")
CODE_ENDED = mark("This link is no longer valid. Make a new one at the desk and open it within 15 minutes.")
JOINED = mark("Thank you, {name}! We can write to each other here now. Your request is No. {number}.")
JOINED_BARE = mark("Thank you, {name}! We can write to each other here now.")
JOIN_ENDED = mark("This link is no longer valid, but you are in the right place: just write to us here.")


def for_customer(chosen: dict[str, Any], default: str, language: str, **params: object) -> str:
    """The owner's text for the language if there is one, else the built-in one, with {named} places filled in."""
    language = supported(language, default=settings.get("language"))
    own = str(chosen.get(language) or "").strip()
    return fill(own, params) if own else translate(default, language, **params)


def fill(text: str, params: dict[str, object]) -> str:
    """{named} places filled in, all at once: what a customer is called is never a place itself."""
    return _PLACEHOLDER.sub(lambda found: str(params.get(found[1], found[0])), text)


def with_notice(text: str, notice: dict[str, Any], language: str) -> str:
    """The text and, below it, the owner's notice in the language, if there is one."""
    said = str(notice.get(supported(language, default=settings.get("language"))) or "").strip()
    return f"{text}\n\n{said}" if said else text
