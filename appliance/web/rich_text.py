"""A message's text with its formatting, as safe HTML: every letter is escaped, every tag is ours."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from appliance.services.web_links import ADDRESS
from appliance.values import Entity

_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_LINKS = {"link", "text_link", "url", "email", "phone_number", "text_mention"}
_VERBATIM = {"code", "pre"}
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "tg://")


def rich_text(text: str, entities: Sequence[Entity] = ()) -> Markup:
    """HTML of a text whose entities count in code points. Entities that do not fit the text are left out."""
    fitting = [found for found in entities if _known(found) and 0 <= found.offset < len(text) and found.length > 0]
    ordered = sorted(fitting, key=lambda found: (found.offset, -found.length))
    return _between(text, 0, len(text), ordered, linking=True)


def _known(entity: Entity) -> bool:
    return entity.kind in _TAGS or entity.kind in _LINKS or entity.kind in ("spoiler", "mention", "hashtag")


def _between(text: str, start: int, end: int, entities: Sequence[Entity], *, linking: bool) -> Markup:
    """The stretch from start to end; entities that reach out of their parent are cut at its end."""
    made: list[Markup] = []
    position, index = start, 0
    while index < len(entities):
        entity = entities[index]
        inside = index + 1
        stop = min(entity.offset + entity.length, end)
        if entity.offset < position:  # overlaps what is already written
            index += 1
            continue
        while inside < len(entities) and entities[inside].offset < stop:
            inside += 1
        made.append(_plain(text[position : entity.offset], linking=linking))
        made.append(_wrapped(text, entity, stop, entities[index + 1 : inside], linking=linking))
        position, index = stop, inside
    made.append(_plain(text[position:end], linking=linking))
    return Markup("").join(made)


def _wrapped(text: str, entity: Entity, stop: int, inner: Sequence[Entity], *, linking: bool) -> Markup:
    is_link = entity.kind in _LINKS
    body = _between(text, entity.offset, stop, inner, linking=linking and not is_link and entity.kind not in _VERBATIM)
    if is_link:
        return _link(_target(entity, text[entity.offset : stop]), body)
    if entity.kind == "spoiler":
        return Markup('<span class="spoiler" tabindex="0">{}</span>').format(body)
    if entity.kind == "mention" and entity.url:
        # A colleague named in a note; the @names of messengers have no address and stay mere text.
        return Markup('<span class="mention">{}</span>').format(body)
    tag = _TAGS.get(entity.kind)
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), body) if tag else body  # noqa: S704  (a tag of _TAGS)


def _target(entity: Entity, words: str) -> str:
    if entity.url:
        return entity.url
    if entity.kind == "email":
        return f"mailto:{words}"
    if entity.kind == "phone_number":
        return f"tel:{words}"
    return words if words.startswith(("http://", "https://")) else f"https://{words}"


def _link(address: str, body: Markup) -> Markup:
    """A link that cannot run anything here; an odd address stays mere text."""
    if not address.lower().startswith(_SCHEMES):
        return body
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>').format(address, body)


def _plain(text: str, *, linking: bool) -> Markup:
    if not linking:
        return escape(text)
    made: list[Markup] = []
    position = 0
    for found in ADDRESS.finditer(text):
        made.append(escape(text[position : found.start()]))
        made.append(_link(found.group(), escape(found.group())))
        position = found.end()
    made.append(escape(text[position:]))
    return Markup("").join(made)
