"""Files and media of a whole chat, kind by kind; each leads to its message."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import chat_files, conversation
from appliance.values import FileView, PartView, RenditionView

blueprint = Blueprint("chat_files", __name__)


@blueprint.get("/t/<int:ticket_id>/files")
def index(ticket_id: int) -> ResponseReturnValue:
    """`kind` is one of services.chat_files.KINDS."""
    kind = _kind()
    ticket, _card = conversation.ticket_with_card(ticket_id, g.actor)
    found = chat_files.find(ticket_id, kind, g.actor)
    facts = {"kinds": _kinds(), "kind": kind, "found": found, "ticket": ticket, "ticket_id": ticket_id}
    return render_template("desk/files.html", picture_of=picture_of, links_of=_links, **facts)


@blueprint.get("/t/<int:ticket_id>/files/more")
def more(ticket_id: int) -> ResponseReturnValue:
    before = request.args.get("before", default=0, type=int)
    found = chat_files.find(ticket_id, _kind(), g.actor, before if 0 < before < 1 << 62 else None)
    facts = {"kind": _kind(), "found": found, "ticket_id": ticket_id}
    return render_template("desk/_files_page.html", picture_of=picture_of, links_of=_links, **facts)


def picture_of(file: FileView | None) -> RenditionView | None:
    """The smallest picture there is of a file."""
    if file is None:
        return None
    made = file.renditions
    known = [made.get("thumbnail"), made.get("poster"), file.thumbnail, made.get("playable")]
    return next((each for each in known if each is not None and each.url and each.mime.startswith("image/")), None)


def _links(part: PartView) -> list[tuple[str, str]]:
    """(address, where it leads) of each."""
    return [(address, urlsplit(address).hostname or address) for address in chat_files.links_of(part)]


def _kind() -> str:
    wanted = request.args.get("kind", "")
    return wanted if wanted in chat_files.KINDS else next(iter(chat_files.KINDS))


def _kinds() -> list[tuple[str, str]]:
    named = {
        "media": _("Photos and videos"),
        "documents": _("Files"),
        "voices": _("Voice messages"),
        "links": _("Links"),
    }
    return [(kind, named[kind]) for kind in chat_files.KINDS]
