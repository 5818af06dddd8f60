"""Who a connection is at its messenger, as JSON in its row."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from appliance.values import Account

PHOTO_LIMIT = 256 << 10
# What a browser may be shown as a picture, told by its first bytes and not by anybody's word.
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True)
class Picture:
    mime: str
    data: bytes

    @property
    def url(self) -> str:
        """For an <img>: our policy allows data: there."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode('ascii')}"


def to_json(account: Account) -> dict[str, Any]:
    picture = picture_of(account)
    return {
        "external_id": account.external_id,
        "title": account.title[:120],
        "handle": account.handle,
        "link": account.link,
        "photo": base64.b64encode(picture.data).decode("ascii") if picture else "",
        "warnings": [[code, dict(params)] for code, params in account.warnings],
    }


def from_json(data: Mapping[str, Any]) -> Account | None:
    """None for a connection that could not be checked yet."""
    if not data.get("external_id"):
        return None
    return Account(
        external_id=str(data["external_id"]),
        title=str(data.get("title", "")),
        handle=str(data.get("handle", "")),
        link=str(data.get("link", "")),
        photo=_decode(data.get("photo", "")),
        warnings=tuple((str(code), params) for code, params in data.get("warnings", ())),
    )


def picture_of(account: Account | None) -> Picture | None:
    """The account's photo, if it is one and not too large."""
    data = account.photo if account else None
    if not data or len(data) > PHOTO_LIMIT:
        return None
    mime = next((mime for magic, mime in _PICTURES.items() if data.startswith(magic)), None)
    return Picture(mime, data) if mime else None


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(text) or None
    except (binascii.Error, ValueError):
        return None
