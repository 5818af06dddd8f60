"""Files as a message names them. What the sender says of them (name, type) is hearsay."""

from __future__ import annotations

import re

from appliance import RemoteFile
from appliance_telegram.border import Raw, read_count, read_id, read_line, section, sections

_FILE_ID = 255
_NAME = 200
_SUFFIX = 20
_MIME = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}", re.ASCII)
_FOLDER = re.compile(r"^.*[/\\]", re.DOTALL)


def read_file(raw: Raw, mime: str = "") -> RemoteFile | None:
    """The file an object describes, None if it describes none; `mime` is what its kind implies."""
    remote_id = read_id(raw, "file_id", _FILE_ID)
    if not remote_id:
        return None
    side = read_count(raw, "length")
    return RemoteFile(
        remote_id=remote_id,
        unique_id=read_id(raw, "file_unique_id", _FILE_ID),
        name=read_file_name(raw),
        mime=_read_mime(raw) or mime,
        size=read_count(raw, "file_size"),
        width=read_count(raw, "width") or side,
        height=read_count(raw, "height") or side,
        duration=read_count(raw, "duration"),
    )


def read_thumbnail(raw: Raw) -> RemoteFile | None:
    """Telegram's own small picture; older updates call it `thumb`."""
    return read_file(section(raw, "thumbnail"), "image/jpeg") or read_file(section(raw, "thumb"), "image/jpeg")


def read_photo(raw: Raw, key: str) -> tuple[RemoteFile | None, RemoteFile | None]:
    """The largest size of a photo and the smallest."""
    sizes = [file for size in sections(raw, key) if (file := read_file(size, "image/jpeg")) is not None]
    sizes.sort(key=lambda file: ((file.width or 0) * (file.height or 0), file.size or 0))
    if not sizes:
        return None, None
    return sizes[-1], sizes[0] if len(sizes) > 1 else None


def read_file_name(raw: Raw) -> str:
    """Its last component, without what could turn its direction; long ones keep their suffix."""
    name = _FOLDER.sub("", read_line(raw, "file_name", 4 * _NAME)).strip(" .")
    if len(name) <= _NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[: _NAME - _SUFFIX]}{dot}{suffix}" if dot and len(suffix) < _SUFFIX else name[:_NAME]


def _read_mime(raw: Raw) -> str:
    value = raw.get("mime_type")
    mime = value.strip().lower() if isinstance(value, str) and len(value) < 128 else ""
    return mime if _MIME.fullmatch(mime) else ""
