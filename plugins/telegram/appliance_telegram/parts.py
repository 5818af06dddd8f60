"""What a message is made of. The specific field is looked at first: a venue also fills `location`, an animation
`document`, a live photo `photo`."""

from __future__ import annotations

from collections.abc import Callable

from appliance import IncomingPart, Json, PartKind
from appliance_telegram.border import Raw, read_count, read_id, read_line, read_number, read_text, section, sections
from appliance_telegram.entities import read_entities
from appliance_telegram.people import read_name
from appliance_telegram.remote_files import read_file, read_photo, read_thumbnail
from appliance_telegram.unknown_parts import read_unknown

# What Telegram gives for a live location without an end.
_FOR_EVER = 0x7FFFFFFF
_STICKERS = {"is_animated": "application/x-tgsticker", "is_video": "video/webm"}


def read_parts(message: Raw) -> tuple[IncomingPart, ...]:
    """At least one part, whatever came."""
    for field, reader in _READERS.items():
        if field in message:
            parts = reader(message)
            if parts:
                return parts
    return (read_unknown(message),)


def _caption(message: Raw) -> str:
    return read_text(message, "caption")


def _file_reader(field: PartKind, mime: str) -> Callable[[Raw], tuple[IncomingPart, ...]]:
    def read(message: Raw) -> tuple[IncomingPart, ...]:
        raw = section(message, field)
        file = read_file(raw, mime)
        if file is None:
            return ()
        caption = _caption(message)
        entities = read_entities(caption, message, "caption_entities")
        return (IncomingPart(field, caption, entities, file, read_thumbnail(raw), _describe(field, raw)),)

    return read


def _describe(field: PartKind, raw: Raw) -> Json:
    if field != "audio":
        return {}
    named = {"title": read_line(raw, "title", 128), "performer": read_line(raw, "performer", 128)}
    return {key: value for key, value in named.items() if value}


def _read_text(message: Raw) -> tuple[IncomingPart, ...]:
    text = read_text(message, "text")
    return (IncomingPart("text", text, read_entities(text, message, "entities")),) if text else ()


def _read_photo(message: Raw) -> tuple[IncomingPart, ...]:
    largest, smallest = read_photo(message, "photo")
    if largest is None:
        return ()
    caption = _caption(message)
    return (IncomingPart("photo", caption, read_entities(caption, message, "caption_entities"), largest, smallest),)


def _read_live_photo(message: Raw) -> tuple[IncomingPart, ...]:
    """The picture, then its few seconds of film."""
    film = read_file(section(message, "live_photo"), "video/mp4")
    photo = _read_photo(message)
    if not photo or film is None:
        return photo
    return (*photo, IncomingPart("video", file=film, data={"name": "live_photo"}))


def _read_sticker(message: Raw) -> tuple[IncomingPart, ...]:
    raw = section(message, "sticker")
    mime = next((mime for flag, mime in _STICKERS.items() if raw.get(flag) is True), "image/webp")
    file = read_file(raw, mime)
    if file is None:
        return ()
    data = {"emoji": read_line(raw, "emoji", 16), "set": read_line(raw, "set_name", 64)}
    return (IncomingPart("sticker", file=file, thumbnail=read_thumbnail(raw), data=data),)


def read_place(raw: Raw) -> Json | None:
    """The data of a location; None when it names no point on the earth."""
    latitude, longitude = read_number(raw, "latitude", -90, 90), read_number(raw, "longitude", -180, 180)
    if latitude is None or longitude is None:
        return None
    data: dict[str, float | bool] = {"latitude": latitude, "longitude": longitude}
    accuracy, heading = read_number(raw, "horizontal_accuracy", 0, 1e5), read_number(raw, "heading", 0, 360)
    if accuracy is not None:
        data["accuracy"] = accuracy
    if heading is not None:
        data["heading"] = heading
    if period := read_count(raw, "live_period"):
        data["live"] = True
        if period < _FOR_EVER:
            data["period"] = period
    return data


def _read_location(message: Raw) -> tuple[IncomingPart, ...]:
    place = read_place(section(message, "location"))
    return (IncomingPart("location", data=place),) if place else ()


def _read_venue(message: Raw) -> tuple[IncomingPart, ...]:
    raw = section(message, "venue")
    place = read_place(section(raw, "location")) or read_place(section(message, "location"))
    if place is None:
        return ()
    names = {"title": read_line(raw, "title", 255), "address": read_line(raw, "address", 255)}
    return (IncomingPart("venue", data={**place, **names}),)


def _read_contact(message: Raw) -> tuple[IncomingPart, ...]:
    raw = section(message, "contact")
    name, phone, vcard = read_name(raw), read_line(raw, "phone_number", 32), read_text(raw, "vcard")[:4096]
    if not (name or phone or vcard):
        return ()
    data = {"name": name, "phone": phone, "own": shares_own_number(message)}
    return (IncomingPart("contact", data={**data, "vcard": vcard} if vcard else data),)


def shares_own_number(message: Raw) -> bool:
    """Telegram's only proof that a shared contact is the sender's own."""
    shared, sender = read_id(section(message, "contact"), "user_id"), read_id(section(message, "from"), "id")
    return bool(shared) and shared == sender and section(message, "chat").get("type") == "private"


def _read_poll(message: Raw) -> tuple[IncomingPart, ...]:
    raw = section(message, "poll")
    options = [read_line(option, "text", 200) for option in sections(raw, "options")]
    question, more = read_line(raw, "question", 400), read_text(raw, "description")
    entities = read_entities(more, raw, "description_entities")
    data = {"question": question, "options": options}
    return (IncomingPart("poll", more, entities, data=data),) if question else ()


def _read_dice(message: Raw) -> tuple[IncomingPart, ...]:
    raw = section(message, "dice")
    emoji = read_line(raw, "emoji", 16)
    return (IncomingPart("dice", data={"emoji": emoji, "value": read_count(raw, "value") or 0}),) if emoji else ()


_READERS: dict[str, Callable[[Raw], tuple[IncomingPart, ...]]] = {
    "text": _read_text,
    "animation": _file_reader("animation", "video/mp4"),
    "live_photo": _read_live_photo,
    "photo": _read_photo,
    "video": _file_reader("video", "video/mp4"),
    "video_note": _file_reader("video_note", "video/mp4"),
    "voice": _file_reader("voice", "audio/ogg"),
    "audio": _file_reader("audio", "audio/mpeg"),
    "sticker": _read_sticker,
    "document": _file_reader("document", ""),
    "venue": _read_venue,
    "location": _read_location,
    "contact": _read_contact,
    "poll": _read_poll,
    "dice": _read_dice,
}
