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


COURIER = {"latitude": 55.7539, "longitude": 37.6208}
READY = (
    Ready("till", "image", mark("Photo: broken till"), _media("photo", "broken-till.jpg")),
    Ready("box", "image", mark("Photo: wrong model"), _media("photo", "wrong-model.jpg")),
    Ready("album", "images", mark("Album of three"), _album),
    Ready("screen", "video", mark("Video: flickering screen"), _media("video", "flickering-screen.mp4")),
    Ready("round", "circle-dot", mark("Round video"), _media("video_note", "round-greeting.mp4")),
    Ready("voice-ru", "mic", mark("Voice, Russian"), _media("voice", "voice-ru.ogg")),
    Ready("voice-en", "mic", mark("Voice, English"), _media("voice", "voice-en.ogg")),
    Ready("sound", "music", mark("Music file"), _media("audio", "till-beep.mp3", title="Till", performer="Shop")),
    Ready("invoice", "file-text", mark("PDF: invoice"), _media("document", "invoice.pdf")),
    Ready("sticker", "sticker", mark("Sticker"), _media("sticker", "smile.webp", emoji="🙂")),
    Ready("wave", "sparkles", mark("Animation"), _media("animation", "waving.mp4")),
    Ready("place", "map-pin", mark("Location"), _act("location", **COURIER)),
    Ready("live", "navigation", mark("Live location"), _act("location", **COURIER, live_period=900)),
    Ready("venue", "building-2", mark("Venue"), _act("venue", **COURIER, title="GUM", address="Red Square, 3")),
    Ready("contact", "contact", mark("Own number"), _act("contact", own=True)),
    Ready("poll", "vote", mark("Poll"), _act("poll", question="When?", options=["10:00", "14:00", "18:00"])),
    Ready("dice", "dices", mark("Dice"), _act("dice")),
)
BY_NAME = {ready.name: ready for ready in READY}
