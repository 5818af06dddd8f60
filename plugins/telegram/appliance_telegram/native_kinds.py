"""As what a part goes out: its own kind where Telegram takes it so, else as a document."""

from __future__ import annotations

from typing import Literal

from appliance import FILE_KINDS, OutgoingPart, PartKind
from appliance_telegram import limits

KINDS_OUT: frozenset[PartKind] = frozenset((*FILE_KINDS, "text", "location", "venue", "contact", "poll", "dice"))
CAPTIONED: frozenset[PartKind] = frozenset(("photo", "video", "voice", "audio", "animation", "document"))
Family = Literal["pictures", "documents", "audio"]
_FAMILIES: dict[PartKind, Family] = {
    "photo": "pictures",
    "video": "pictures",
    "document": "documents",
    "audio": "audio",
}
# What Telegram plays or shows as the kind; '' is a file whose type nobody has said.
_TAKEN: dict[PartKind, tuple[str, ...]] = {
    "photo": ("", "image/jpeg", "image/png", "image/webp", "image/bmp"),
    "video": ("", "video/mp4", "video/quicktime"),
    "video_note": ("", "video/mp4"),
    "voice": ("", "audio/ogg", "application/ogg", "audio/opus", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/m4a"),
    "audio": ("", "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a"),
    "animation": ("", "image/gif", "video/mp4"),
    "sticker": ("", "image/webp", "video/webm", "application/x-tgsticker"),
}


def native_kind(part: OutgoingPart) -> PartKind:
    """The kind a part is sent as."""
    if part.kind == "unknown":
        return "text" if part.file_id is None and not part.remote_id else "document"
    if part.kind not in _TAKEN or part.remote_id:
        return part.kind
    mime = part.mime.partition(";")[0].strip().lower()
    if mime not in _TAKEN[part.kind] or (part.kind == "photo" and not _is_photo(part)):
        return "document"
    return part.kind


def album_family(kind: PartKind) -> Family | None:
    """Kinds of one family may share an album."""
    return _FAMILIES.get(kind)


def _is_photo(part: OutgoingPart) -> bool:
    if part.size > limits.PHOTO_UPLOAD:
        return False
    if not part.width or not part.height:
        return True
    shorter, longer = sorted((part.width, part.height))
    return shorter + longer <= limits.PHOTO_SIDES and longer <= shorter * limits.PHOTO_RATIO
