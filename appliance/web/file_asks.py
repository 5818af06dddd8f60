"""What a person can do about a file that is not here: ask for it, ask the customer again, have it sent on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flask import g
from flask_babel import gettext as _

from appliance.services import staff_copies, too_large
from appliance.services.reach import MEGABYTE
from appliance.values import FileView, PartView


@dataclass(frozen=True)
class Asks:
    """Labels and ready words; '' where there is nothing to press. `copy`: whether this person's own messenger is known
    to the box."""

    why: str = ""
    fetch: str = ""
    request: str = ""
    request_label: str = ""
    copy: Literal["", "linked", "unlinked"] = ""


def of_part(part: PartView) -> Asks | None:
    """None for a file that is here or on its way."""
    file = part.file
    if file is None or file.state in ("ready", "fetching"):
        return None
    fetch = _fetch(file) if file.loads else ""
    if file.state == "too_large" and (file.failure or not file.loads):
        return _too_large(part, file, fetch)
    return Asks(fetch=fetch) if fetch else None


def _fetch(file: FileView) -> str:
    """Nobody has tried yet, or it did not work."""
    return _("Try again") if file.failure else _("Load")


def _too_large(part: PartView, file: FileView, fetch: str) -> Asks:
    film = too_large.is_film(part.kind, file.mime)
    incoming = not part.outgoing
    return Asks(
        why=_why(file) if file.limit else "",
        fetch=fetch,
        request=too_large.request(part.ticket_id, part.kind, file.mime, file.limit) if incoming and file.limit else "",
        request_label=_("Ask for a shorter video") if film else _("Ask for smaller parts"),
        copy=_copy(file),
    )


def _why(file: FileView) -> str:
    return _(
        "%(channel)s hands a bot files of up to %(limit)s MB. This one stays there; it can be sent on to you.",
        channel=file.channel,
        limit=file.limit // MEGABYTE,
    )


def _copy(file: FileView) -> Literal["", "linked", "unlinked"]:
    if not file.channel:
        return ""
    return "linked" if staff_copies.is_linked(g.actor, file.id) else "unlinked"
