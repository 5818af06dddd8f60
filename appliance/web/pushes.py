"""/hooks/<connection>: the one address that a messenger posts to. Nothing else of the desk needs to be public."""

from __future__ import annotations

from flask import Blueprint, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from appliance.services import pushes
from appliance.services.pushes import PushError
from appliance.values import Pushed
from appliance.web.hosts import under_any_name
from appliance.web.security import public

BODY_LIMIT = 1 << 20
STATUS = {"unknown": 404, "refused": 403, "unable": 503}
blueprint = Blueprint("pushes", __name__)


@blueprint.record_once
def _need_no_form(state: BlueprintSetupState) -> None:
    """A messenger has no page of ours to take a token from; it proves itself to its channel."""
    state.app.extensions["csrf"].exempt(receive)


@blueprint.post("/hooks/<int:connection_id>")
@under_any_name
@public
def receive(connection_id: int) -> ResponseReturnValue:
    """200 only once it is committed: until then the messenger keeps it and tries again."""
    request.max_content_length = BODY_LIMIT
    try:
        pushes.expect(connection_id)
        headers = {name.lower(): value for name, value in request.headers.items()}
        pushes.take(connection_id, Pushed(request.get_data(cache=False), headers))
    except PushError as error:
        return "", STATUS[error.code]
    return "", 200
