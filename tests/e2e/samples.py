"""What customers and staff send: the sandbox's samples, and a film as a newer phone records it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import appliance_sandbox
from appliance_sandbox.control import Upload

FOLDER = Path(appliance_sandbox.__file__).parent / "samples"
PHOTO = Upload(FOLDER / "broken-till.jpg", mime_type="image/jpeg")
FILM = Upload(FOLDER / "flickering-screen.mp4", mime_type="video/mp4")
ROUND = Upload(FOLDER / "round-greeting.mp4", mime_type="video/mp4")
SONG = Upload(FOLDER / "till-beep.mp3", mime_type="audio/mpeg")
VOICE = Upload(FOLDER / "voice-ru.ogg", mime_type="audio/ogg")
DOCUMENT = Upload(FOLDER / "invoice.pdf", mime_type="application/pdf")
HEVC = (
    *("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=4"),
    *("-f", "lavfi", "-i", "sine=frequency=440:duration=4"),
    *("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"),
    *("-c:a", "aac", "-shortest"),
)
# What a browser's recorder makes.
WEBM_VOICE = ("-f", "lavfi", "-i", "sine=frequency=330:duration=3", "-c:a", "libopus", "-ac", "1")


def make(path: Path, arguments: tuple[str, ...]) -> Path:
    """A file of ffmpeg's test sources."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments, str(path)], check=True, timeout=60)
    return path


def path_of(upload: Upload) -> Path:
    assert isinstance(upload.content, Path)
    return upload.content
