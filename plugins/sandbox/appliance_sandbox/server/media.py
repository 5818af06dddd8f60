"""Bytes become the media object a message shows: PhotoSize array, Video, Voice, Document and so on."""

from __future__ import annotations

import io
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from appliance_sandbox.server.errors import bad_request, too_large
from appliance_sandbox.server.files import Blob
from appliance_sandbox.server.measuring import measure
from appliance_sandbox.server.pictures import photo_sizes, picture_size, small_picture
from appliance_sandbox.server.state import Sandbox

Json = dict[str, Any]
KINDS = ("photo", "video", "video_note", "voice", "audio", "document", "animation", "sticker")
LARGEST_PHOTO = 10 << 20
NOTE_SIDE = 240  # pixels of a video note that does not say
STICKER_SIDE = 512
WITH_THUMBNAIL = frozenset({"video", "video_note", "audio", "document", "animation"})
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "video": ("duration", "width", "height", "file_name"),
    "animation": ("duration", "width", "height", "file_name"),
    "video_note": ("duration", "length"),
    "voice": ("duration",),
    "audio": ("duration", "performer", "title", "file_name"),
    "document": ("file_name",),
    "sticker": ("emoji", "set_name"),
}
USUAL_TYPE = {"video": "video/mp4", "animation": "video/mp4", "voice": "audio/ogg", "audio": "audio/mpeg"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came in, with what its sender says about it."""

    stream: IO[bytes]
    file_name: str = ""
    mime_type: str = ""
    attributes: Json = field(default_factory=dict)
    thumbnail: IO[bytes] | None = None


def take_in(sandbox: Sandbox, bot_id: int, kind: str, source: Source, limited: bool = True) -> Any:
    """Store a file for a bot; answers the media object. `limited` applies the upload limits of bots."""
    blob = sandbox.files.keep(source.stream)
    if limited:
        _check_size(kind, blob, sandbox.mode.largest_upload)
    if kind == "photo":
        return _photo(sandbox, bot_id, blob)
    known = sandbox.files.name(bot_id, kind, blob, source.file_name, source.attributes.get("file_size"))
    media = {**_facts(kind, blob, source), **known.identity()}
    if source.thumbnail and kind in WITH_THUMBNAIL:
        media |= _thumbnail(sandbox, bot_id, source.thumbnail)
    sandbox.files.describe(known.file_id, media)
    return media


def content_of(kind: str, media: Any) -> Json:
    """The fields a message of that kind has; an animation also fills `document`."""
    if kind != "animation":
        return {kind: media}
    common = ("file_name", "mime_type", "thumbnail", "file_id", "file_unique_id", "file_size")
    return {kind: media, "document": {name: media[name] for name in common if name in media}}


def _check_size(kind: str, blob: Blob, largest: int) -> None:
    if blob.size > largest:
        raise too_large()
    if not blob.size:
        raise bad_request("file must be non-empty")
    if kind == "photo" and blob.size > LARGEST_PHOTO:
        raise bad_request(
            f"file of size {blob.size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes"
        )


def _photo(sandbox: Sandbox, bot_id: int, blob: Blob) -> list[Json]:
    sizes: list[Json] = []
    for made in photo_sizes(blob.path):
        kept = sandbox.files.keep(io.BytesIO(made.jpeg))
        known = sandbox.files.name(bot_id, "photo", kept, "photo.jpg")
        sizes.append({**known.identity(), "width": made.width, "height": made.height})
    for size in sizes:
        sandbox.files.describe(size["file_id"], sizes)
    return sizes


def _thumbnail(sandbox: Sandbox, bot_id: int, stream: IO[bytes]) -> Json:
    """The field `thumbnail`; nothing for bytes that are no picture."""
    made = small_picture(sandbox.files.keep(stream).path)
    if not made:
        return {}
    known = sandbox.files.name(bot_id, "thumbnail", sandbox.files.keep(io.BytesIO(made.jpeg)), "thumbnail.jpg")
    return {"thumbnail": {**known.identity(), "width": made.width, "height": made.height}}


def _facts(kind: str, blob: Blob, source: Source) -> Json:
    """What the sender says and, where they say nothing, what the bytes say."""
    facts: Json = {} if kind in {"video_note", "sticker"} else {"mime_type": _mime_type(kind, source)}
    facts |= _measured(kind, blob.path)
    if source.file_name:
        facts["file_name"] = Path(source.file_name).name
    facts |= {name: value for name, value in source.attributes.items() if value}
    allowed = {*ATTRIBUTES[kind], "mime_type"}
    shape = _sticker(source.file_name, blob.path) if kind == "sticker" else {}
    return {**{name: value for name, value in facts.items() if name in allowed}, **shape}


def _measured(kind: str, path: Path) -> Json:
    found = measure(path)
    match kind:
        case "video" | "animation":
            return {"duration": found.duration, "width": found.width, "height": found.height}
        case "video_note":
            return {"duration": found.duration, "length": found.width or NOTE_SIDE}
        case "voice" | "audio":
            return {"duration": found.duration}
        case _:
            return {}


def _mime_type(kind: str, source: Source) -> str:
    guessed = mimetypes.guess_type(source.file_name)[0] or USUAL_TYPE.get(kind, "application/octet-stream")
    if source.mime_type and source.mime_type != "application/octet-stream":
        return source.mime_type
    return "audio/ogg" if kind == "voice" and guessed == "audio/opus" else guessed


def _sticker(file_name: str, path: Path) -> Json:
    width, height = picture_size(path)
    shape = {"type": "regular", "width": width or STICKER_SIDE, "height": height or STICKER_SIDE}
    return {**shape, "is_animated": file_name.endswith(".tgs"), "is_video": file_name.endswith(".webm")}
