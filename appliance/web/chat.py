"""The log of a conversation: what stands above and below, what came since, one bubble, one line; a jump to anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from flask import Blueprint, abort, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import to_utc
from werkzeug.exceptions import NotFound

from appliance.services import conversation
from appliance.services.conversation import ConversationError
from appliance.services.stretches import Stretch
from appliance.web import chat_log

blueprint = Blueprint("chat", __name__)


@blueprint.app_errorhandler(ConversationError)
def not_found(_error: ConversationError) -> ResponseReturnValue:
    return current_app.handle_http_exception(NotFound())


@blueprint.get("/t/<int:ticket_id>/older")
def older(ticket_id: int) -> ResponseReturnValue:
    """A page more above a message."""
    return _log(conversation.older(ticket_id, _number("before"), g.actor), ticket_id, newer=False)


@blueprint.get("/t/<int:ticket_id>/later")
def later(ticket_id: int) -> ResponseReturnValue:
    """A page more below a message, where the end of the chat is not shown yet."""
    return _log(conversation.later(ticket_id, _number("after"), g.actor), ticket_id, older=False)


@blueprint.get("/t/<int:ticket_id>/log")
def log(ticket_id: int) -> ResponseReturnValue:
    """The log anew: around the message `at`, at the first one of `day` (YYYY-MM-DD, as the reader's calendar has it),
    else at the end of the chat. `X-Message` is the one to go to."""
    if request.args.get("at"):
        target: int | None = _number("at")
        stretch = conversation.around(ticket_id, target or 0, g.actor)
    elif request.args.get("day"):
        stretch, target = conversation.since_moment(ticket_id, _midnight(request.args["day"]), g.actor)
    else:
        stretch, target = conversation.newest(ticket_id, g.actor), None
    answer = current_app.make_response(_log(stretch, ticket_id))
    if target:
        answer.headers["X-Message"] = str(target)
    return answer


@blueprint.get("/t/<int:ticket_id>/newer")
def newer(ticket_id: int) -> ResponseReturnValue:
    """What came since a message and an event."""
    stretch = conversation.newer(ticket_id, _number("after"), _number("event"), g.actor)
    if not stretch.items:
        return "", 204
    made = chat_log.entries(stretch, ticket_id, goes_on=True)
    return render_template("desk/_entries.html", log=made, opened=ticket_id)


@blueprint.get("/t/<int:ticket_id>/boundary")
def boundary(ticket_id: int) -> ResponseReturnValue:
    """The line before a ticket's messages, as it reads where the ticket `within` is open."""
    mark, opened = conversation.mark(ticket_id, g.actor), _number("within")
    entry = chat_log.Entry("boundary", mark=mark, ticket_id=mark.id, other=mark.id != opened)
    return render_template("desk/_boundary.html", entry=entry, opened=opened)


@blueprint.get("/messages/<int:message_id>")
def message(message_id: int) -> ResponseReturnValue:
    """One bubble, as it stands where the ticket `within` is open."""
    opened = _number("within")
    entry = chat_log.single(*conversation.one(message_id, g.actor), opened)
    return render_template("desk/_bubble.html", entry=entry, opened=opened)


@blueprint.get("/messages/<int:message_id>/versions")
def versions(message_id: int) -> ResponseReturnValue:
    found = conversation.versions(message_id, g.actor)
    return render_template("desk/_versions.html", versions=found)


def _log(stretch: Stretch, ticket_id: int, *, older: bool = True, newer: bool = True) -> str:
    """With the ways on, of those sides that are wanted."""
    made = chat_log.entries(stretch, ticket_id)
    sides = {"with_older": older, "with_newer": newer}
    return render_template("desk/_log.html", log=made, stretch=stretch, opened=ticket_id, **sides)


def _midnight(day: str) -> datetime:
    try:
        begins: datetime = to_utc(datetime.combine(date.fromisoformat(day), time()))
        return begins.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        abort(400)


def _number(name: str) -> int:
    found = request.args.get(name, default=0, type=int)
    return found if 0 <= found < 1 << 62 else 0
