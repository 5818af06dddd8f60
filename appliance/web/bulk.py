"""Something done to many tickets: what can be chosen, the job's beginning, its progress, its undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, abort, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from appliance import db
from appliance.services import attendance, bulk, bulk_progress, tags, teams
from appliance.services.bulk import BulkError
from appliance.services.bulk_actions import ACTIONS
from appliance.services.filters import Filters, is_number
from appliance.services.tickets import OUTCOMES, TicketError
from appliance.values import Json
from appliance.web import bulk_words, error_words, letter_form, list_state, snooze

blueprint = Blueprint("bulk", __name__, url_prefix="/bulk")
# By hand; all of a list is chosen by its filters.
MOST_BY_NUMBER = 1000


@blueprint.errorhandler(BulkError)
@blueprint.errorhandler(TicketError)
def refused(error: BulkError | TicketError) -> ResponseReturnValue:
    return error_words.plain(error.code, getattr(error, "params", None))


@blueprint.get("/choices/<any(assign, team, tag, untag):what>")
def choices(what: str) -> ResponseReturnValue:
    """The inside of a menu, fetched when it opens."""
    with db.session() as session:
        suggested = tags.suggested(session) if what in ("tag", "untag") else []
    found = {"colleagues": attendance.colleagues(), "teams": teams.names(), "tags": suggested}
    return render_template("desk/list/_bulk_choices.html", what=what, **found)


@blueprint.post("/")
def start() -> ResponseReturnValue:
    """`action` with its `value`; `tickets` by number, or `all` of the list that `query` says. Done also takes
    `subtasks`: finish, leave or skip those that are open; unsaid, the answer asks if there are any."""
    action, chosen = request.form.get("action", ""), _chosen()
    if action not in ACTIONS:
        abort(400)
    params = _params(action, request.form.get("value", ""))
    said = request.form.get("subtasks", "")
    if action == "finish" and not said and (count := bulk.with_open_subtasks(g.actor, chosen)):
        made = render_template("desk/list/_bulk_subtasks.html", count=count, outcome=params["outcome"])
        return made, 409, {"X-Question": "1"}
    if action == "finish":
        params["subtasks"] = letter_form.leftovers(said)
    return _status(bulk.start(g.actor, action, params, chosen))


@blueprint.get("/<int:job_id>")
def progress(job_id: int) -> ResponseReturnValue:
    return _status(job_id)


@blueprint.post("/<int:job_id>/undo")
def undo(job_id: int) -> ResponseReturnValue:
    bulk.undo(job_id, g.actor)
    return _status(job_id)


@blueprint.app_context_processor
def offer() -> dict[str, object]:
    return {"latest_bulk": lambda: bulk_progress.latest(g.actor), "bulk_words": bulk_words}


def _status(job_id: int) -> ResponseReturnValue:
    job = bulk_progress.of(job_id, g.actor)
    return make_response(render_template("desk/list/_bulk_progress.html", job=job))


def _chosen() -> list[int] | Filters:
    if request.form.get("all") == "1":
        pairs = parse_qsl(request.form.get("query", "")[:4000], max_num_fields=100)
        return list_state.read_pairs(pairs).filters
    found = request.form.get("tickets", "").split(",")
    return [int(number) for number in found[:MOST_BY_NUMBER] if is_number(number)]


def _params(action: str, value: str) -> dict[str, Any]:
    """What the page sent, checked; raises TicketError in words a person understands."""
    reader = _READERS.get(action)
    return dict(reader(value)) if reader else {}


def _agent(value: str) -> Json:
    known = {str(colleague.id): colleague.id for colleague in attendance.colleagues()}
    if value not in ("none", *known):
        raise TicketError("no_agent")
    return {"agent": known.get(value)}


def _team(value: str) -> Json:
    known = {str(number): number for number in teams.names()}
    if value not in ("none", *known):
        raise TicketError("no_team")
    return {"team": known.get(value)}


def _tags(value: str) -> Json:
    names = tags.split(value[:1000])
    if not names:
        raise TicketError("no_tag")
    return {"tags": names[:10]}


def _outcome(value: str) -> Json:
    if value not in dict(OUTCOMES):
        raise TicketError("bad_outcome")
    return {"outcome": value}


def _until(value: str) -> Json:
    try:
        return {"until": snooze.until(value).isoformat()}
    except ValueError:
        raise TicketError("bad_time") from None


_READERS: Mapping[str, Callable[[str], Json]] = {
    "assign": _agent,
    "team": _team,
    "tag": _tags,
    "untag": _tags,
    "finish": _outcome,
    "snooze": _until,
}
