"""What a practising customer can send with one click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance import mark
from appliance_sandbox.control import Phone, Upload

SAMPLES = Path(__file__).parent / "samples"
Send = Callable[[Phone], Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """`name` stands in the page's buttons, `icon` in the desk's sprite; `label` is a msgid."""

    name: str
    icon: str
    label: str
    send: Send


def sample(file: str) -> Upload:
    """A committed file. LookupError for a name that is none of them."""
    path = SAMPLES / file
    if path.parent != SAMPLES or not path.is_file():
        raise LookupError(f"no sample {file!r}")
    return Upload(path, mime_type=TYPES.get(path.suffix, "application/octet-stream"))


TYPES = {
    ".jpg": "image/jpeg", ".mp4": "video/mp4", ".ogg": "audio/ogg", ".mp3": "audio/mpeg",
    ".pdf": "application/pdf", ".webp": "image/webp",
}  # fmt: skip


def _media(kind: str, file: str, **fields: Any) -> Send:
    return lambda phone: phone.send(kind, sample(file), **fields)


def _act(name: str, **fields: Any) -> Send:
    return lambda phone: phone.do(name, **fields)


def _album(phone: Phone) -> Any:
    return phone.album([("photo", sample(f"shelf-{number}.jpg"), "") for number in (1, 2, 3)])


def _run(origin: str, name: str) -> Send:
    return lambda phone: phone.forward(FORWARDED, origin=origin, name=name)


def _burst(phone: Phone) -> Any:
    return [phone.write(text) for text in ("Hello", "The till is stuck", "Can somebody come?")]


def _large(phone: Phone) -> Any:
    return phone.send_large("video", sample("flickering-screen.mp4"), LARGE, sample("broken-till.jpg"), duration=540)


LARGE = 48 << 20  # more than a bot may fetch from the public server
OLGA = {"phone_number": "+79001234567", "first_name": "Olga", "last_name": "Reed"}
COURIER = {"latitude": 55.7539, "longitude": 37.6208}
FORWARDED = (
    "Is the till of the second shop still under warranty?",
    "It is, until March.",
    "Then ask the help desk.",
    "What do they need?",
    "The number on the back: K300-7781.",
)
FORMATTED = "<b>Urgent:</b> <i>both</i> tills show <code>E-17</code>, see https://shop.example/help"
STORY = {"story": {"chat": {"id": -1001000000001, "title": "Shop news", "type": "channel"}, "id": 2}}
CHECKLIST = {
    "checklist": {
        "title": "Before closing",
        "tasks": [{"id": 1, "text": "Count the till"}, {"id": 2, "text": "Switch off the printer"}],
    }
}
SECTIONS: tuple[tuple[str, tuple[Ready, ...]], ...] = (
    (
        mark("Pictures and films"),
        (
            Ready("till", "image", mark("Photo: broken till"), _media("photo", "broken-till.jpg")),
            Ready("box", "image", mark("Photo: wrong model"), _media("photo", "wrong-model.jpg")),
            Ready("album", "images", mark("Album of three"), _album),
            Ready("screen", "video", mark("Video: flickering screen"), _media("video", "flickering-screen.mp4")),
            Ready("large", "video", mark("Video of 48 MB"), _large),
            Ready("round", "circle-dot", mark("Round video"), _media("video_note", "round-greeting.mp4")),
            Ready("wave", "sparkles", mark("Animation"), _media("animation", "waving.mp4")),
            Ready("sticker", "sticker", mark("Sticker"), _media("sticker", "smile.webp", emoji="🙂")),
        ),
    ),
    (
        mark("Sound and files"),
        (
            Ready("voice-ru", "mic", mark("Voice, Russian"), _media("voice", "voice-ru.ogg")),
            Ready("voice-en", "mic", mark("Voice, English"), _media("voice", "voice-en.ogg")),
            Ready("sound", "music", mark("Music file"), _media("audio", "till-beep.mp3", title="Till")),
            Ready("invoice", "file-text", mark("PDF: invoice"), _media("document", "invoice.pdf")),
        ),
    ),
    (
        mark("Places and people"),
        (
            Ready("place", "map-pin", mark("Location"), _act("location", **COURIER)),
            Ready("live", "navigation", mark("Live location"), _act("location", **COURIER, live_period=900)),
            Ready("venue", "building-2", mark("Venue"), _act("venue", **COURIER, title="GUM", address="Red Square, 3")),
            Ready("contact", "contact", mark("Own number"), _act("contact", own=True)),
            Ready("other", "contact", mark("Somebody else's number"), _act("contact", **OLGA)),
        ),
    ),
    (
        mark("Forwarded, five at once"),
        (
            Ready("from-person", "forward", mark("From a person"), _run("user", "Oleg")),
            Ready("from-hidden", "forward", mark("From somebody who hides"), _run("hidden_user", "Oleg S.")),
            Ready("from-channel", "forward", mark("From a channel"), _run("channel", "Shop news")),
        ),
    ),
    (
        mark("And more"),
        (
            Ready("burst", "message-square-plus", mark("Three messages in a row"), _burst),
            Ready("formatted", "bold", mark("Formatted text"), _act("text", text=FORMATTED, parse_mode="HTML")),
            Ready("poll", "vote", mark("Poll"), _act("poll", question="When?", options=["10:00", "14:00", "18:00"])),
            Ready("dice", "dices", mark("Dice"), _act("dice")),
            Ready("story", "circle", mark("Story"), _act("content", content=STORY)),
            Ready("checklist", "list-checks", mark("Checklist"), _act("content", content=CHECKLIST)),
            Ready("vanish", "timer", mark("Let messages vanish after a day"), _act("auto_delete", seconds=86_400)),
        ),
    ),
)
READY = tuple(ready for _, section in SECTIONS for ready in section)
BY_NAME = {ready.name: ready for ready in READY}
