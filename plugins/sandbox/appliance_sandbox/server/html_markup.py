"""parse_mode=HTML: the tags the Bot API knows, and its complaint about any other."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from appliance_sandbox.server import units
from appliance_sandbox.server.errors import bad_request

Json = dict[str, Any]
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip


def parse(text: str) -> tuple[str, list[Json]]:
    """Plain text and its entities; ApiError 400 for markup that does not close or is not known."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text: list[str] = []
        self._offset = 0
        self._open: list[tuple[str, Json]] = []
        self._entities: list[Json] = []

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        self._offset += units.length(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        entity = {"type": TAGS[tag], "offset": self._offset, "length": 0, **_details(tag, dict(attrs))}
        if tag == "code" and self._open and self._open[-1][0] == "pre" and dict(attrs).get("class"):
            self._open[-1][1]["language"] = str(dict(attrs)["class"]).removeprefix("language-")
            entity["type"] = ""
        self._open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise bad_request(f'can\'t parse entities: Unexpected end tag "{tag}"')
        _, entity = self._open.pop()
        entity["length"] = self._offset - entity["offset"]
        if entity["type"] and entity["length"] and entity.get("url", True):
            self._entities.append(entity)

    def finish(self) -> tuple[str, list[Json]]:
        if self._open:
            tag = self._open[-1][0]
            raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag {tag}")
        return "".join(self._text), sorted(self._entities, key=lambda entity: entity["offset"])


def _details(tag: str, attributes: dict[str, str | None]) -> Json:
    if tag == "a":
        return {"url": attributes.get("href") or ""}
    if tag == "tg-emoji":
        return {"custom_emoji_id": attributes.get("emoji-id") or ""}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {}
