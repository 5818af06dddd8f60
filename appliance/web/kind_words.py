"""What parts are called and drawn as, where they are not shown themselves: lists, quotes, fallbacks."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from appliance.web.sizes import duration

_NAMES: Mapping[str, object] = {
    "photo": lazy_gettext("Photo"),
    "video": lazy_gettext("Video"),
    "video_note": lazy_gettext("Round video"),
    "voice": lazy_gettext("Voice message"),
    "audio": lazy_gettext("Audio"),
    "animation": lazy_gettext("Animation"),
    "sticker": lazy_gettext("Sticker"),
    "document": lazy_gettext("File"),
    "location": lazy_gettext("Location"),
    "venue": lazy_gettext("Place"),
    "contact": lazy_gettext("Contact"),
    "poll": lazy_gettext("Poll"),
    "dice": lazy_gettext("Dice"),
    "unknown": lazy_gettext("Message of an unknown kind"),
}
_ICONS: Mapping[str, str] = {
    "photo": "image",
    "video": "video",
    "video_note": "video",
    "voice": "mic",
    "audio": "music",
    "animation": "image",
    "sticker": "sticker",
    "document": "paperclip",
    "location": "map-pin",
    "venue": "map-pin",
    "contact": "contact",
    "poll": "vote",
    "dice": "dices",
    "unknown": "circle-help",
}


def kind_name(kind: str) -> str:
    return str(_NAMES.get(kind, _NAMES["unknown"]))


def kind_icon(kind: str) -> str:
    """A name in the icon sprite; '' for text."""
    return _ICONS.get(kind, "")


def kind_line(kind: str, count: int = 1, seconds: float | None = None, name: str = "") -> str:
    """One line for a part that is not text: 'Voice message, 0:42', 'Album (3)', 'Invoice.pdf'."""
    if count > 1 and kind in ("photo", "video"):
        return _("Album (%(count)s)", count=count)
    if count > 1:
        return ngettext("%(num)s file", "%(num)s files", count)
    if kind in ("document", "audio") and name:
        return name
    if seconds:
        return f"{kind_name(kind)}, {duration(seconds)}"
    return kind_name(kind)
