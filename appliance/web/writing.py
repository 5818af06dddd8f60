"""What the composer knows of who writes: which key sends, what comes after sending, whom a note can name."""

from __future__ import annotations

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from appliance.services import mentions, preferences
from appliance.services.preferences import PreferenceError, Preferences
from appliance.web import error_words

blueprint = Blueprint("writing", __name__, url_prefix="/me")


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"writing_choices": _choices, "mentionable_in": _mentionable}


@blueprint.post("/send-key")
def choose_send_key() -> ResponseReturnValue:
    """The composer asks once: `send_key` enter or ctrl_enter."""
    try:
        preferences.choose(g.actor, send_key=request.form.get("send_key", ""))
    except PreferenceError:
        return error_words.plain("bad_mode")
    return "", 204


def _choices() -> Preferences:
    return preferences.of(g.actor)


def _mentionable(ticket_id: int) -> list[dict[str, object]]:
    """For the page's script: {id, name, keys}."""
    found = mentions.mentionable(ticket_id, g.actor)
    return [{"id": each.id, "name": each.name, "keys": each.keys} for each in found]
