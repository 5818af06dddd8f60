"""What the messenger makes of an upload that is not what its method asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from appliance_sandbox.server.measuring import measure
from appliance_sandbox.server.state import Sandbox

LONGEST_NOTE = 60  # seconds of a round video
HEAD = 64  # bytes in which every container and codec named below shows itself
MP3 = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")


def settle_kind(sandbox: Sandbox, kind: str, stream: IO[bytes], mime_type: str) -> str:
    """The kind of message the upload becomes. The stream is read and set back to its beginning."""
    if kind not in RULES:
        return kind
    path = sandbox.files.keep(stream).path
    stream.seek(0)
    return RULES[kind](path, mime_type)


def _settle_voice(path: Path, mime_type: str) -> str:
    """OGG with OPUS, MP3 and M4A are voices; "other formats may be sent as Audio or Document" (sendVoice)."""
    with path.open("rb") as source:
        head = source.read(HEAD)
    if head.startswith(MP3) or head[4:8] == b"ftyp" or (head.startswith(b"OggS") and b"OpusHead" in head):
        return "voice"
    return "audio" if mime_type.startswith("audio/") else "document"


def _settle_note(path: Path, _mime_type: str) -> str:
    """A square MP4 of a minute at most is round. Anything else arrives as a common video or a file: so users
    report, the documentation does not say."""
    found = measure(path)
    if not found.width:
        return "document"
    return "video_note" if found.width == found.height and found.duration <= LONGEST_NOTE else "video"


RULES: Mapping[str, Callable[[Path, str], str]] = {"voice": _settle_voice, "video_note": _settle_note}
