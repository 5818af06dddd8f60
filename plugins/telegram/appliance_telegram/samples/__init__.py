"""A small file of each kind, to try a bot with: made by ffmpeg and Pillow from nothing, nobody's work."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from appliance import PartKind

_FOLDER = files(__package__)
SAMPLES: Mapping[PartKind, Traversable] = {
    "photo": _FOLDER / "photo.jpg",
    "video": _FOLDER / "video.mp4",
    "video_note": _FOLDER / "video_note.mp4",
    "voice": _FOLDER / "voice.ogg",
    "audio": _FOLDER / "audio.m4a",
    "animation": _FOLDER / "animation.mp4",
    "sticker": _FOLDER / "sticker.webp",
    "document": _FOLDER / "document.txt",
}
