"""One Bot API call for each kind of piece, made by python-telegram-bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from telegram import (
    Bot,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from appliance import Piece
from appliance_telegram import limits
from appliance_telegram.addresses import chat_fields
from appliance_telegram.revising import is_revision, revision_call
from appliance_telegram.uploads import Media

Fields = dict[str, Any]


def call_for(bot: Bot, address: str, piece: Piece, media: Sequence[Media]) -> Callable[..., Awaitable[object]]:
    """The call that sends a piece; further keywords (time-outs) are the caller's."""
    if is_revision(piece):
        return _bind(*revision_call(bot, address, piece, {**_words(piece.payload), **_keyboard(piece.payload)}), {})
    common = {**_common(address, piece.payload), **_keyboard(piece.payload)}
    if piece.kind == "album":
        return _bind(bot.send_media_group, common, {"media": _album(piece.payload["items"], media)})
    if piece.kind in _FILES:
        method, fields = _file(bot, piece.payload["items"][0], media[0])
        return _bind(method, common, fields)
    if piece.kind == "text":
        return _bind(bot.send_message, common, _words(piece.payload))
    return _other(bot, piece, common)


def _bind(method: Callable[..., Awaitable[object]], common: Fields, fields: Fields) -> Callable[..., Awaitable[object]]:
    return lambda **timing: method(**common, **fields, **timing)


def _common(address: str, payload: Mapping[str, Any]) -> Fields:
    common: Fields = chat_fields(address)
    reply_to = str(payload.get("reply_to", ""))
    if reply_to.isdigit():
        common["reply_parameters"] = ReplyParameters(int(reply_to), allow_sending_without_reply=True)
    return common


def _words(payload: Mapping[str, Any]) -> Fields:
    """A text or a caption with its formatting."""
    if "text" not in payload:
        return _caption(payload)
    words: Fields = {"text": payload["text"], "entities": _entities(payload["entities"])}
    if not payload.get("preview", True):
        words["link_preview_options"] = LinkPreviewOptions(is_disabled=True)
    return words


def _keyboard(payload: Mapping[str, Any]) -> Fields:
    """As planned: the library's own classes would only make the same of it."""
    return {"api_kwargs": {"reply_markup": payload["markup"]}} if "markup" in payload else {}


def _file(bot: Bot, item: Mapping[str, Any], media: Media) -> tuple[Callable[..., Awaitable[object]], Fields]:
    kind = item["kind"]
    method: Callable[..., Awaitable[object]] = getattr(bot, f"send_{kind}")
    return method, {kind: media, **_caption(item), **_measures(item, _FILES[kind]), **_EXTRAS.get(kind, {})}


# Which measures each kind takes, under the Bot API's names.
_SIZE = {"width": "width", "height": "height", "duration": "duration"}
_FILES: dict[str, Mapping[str, str]] = {
    "photo": {},
    "video": _SIZE,
    "animation": _SIZE,
    "video_note": {"duration": "duration", "width": "length"},
    "voice": {"duration": "duration"},
    "audio": {"duration": "duration"},
    "sticker": {},
    "document": {},
}
_EXTRAS: dict[str, Fields] = {
    "video": {"supports_streaming": True},
    # What was attached as a file stays one, whatever it contains.
    "document": {"disable_content_type_detection": True},
}
_ALBUM_MEDIA: dict[str, Callable[..., Any]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "audio": InputMediaAudio,
    "document": InputMediaDocument,
}


def _album(items: Sequence[Mapping[str, Any]], media: Sequence[Media]) -> list[Any]:
    return [
        _ALBUM_MEDIA[item["kind"]](
            one, **_caption(item), **_measures(item, _FILES[item["kind"]]), **_EXTRAS.get(item["kind"], {})
        )
        for item, one in zip(items, media, strict=True)
    ]


def _measures(item: Mapping[str, Any], names: Mapping[str, str]) -> Fields:
    return {theirs: item[ours] for ours, theirs in names.items() if item.get(ours)}


def _caption(item: Mapping[str, Any]) -> Fields:
    if "caption" not in item:
        return {}
    return {"caption": item["caption"], "caption_entities": _entities(item["caption_entities"])}


def _entities(written: Sequence[Mapping[str, Any]]) -> list[MessageEntity]:
    return [MessageEntity(**entity) for entity in written]


def _other(bot: Bot, piece: Piece, common: Fields) -> Callable[..., Awaitable[object]]:
    data = piece.payload["data"]
    methods: dict[str, tuple[Callable[..., Awaitable[object]], Callable[[Mapping[str, Any]], Fields]]] = {
        "location": (bot.send_location, _place),
        "venue": (bot.send_venue, _venue),
        "contact": (bot.send_contact, _contact),
        "poll": (bot.send_poll, _poll),
        "dice": (bot.send_dice, lambda dice: {"emoji": dice["emoji"]}),
    }
    method, fields = methods[piece.kind]
    return _bind(method, common, fields(data))


def _place(data: Mapping[str, Any]) -> Fields:
    place = {"latitude": data["latitude"], "longitude": data["longitude"]}
    return {**place, "horizontal_accuracy": min(data["accuracy"], 1500)} if data.get("accuracy") else place


def _venue(data: Mapping[str, Any]) -> Fields:
    place = {"latitude": data["latitude"], "longitude": data["longitude"]}
    return {**place, "title": data.get("title") or "•", "address": data.get("address") or "•"}


def _contact(data: Mapping[str, Any]) -> Fields:
    card = {"phone_number": data["phone"], "first_name": data.get("name") or data["phone"]}
    return {**card, "vcard": data["vcard"][:2048]} if data.get("vcard") else card


def _poll(data: Mapping[str, Any]) -> Fields:
    options = [str(option)[: limits.POLL_OPTION] for option in data["options"]][: limits.POLL_OPTIONS]
    return {"question": data["question"][: limits.POLL_QUESTION], "options": options}
