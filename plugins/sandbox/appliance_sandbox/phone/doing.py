"""What the page's buttons make the customer do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.datastructures import FileStorage

from appliance_sandbox.control import Phone, Upload
from appliance_sandbox.ready import BY_NAME

STEP = 0.0015  # degrees a live location moves at a click: a block or so
AS_GIVEN = "auto"
KINDS = ("photo", "video", "video_note", "voice", "audio", "animation", "sticker", "document")
BY_TYPE = {"image/webp": "sticker", "image/gif": "animation", "audio/ogg": "voice", "audio/opus": "voice"}


def write(phone: Phone, text: str, reply_to: int = 0, edit: int = 0, quote: str = "") -> None:
    """A new message, perhaps an answer to (a part of) another one, or new words for one of theirs."""
    if edit:
        message = _find(phone, edit)
        phone.edit(edit, **{"text" if "text" in message else "caption": text})
    else:
        phone.write(text, **({"reply_to": reply_to, "quote": quote} if reply_to else {}))


def attach(phone: Phone, file: FileStorage, kind: str, caption: str) -> None:
    """An own file, sent as the chosen kind or as what it looks like."""
    upload = Upload(file.stream.read(), file.filename or "", file.mimetype)
    if kind not in KINDS:
        kind = guess_kind(file.mimetype)
    named: dict[str, Any] = {"file_name": file.filename} if kind == "document" else {}
    phone.send(kind, upload, caption=caption, **named)


def guess_kind(mime_type: str) -> str:
    """As a phone would: pictures as photos, recordings as voice, everything unknown as a document."""
    if kind := BY_TYPE.get(mime_type):
        return kind
    general = mime_type.partition("/")[0]
    return {"image": "photo", "video": "video", "audio": "audio"}.get(general, "document")


def send_ready(phone: Phone, name: str) -> None:
    BY_NAME[name].send(phone)


def press(phone: Phone, value: str) -> None:
    """`12 data`: the inline button with that data below message 12."""
    message_id, _, data = value.partition(" ")
    phone.press(int(message_id), data=data)


def react(phone: Phone, value: str) -> None:
    """`12 👍`; without the emoji the reaction is taken back."""
    message_id, _, emoji = value.partition(" ")
    phone.react(int(message_id), emoji)


def walk(phone: Phone, value: str) -> None:
    """Move the live location of that message a little."""
    place = _find(phone, int(value))["location"]
    phone.move(int(value), place["latitude"] + STEP, place["longitude"] + STEP)


def _find(phone: Phone, message_id: int) -> dict[str, Any]:
    for message in phone.messages():
        if message["message_id"] == message_id:
            return message
    raise LookupError(f"no message {message_id}")


def stop(phone: Phone, value: str) -> None:
    phone.stop(int(value))


# The name of the pressed button -> what happens with its value.
ACTS: Mapping[str, Callable[[Phone, str], Any]] = {
    "start": lambda phone, _: phone.start(),
    "open": lambda phone, code: phone.start(code),
    "delete": lambda phone, _: phone.delete_chat(),
    "block": lambda phone, _: phone.block(),
    "unblock": lambda phone, _: phone.unblock(),
    "ready": send_ready,
    "press": press,
    "tap": lambda phone, text: phone.tap(text),
    "react": react,
    "walk": walk,
    "stop": stop,
}
