"""/me/preferences: how the desk behaves for one person. Every choice is kept at once."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import preferences
from appliance.services.preferences import NOTICE_KINDS, PreferenceError

blueprint = Blueprint("preferences", __name__, url_prefix="/me/preferences")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@blueprint.post("/writing")
def save_writing() -> ResponseReturnValue:
    form = request.form
    chosen = {
        "send_key": form.get("send_key", ""),
        "after_sending": form.get("after_sending", "stay"),
        "shortcuts": "shortcuts" in form,
        "arrow_edits": "arrow_edits" in form,
    }
    return _choose("writing", **chosen)


@blueprint.post("/notices")
def save_notices() -> ResponseReturnValue:
    form = request.form
    try:
        begin, end = _minutes(form.get("quiet_from", "")), _minutes(form.get("quiet_to", ""))
    except ValueError:
        flash(_("Write the quiet hours as 22:00."), "danger")
        return redirect(url_for("profile.index", _anchor="notices"), 303)
    loud = set(form.getlist("loud"))
    volume = form.get("volume", "")
    return _choose(
        "notices",
        sound="sound" in form,
        system_notices="system" in form,
        volume=int(volume) if volume.isdecimal() else 70,
        silent=[kind for kind in NOTICE_KINDS if kind not in loud],
        quiet_from=begin,
        quiet_to=end,
    )


def _choose(section: str, **chosen: Any) -> ResponseReturnValue:
    try:
        preferences.choose(g.actor, **chosen)
    except PreferenceError:
        flash(_("Please choose one of these."), "danger")
    else:
        flash(_("Saved."), "ok")
    return redirect(url_for("profile.index", _anchor=section), 303)


def _minutes(written: str) -> int | None:
    """Minutes of the day of '22:00'; None for nothing. Raises ValueError."""
    if not written.strip():
        return None
    found = _TIME.fullmatch(written.strip())
    if found is None:
        raise ValueError(written)
    return int(found[1]) * 60 + int(found[2])


def kinds() -> list[tuple[str, str]]:
    """(kind of notice, in words)."""
    return [
        ("new", _("A new ticket that nobody has")),
        ("offered", _("A ticket is offered to my team")),
        ("assigned", _("A ticket is given to me")),
        ("customer", _("The customer writes in a ticket I look after")),
        ("mention", _("A colleague mentions me")),
        ("subtask", _("A subtask I wait for is done")),
        ("overdue", _("A ticket I look after is overdue")),
        ("undelivered", _("A message of mine was not delivered")),
    ]
