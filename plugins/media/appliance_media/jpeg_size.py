"""How large a JPEG is that a program of ours has just written, by its header alone."""

from __future__ import annotations

from pathlib import Path

from appliance_media.reasons import Reason, Refused

FRAME_MARKERS = frozenset({0xC0, 0xC1, 0xC2})


def read_size(path: Path) -> tuple[int, int]:
    """Width and height. Raises Refused when there is no whole JPEG: a program may end well and write none."""
    data = path.read_bytes() if path.is_file() else b""
    if not (data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9")):
        raise Refused(Reason.UNREADABLE, "no picture came out")
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in FRAME_MARKERS:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise Refused(Reason.UNREADABLE, "the picture has no size")
