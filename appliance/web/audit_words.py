"""Lines of the journal in words: what somebody did, and to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from appliance.services.audit import AuditLine
from appliance.services.timeline import EventView
from appliance.web import event_words

# Nothing secret stands in events; a long value would still make a line unreadable.
LONGEST = 80


def describe(line: AuditLine) -> str:
    """What was done; who did it stands beside."""
    known = _KINDS.get(line.kind)
    return known(line) if known else _changed(line)


def _ticket(line: AuditLine) -> str:
    view = EventView(line.id, line.at, line.kind, "system", None, "", line.before, line.after, line.names)
    said = event_words.describe(view, "", None)
    return said or _changed(line)


def _agent(line: AuditLine) -> str:
    name = line.names.get(int(line.after.get("agent") or 0), "?")
    if "login" in line.after:
        return _("%(name)s works here now", name=name)
    if line.after.get("reset"):
        return _("made a link for a new password of %(name)s", name=name)
    if line.after.get("password"):
        return (
            _("chose a new password")
            if line.actor_id == line.after.get("agent")
            else _("new password of %(name)s", name=name)
        )
    if line.after.get("active") is False:
        return _("took away the access of %(name)s", name=name)
    if line.after.get("active"):
        return _("gave %(name)s access again", name=name)
    return f"{name}: {_changed(line, without=('agent',))}"


def _team(line: AuditLine) -> str:
    name = str(line.after.get("name") or line.before.get("name") or "")
    if line.after.get("gone"):
        return _("removed the team “%(name)s”", name=name)
    said = _changed(line, without=("team", "members"))
    if "members" in line.after:
        members = [line.names.get(int(each), "?") for each in line.after["members"]]
        return _("members of the team: %(names)s", names=", ".join(members) or "–")
    return _("Team: %(what)s", what=said)


def _connection(line: AuditLine) -> str:
    return _("Connection: %(what)s", what=_changed(line, without=("connection",)))


def _message(line: AuditLine) -> str:
    if line.kind == "delivery_decided":
        return _("decided about a message that did not simply arrive")
    return _("changed a message") if line.kind == "message_changed" else _("wrote")


def _changed(line: AuditLine, without: tuple[str, ...] = ()) -> str:
    told = [_one(name, line.before.get(name), value) for name, value in line.after.items() if name not in without]
    return "; ".join(told) or line.kind.replace("_", " ")


def _one(name: str, before: Any, after: Any) -> str:
    said = name.replace("_", " ")
    if after is True and before is None:
        return said
    return f"{said}: {_short(before)} → {_short(after)}" if before not in (None, "") else f"{said}: {_short(after)}"


def _short(value: Any) -> str:
    text = "–" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


_KINDS: Mapping[str, Callable[[AuditLine], str]] = {
    "ticket_changed": _ticket,
    "ticket_created": _ticket,
    "tickets_arranged": _ticket,
    "agent_changed": _agent,
    "team_changed": _team,
    "connection_changed": _connection,
    "message_sent": _message,
    "message_changed": _message,
    "delivery_decided": _message,
}
