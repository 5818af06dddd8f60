"""Lines of the journal about what the desk is made of: staff, teams, settings, templates, views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from appliance.services import settings
from appliance.services.audit import AuditLine
from appliance.web import audit_values


def _agent(line: AuditLine) -> str:
    name = line.names.get(int(line.after.get("agent") or 0), "?")
    if "login" in line.after:
        return _("%(name)s works here now", name=name)
    if line.after.get("reset"):
        return _("made a link for a new password of %(name)s", name=name)
    if line.after.get("password"):
        own = line.actor_id == line.after.get("agent")
        return _("chose a new password") if own else _("new password of %(name)s", name=name)
    if line.after.get("active") is False:
        return _("took away the access of %(name)s", name=name)
    if line.after.get("active"):
        return _("gave %(name)s access again", name=name)
    return f"{name}: {audit_values.changed(line, without=('agent',))}"


def _team(line: AuditLine) -> str:
    name = str(line.after.get("name") or line.before.get("name") or "")
    if line.after.get("gone"):
        return _("removed the team “%(name)s”", name=name)
    if "members" in line.after:
        members = [line.names.get(int(each), "?") for each in line.after["members"]]
        return _("members of the team: %(names)s", names=", ".join(members) or "–")
    return _("Team: %(what)s", what=audit_values.changed(line, without=("team", "members")))


def _connection(line: AuditLine) -> str:
    for name, words in _CONNECTION.items():
        if name in line.after:
            return words(line.after[name])
    return _("Connection: %(what)s", what=audit_values.changed(line, without=("connection",)))


def _setting(line: AuditLine) -> str:
    return "; ".join(_one_setting(name, line.before.get(name), value) for name, value in line.after.items())


def _one_setting(name: str, before: Any, after: Any) -> str:
    field = settings.fields().get(name)
    if field is None:  # of a plugin that is gone
        return audit_values.one(name, before, after)
    words = {value: _(label) for value, label in field.choices if label}
    if field.kind == "switch":
        words = {"1": _("yes"), "0": _("no"), "": _("no")}
    was, is_now = (words.get(str(value), audit_values.short(value)) for value in (before, after))
    return f"{_(field.label)}: {was} → {is_now}" if before not in (None, "") else f"{_(field.label)}: {is_now}"


def _template(line: AuditLine) -> str:
    name = line.after.get("name", "")
    if line.after.get("retired"):
        return _("retired the template “%(name)s”", name=name)
    if line.after.get("retired") is False:
        return _("brought the template “%(name)s” back", name=name)
    if line.before:
        return _("changed the template “%(name)s”", name=name)
    return _("made the template “%(name)s”", name=name)


def _field(line: AuditLine) -> str:
    name = line.after.get("name", "")
    if line.after.get("retired"):
        return _("retired the field “%(name)s”", name=name)
    if line.after.get("retired") is False:
        return _("brought the field “%(name)s” back", name=name)
    if "kind" in line.after:
        return _("made the field “%(name)s”", name=name)
    return _("changed the field “%(name)s”", name=name)


def _tag(line: AuditLine) -> str:
    before, name = line.before.get("name", ""), line.after.get("name", "")
    if line.after.get("deleted"):
        return _("deleted the tag “%(name)s”", name=before)
    if line.after.get("joined"):
        return _("merged the tag “%(before)s” into “%(name)s”", before=before, name=name)
    return _("renamed the tag “%(before)s”: “%(name)s”", before=before, name=name)


def _organisation(line: AuditLine) -> str:
    if line.after.get("removed"):
        return _("removed the company “%(name)s”", name=line.before.get("name", ""))
    return _("Company: %(what)s", what=audit_values.changed(line, without=("organisation",)))


def _saved_reply(line: AuditLine) -> str:
    what, name = line.after.get("what"), line.after.get("name", "")
    if what == "deleted":
        return _("deleted the saved reply “%(name)s”", name=name)
    if what == "brought_back":
        return _("brought the saved reply “%(name)s” back", name=name)
    return _("saved the reply “%(name)s”", name=name)


def _view(line: AuditLine) -> str:
    what, name = line.after.get("what"), line.after.get("name", "")
    if what == "deleted":
        return _("deleted the shared view “%(name)s”", name=name)
    if what == "created":
        return _("made the shared view “%(name)s”", name=name)
    if what == "brought_back":
        return _("brought the shared view “%(name)s” back", name=name)
    return _("changed the shared view “%(name)s”", name=name)


_CONNECTION: Mapping[str, Callable[[Any], str]] = {
    "entrances": lambda _value: _("changed the ways in of a connection"),
    "enabled": lambda value: _("switched a connection on") if value else _("switched a connection off"),
    "secrets": lambda _value: _("gave a connection a new token"),
    "claimed": lambda _value: _("took a connection over from another program"),
    "behaviour": lambda _value: _("changed the settings of a connection"),
}
KINDS: Mapping[str, Callable[[AuditLine], str]] = {
    "agent_changed": _agent,
    "team_changed": _team,
    "connection_changed": _connection,
    "setting_changed": _setting,
    "template_changed": _template,
    "field_changed": _field,
    "tag_changed": _tag,
    "organisation_changed": _organisation,
    "saved_reply_changed": _saved_reply,
    "view_changed": _view,
}
