"""What staff press inside a bubble: fetch a file after all, have it sent on, keep a shared phone number."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, make_response
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from appliance.models import Delivery
from appliance.services import blobs, connections, contact_phone, refetching, staff_copies
from appliance.services.channels import explain
from appliance.services.contact_phone import PhoneError
from appliance.services.staff_copies import CopyError
from appliance.values import Channel
from appliance.web import error_words
from appliance.web.htmx import triggered

blueprint = Blueprint("part_actions", __name__)
# Most copies have arrived by then; of the others it is said that they are on their way.
PATIENCE = 3.0


@blueprint.errorhandler(blobs.Gone)
def gone(_error: blobs.Gone) -> ResponseReturnValue:
    return current_app.handle_http_exception(NotFound())


@blueprint.errorhandler(CopyError)
@blueprint.errorhandler(PhoneError)
def refused(error: CopyError | PhoneError) -> ResponseReturnValue:
    return error_words.plain(error.code)


@blueprint.post("/files/<int:file_id>/fetch")
def fetch(file_id: int) -> ResponseReturnValue:
    """Also prepares again what could not be prepared; the bubble follows by the feed."""
    refetching.ask_for(file_id, g.actor)
    return "", 204


@blueprint.post("/files/<int:file_id>/copy")
def copy(file_id: int) -> ResponseReturnValue:
    """Sends the file to the person's own messenger and says how that went."""
    outcome, delivery = staff_copies.wait_for(staff_copies.copy(file_id, g.actor), PATIENCE)
    channel = connections.channel_of(delivery.connection_id)
    if outcome == "failed":
        return _not_sent(channel, delivery)
    told = {
        "sent": _("It is in your %(channel)s.", channel=channel.title),
        "uncertain": _("It may have arrived: look into your %(channel)s.", channel=channel.title),
        "under_way": _("It is on its way to your %(channel)s.", channel=channel.title),
    }
    return _toast(told[outcome])


@blueprint.post("/parts/<int:part_id>/phone")
def save_phone(part_id: int) -> ResponseReturnValue:
    contact_phone.save(part_id, g.actor)
    return _toast(_("The phone number is on the card."))


def _not_sent(channel: Channel, delivery: Delivery) -> Response:
    reason = explain(channel.name, delivery.error_code, delivery.error_params, str(get_locale() or "en"))
    response = make_response(f"{_('It was not sent.')} {reason.text} {reason.advice}".strip(), 409)
    response.mimetype = "text/plain"
    return response


def _toast(text: str) -> Response:
    return triggered(make_response("", 204), **{"desk:toast": {"text": text, "undo": ""}})
