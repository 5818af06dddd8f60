"""/me/links: the signed-in person's own messenger, linked by a one-time code."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from appliance.services import opened, staff_addresses, start_codes
from appliance.services.connection_list import ConnectionView, all_connections
from appliance.services.staff_addresses import Link
from appliance.web import qr

blueprint = Blueprint("staff_links", __name__, url_prefix="/me/links")
# What a channel whose links carry nothing would drop.
_PROBE = "code"


@dataclass(frozen=True)
class Place:
    """One connection, and how the reader is known there."""

    connection: ConnectionView
    link: Link | None


@dataclass(frozen=True)
class Messenger:
    """The connections of one channel."""

    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Invitation:
    """Shown once: who opens it within 15 minutes is linked."""

    connection_id: int
    link: str

    @property
    def picture(self) -> str:
        return qr.as_address(self.link)


@blueprint.get("/")
def section() -> ResponseReturnValue:
    """The profile's section by itself: with `fragment` as the page fetches it when the phone has opened the link."""
    return _section(None)


@blueprint.post("/<int:connection_id>")
def invite(connection_id: int) -> ResponseReturnValue:
    if connection_id not in {place.connection.id for each in messengers(g.agent.id) for place in each.places}:
        abort(404)
    code = start_codes.issue("link", connection_id, g.agent.id)
    return _section(Invitation(connection_id, opened.link_to(connection_id, code)))


@blueprint.post("/<int:connection_id>/end")
def end(connection_id: int) -> ResponseReturnValue:
    staff_addresses.unlink(g.agent.id, connection_id)
    return redirect(url_for("profile.index", _anchor="messengers"), 303)


def messengers(agent_id: int) -> list[Messenger]:
    """Channels that can tell who opens a link, each with its connections."""
    known = {link.connection_id: link for link in staff_addresses.links(agent_id)}
    usable = [view for view in all_connections() if view.id in known or _PROBE in opened.link_to(view.id, _PROBE)]
    titles = dict.fromkeys(view.channel_title for view in usable)
    return [
        Messenger(title, tuple(Place(view, known.get(view.id)) for view in usable if view.channel_title == title))
        for title in titles
    ]


def _section(invitation: Invitation | None) -> ResponseReturnValue:
    template = "profile/_messengers.html" if "fragment" in request.args else "profile/link.html"
    return render_template(template, messengers=messengers(g.agent.id), invitation=invitation)
