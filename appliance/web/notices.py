"""The bell: what an agent is told, on whatever page they are."""

from __future__ import annotations

from flask import Blueprint, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from appliance.services import notice_list, quiet_hours
from appliance.web import notice_words

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """A page of its own: for phones, and for browsers without scripts."""
    return render_template("notices/index.html", notices=notice_list.find(g.actor), words=notice_words)


@blueprint.get("/list")
def listed() -> ResponseReturnValue:
    """The list, as it drops from the bell."""
    return render_template("notices/_list.html", notices=notice_list.find(g.actor), words=notice_words)


@blueprint.get("/news")
def news() -> ResponseReturnValue:
    """What came after `after`, and how many wait; `silent`: show it, but make no noise about it."""
    after = request.args.get("after", default=0, type=int)
    found = [each for each in notice_list.find(g.actor, max(0, after)) if each.unread]
    told = [
        {
            "id": each.id,
            "ticket": each.ticket_id,
            "kind": each.kind,
            "title": f"{notice_words.words(each)} · {each.contact}",
            "text": each.text or each.subject,
            "address": notice_words.address(each),
            "silent": quiet_hours.is_silent(g.actor, each.kind),
        }
        for each in found
    ]
    return jsonify(count=notice_list.count(g.actor), last=notice_list.last_id(g.actor), news=told)


@blueprint.post("/read")
def read() -> ResponseReturnValue:
    notice_list.read_all(g.actor)
    return "", 204
