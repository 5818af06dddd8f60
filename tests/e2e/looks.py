"""How the desk can look. Each screen is seen in both themes and both languages, though not in all four mixtures."""

from __future__ import annotations

from typing import Any

from tests.e2e.browsers import PHONE

# What moves is half see-through on its way, and its colours are none of the design's.
STILL = {"reduced_motion": "reduce"}
LOOKS: dict[str, dict[str, Any]] = {
    "desk-light-en": {**STILL, "color_scheme": "light", "locale": "en-GB"},
    "desk-dark-ru": {**STILL, "color_scheme": "dark", "locale": "ru-RU"},
    "phone-light-ru": {**STILL, **PHONE, "color_scheme": "light", "locale": "ru-RU"},
    "phone-dark-en": {**STILL, **PHONE, "color_scheme": "dark", "locale": "en-GB"},
}
