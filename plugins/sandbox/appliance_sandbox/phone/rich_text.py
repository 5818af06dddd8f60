"""Text with entities as HTML."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from appliance_sandbox.server.units import cut, length

Json = dict[str, Any]
TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "code",
    "blockquote": "q", "expandable_blockquote": "q",
}  # fmt: skip


def show_rich_text(text: str, entities: list[Json]) -> Markup:
    """Escaped text with its formatting. Where entities overlap, the one that begins first (the longer) shows."""
    shown, position = Markup(), 0
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        if entity["offset"] < position:
            continue
        shown += escape(cut(text, position, entity["offset"] - position))
        shown += _piece(entity, cut(text, entity["offset"], entity["length"]))
        position = entity["offset"] + entity["length"]
    return shown + escape(cut(text, position, length(text) - position))


def _piece(entity: Json, text: str) -> Markup:
    kind = entity["type"]
    if kind in {"text_link", "url"}:
        address = str(entity.get("url") or text)
        if address.startswith(("http://", "https://")):
            return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(address, text)
    if tag := TAGS.get(kind):
        return Markup("<{0}>{1}</{0}>").format(Markup(tag), text)  # noqa: S704 - a name of TAGS
    return escape(text)
