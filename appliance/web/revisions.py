"""What was sent, changed or taken away at the customer's end. The bubble follows by the feed."""

from __future__ import annotations

from flask import Blueprint, g, jsonify
from flask.typing import ResponseReturnValue

from appliance.services import removals, revisions
from appliance.services.letters import OutboxError
from appliance.web import error_words, letter_form

blueprint = Blueprint("revisions", __name__)


@blueprint.errorhandler(OutboxError)
def refused(error: OutboxError) -> ResponseReturnValue:
    return error_words.plain(error.code, error.params)


@blueprint.get("/m/<int:message_id>/source")
def source(message_id: int) -> ResponseReturnValue:
    """The words as they would be typed, marks and all."""
    return jsonify(text=revisions.source(message_id, g.actor))


@blueprint.post("/m/<int:message_id>/edit")
def edit(message_id: int) -> ResponseReturnValue:
    revisions.edit(message_id, letter_form.text(), g.actor)
    return "", 204


@blueprint.post("/m/<int:message_id>/delete")
def delete(message_id: int) -> ResponseReturnValue:
    removals.delete(message_id, g.actor)
    return "", 204
