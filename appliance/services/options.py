"""How a message is said, as its row keeps it."""

from __future__ import annotations

from typing import Any

from appliance.values import ASKS, Json, Manner


def to_json(manner: Manner, signature: str) -> dict[str, Any]:
    return {
        "buttons": list(manner.buttons),
        "ask": manner.ask,
        "preview": manner.preview,
        "signature": signature,
    }


def manner_of(options: Json) -> Manner:
    ask = options.get("ask")
    return Manner(buttons_of(options), ask if ask in ASKS else None, bool(options.get("preview", True)))


def buttons_of(options: Json) -> tuple[str, ...]:
    return tuple(str(label) for label in options.get("buttons") or ())


def signature_of(options: Json) -> str:
    return str(options.get("signature") or "")
