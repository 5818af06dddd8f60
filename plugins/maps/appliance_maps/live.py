"""A live location in its bubble: when it was seen last, and the way it came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import abort, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance import LiveShare, PartView, box
from appliance_maps.pages import blueprint
from appliance_maps.trail import simplify

SHOWN = timedelta(hours=2)


@blueprint.get("/live/<int:message_id>.json")
def live_trail(message_id: int) -> ResponseReturnValue:
    """The line of the last two hours before it was seen last: `{"trail": [[latitude, longitude], …]}`."""
    reader = box().reader()
    share = box().live_share(message_id, reader)
    if share is None:
        abort(404)
    fixes = box().fixes(message_id, reader, share.last.at - SHOWN)
    return jsonify(trail=simplify(fixes))


def share_of(part: PartView) -> LiveShare | None:
    """The live location that a part is or was; None for all others, without a look into the database."""
    if not (part.data.get("live") or part.data.get("moved_at")):
        return None
    return box().live_share(part.message_id, box().reader())


def attributes(share: LiveShare) -> dict[str, str]:
    """For `{{ … | xmlattr }}` on <live-age> (static/live-age.js); needs a request, for the reader's language."""
    told = {"at": share.last.at, "until": share.until, "ended": share.ended_at, "now": datetime.now(UTC)}
    return {
        **{name: moment.isoformat() for name, moment in told.items() if moment is not None},
        "text-stale": _("last seen %(age)s", age="{age}"),
        "text-stopped": _("sharing has ended, last seen %(age)s", age="{age}"),
        "text-second": _("%(number)s s ago", number="{number}"),
        "text-minute": _("%(number)s min ago", number="{number}"),
        "text-hour": _("%(number)s h ago", number="{number}"),
        "text-day": _("%(number)s d ago", number="{number}"),
    }
