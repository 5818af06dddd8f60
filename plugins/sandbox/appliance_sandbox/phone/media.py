"""Files of the chat for the phone page: played and shown when of a safe kind, downloaded otherwise."""

from __future__ import annotations

import re

from flask import Response, request
from flask.typing import ResponseReturnValue

from appliance_sandbox.phone.line import first_bot, line

# What a browser may show of each kind, whatever the sender called it.
TYPES = {
    "photo": "image/jpeg", "sticker": "image/webp", "video": "video/mp4", "video_note": "video/mp4",
    "animation": "video/mp4", "voice": "audio/ogg", "audio": "audio/mpeg",
}  # fmt: skip
LARGEST_PIECE = 2 << 20  # a paused player holds a thread for as long as its answer lasts
RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


def get_file(kind: str, file_id: str) -> ResponseReturnValue:
    """Pieces of at most 2 MiB for players; a document is always a download."""
    piece = capped_range(request.headers.get("Range", ""))
    got = line.ask(lambda control: control.file_piece(first_bot(control)["id"], file_id, piece))
    answer = Response(got.content, got.status_code, mimetype=TYPES.get(kind, "application/octet-stream"))
    for name in ("Content-Range", "Accept-Ranges"):
        if name in got.headers:
            answer.headers[name] = got.headers[name]
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    if kind not in TYPES:
        answer.headers["Content-Disposition"] = "attachment"
    return answer


def capped_range(header: str) -> str:
    """`bytes=0-` becomes `bytes=0-2097151`; empty for no range or one nobody needs."""
    found = RANGE.fullmatch(header.strip())
    if not found:
        return ""
    first = int(found[1])
    last = int(found[2]) if found[2] else first + LARGEST_PIECE - 1
    return f"bytes={first}-{min(last, first + LARGEST_PIECE - 1)}"
