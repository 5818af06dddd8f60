"""Lines of the journal in words: what somebody did, and to what. Who did it stands beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.services.audit import AuditLine
from appliance.services.timeline import EventView
from appliance.web import audit_settings_words, audit_values, event_words, sizes


def describe(line: AuditLine) -> str:
    """What was done."""
    known = KINDS.get(line.kind)
    return (known(line) if known else audit_values.changed(line)) or line.kind.replace("_", " ")


def _ticket(line: AuditLine) -> str:
    view = EventView(line.id, line.at, line.kind, "system", None, "", line.before, line.after, line.names)
    return event_words.describe(view, "", None) or audit_values.changed(line)


def _deleted(line: AuditLine) -> str:
    said = _("deleted No. %(number)s for good", number=line.after.get("number", "?"))
    more = len(line.after.get("tickets") or [0]) - 1
    return f"{said} (+{more})" if more > 0 else said


def _exported(line: AuditLine) -> str:
    count = int(line.after.get("number") or 0)
    return ngettext("exported a list with %(num)s ticket", "exported a list with %(num)s tickets", count)


def _customer(line: AuditLine) -> str:
    after = line.after
    if "barred" in after:
        return _("blocked a customer") if after["barred"] else _("unblocked a customer")
    if after.get("made"):
        return _("added a customer by hand")
    if "merged" in after:
        return _("merged the customer “%(name)s” into another", name=after["merged"])
    if "approval" in after:
        return _("refused a group") if after["approval"] == "refused" else _("allowed a group")
    return _("Customer: %(what)s", what=audit_values.changed(line, without=("contact",)))


def _joined(line: AuditLine) -> str:
    names = " + ".join(f"“{name}”" for name in line.after.get("names") or [])
    return _("made one customer of two: %(names)s", names=names)


def _message(line: AuditLine) -> str:
    if line.kind == "message_edited":
        return _("changed a message that was sent")
    if line.kind == "message_changed":
        return _("deleted a message at the customer's") if line.after.get("deleted") else _("changed a message")
    return _("wrote a note") if line.after.get("kind") == "note" else _("wrote")


def _decided(line: AuditLine) -> str:
    known = _DECISIONS.get(str(line.after.get("decision", "")))
    return known() if known else _("decided about a message that did not simply arrive")


def _let_go(line: AuditLine) -> str:
    count, freed = int(line.after.get("count") or 0), sizes.size(int(line.after.get("freed") or 0))
    return ngettext(
        "let %(num)s original file go (%(size)s)", "let %(num)s original files go (%(size)s)", count, size=freed
    )


_DECISIONS: Mapping[str, Callable[[], str]] = {
    "retry": lambda: _("sent a message again"),
    "leave": lambda: _("left a message as it was"),
    "cancel": lambda: _("took a message back before it left"),
}
KINDS: Mapping[str, Callable[[AuditLine], str]] = {
    "ticket_changed": _ticket,
    "ticket_created": _ticket,
    "tickets_arranged": _ticket,
    "subtask_done": _ticket,
    "ticket_deleted": _deleted,
    "tickets_exported": _exported,
    "contact_changed": _customer,
    "contact_erased": lambda _line: _("erased everything of a customer"),
    "contact_exported": lambda _line: _("exported everything that is kept of a customer"),
    "contacts_joined": _joined,
    "message_sent": _message,
    "message_changed": _message,
    "message_edited": _message,
    "delivery_decided": _decided,
    "originals_let_go": _let_go,
    "file_copied": lambda _line: _("had a file sent to their own messenger"),
    **audit_settings_words.KINDS,
}
