"""What stands on a ticket, changed on its card: each change takes effect at once and can be taken back."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import attendance, conversation, fact_undoing, tags, teams, ticket_facts
from appliance.services.tickets import TicketError
from appliance.web import error_words, fact_words, times
from appliance.web.acted import changed

blueprint = Blueprint("facts", __name__, url_prefix="/t/<int:ticket_id>")


@blueprint.errorhandler(TicketError)
def refused(error: TicketError) -> ResponseReturnValue:
    """One line for the toast and below the field; the page stays as it is."""
    return error_words.plain(error.code, error.params)


@blueprint.errorhandler(conversation.ConversationError)
def not_found(_error: conversation.ConversationError) -> ResponseReturnValue:
    return error_words.plain("not_found")


@blueprint.post("/tags")
def put_tags(ticket_id: int) -> ResponseReturnValue:
    """`tags`: one name, or several between commas."""
    names = tags.split(request.form.get("tags", ""))
    event = ticket_facts.put_tags(ticket_id, names, g.actor)
    return _done(ticket_id, event, _("Tagged: %(tags)s.", tags=", ".join(names)))


@blueprint.post("/tags/off")
def take_tag(ticket_id: int) -> ResponseReturnValue:
    name = request.form.get("name", "")
    event = ticket_facts.take_tags(ticket_id, [name], g.actor)
    return _done(ticket_id, event, _("Tag taken off: %(tag)s.", tag=name))


@blueprint.post("/priority")
def prioritise(ticket_id: int) -> ResponseReturnValue:
    wanted = request.form.get("priority", default=-1, type=int)
    event = ticket_facts.prioritise(ticket_id, wanted, g.actor)
    return _done(ticket_id, event, _("Priority: %(priority)s.", priority=fact_words.priority(wanted)))


@blueprint.post("/due")
def set_due(ticket_id: int) -> ResponseReturnValue:
    """`due`: today, tomorrow, week, a local moment; empty takes it away."""
    try:
        due = fact_words.read_due(request.form.get("due", ""))
    except ValueError:
        raise TicketError("bad_due") from None
    event = ticket_facts.set_due(ticket_id, due, g.actor)
    told = _("Due: %(when)s.", when=times.moment_with_day(due)) if due else _("No longer due at a certain time.")
    return _done(ticket_id, event, told)


@blueprint.post("/team")
def give_to_team(ticket_id: int) -> ResponseReturnValue:
    """`team` is its id; empty: no team's."""
    team_id = request.form.get("team", type=int) or None
    event = ticket_facts.give_to_team(ticket_id, team_id, g.actor)
    name = teams.names().get(team_id, "") if team_id else ""
    return _done(ticket_id, event, _("Team: %(team)s.", team=name) if name else _("It belongs to no team now."))


@blueprint.post("/stage")
def set_step(ticket_id: int) -> ResponseReturnValue:
    step = request.form.get("stage", "")
    event = ticket_facts.set_step(ticket_id, step, g.actor)
    return _done(ticket_id, event, _("Stage: %(stage)s.", stage=step or _("none")))


@blueprint.post("/fields/<int:field_id>")
def fill(ticket_id: int, field_id: int) -> ResponseReturnValue:
    event = ticket_facts.fill(ticket_id, field_id, request.form.get("value", ""), fact_words.language(), g.actor)
    return _done(ticket_id, event, _("Saved."))


@blueprint.get("/followers")
def followers(ticket_id: int) -> ResponseReturnValue:
    """The menu of who follows and who could."""
    _ticket, card = conversation.ticket_with_card(ticket_id, g.actor)
    following = {one.id for one in card.facts.followers}
    return render_template(
        "desk/_followers.html", ticket_id=ticket_id, colleagues=attendance.colleagues(), following=following
    )


@blueprint.post("/follow")
def follow(ticket_id: int) -> ResponseReturnValue:
    """`agent` is a colleague's id, else it is oneself."""
    event = ticket_facts.follow(ticket_id, request.form.get("agent", default=g.actor.id, type=int), g.actor)
    return _done(ticket_id, event, _("Its news reach the followers."))


@blueprint.post("/unfollow")
def unfollow(ticket_id: int) -> ResponseReturnValue:
    event = ticket_facts.unfollow(ticket_id, request.form.get("agent", default=g.actor.id, type=int), g.actor)
    return _done(ticket_id, event, _("No longer followed."))


@blueprint.post("/facts/<int:event_id>/undo")
def undo(ticket_id: int, event_id: int) -> ResponseReturnValue:
    fact_undoing.undo(ticket_id, event_id, g.actor)
    return changed(ticket_id)


def _done(ticket_id: int, event_id: int, told: str) -> Response:
    """Nothing is told when nothing changed."""
    if not event_id:
        return changed(ticket_id)
    return changed(ticket_id, told, url_for("facts.undo", ticket_id=ticket_id, event_id=event_id))
