"""What every ffmpeg and ffprobe call is told before it opens a file that came from outside.

The protocol list alone is not enough: a playlist renamed to .mp4 may name another customer's file, and reading a
file is an allowed protocol. The format list shuts every playlist out.
"""

from __future__ import annotations

from pathlib import Path

PROTOCOLS = "file,pipe"
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3,wav,aac,flac,amr,avi,asf,flv,mpeg,mpegts,gif,caf,aiff"
MAX_PIXELS = 50_000_000
LONGEST_SECONDS = 3 * 60 * 60

INPUT_GUARDS: dict[str, str | int] = {
    "protocol_whitelist": PROTOCOLS,
    "format_whitelist": FORMATS,
    "max_pixels": MAX_PIXELS,
}


def file_address(path: Path) -> str:
    """An absolute `file:` address: no name, whatever it looks like, is taken for an option or a protocol."""
    return f"file:{path.absolute()}"
