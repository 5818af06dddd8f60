"""What a notice says, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _

from appliance.services.notice_list import NoticeView

ICONS: Mapping[str, str] = {
    "new": "inbox",
    "assigned": "user-check",
    "offered": "users",
    "customer": "message-circle",
    "mention": "at-sign",
    "subtask": "list-checks",
    "overdue": "clock",
    "undelivered": "triangle-alert",
}


def words(notice: NoticeView) -> str:
    """What happened; the customer stands beside."""
    known = {
        "new": _("New ticket"),
        "assigned": _("Assigned to you"),
        "offered": _("Offered to your team"),
        "customer": _("New message"),
        "mention": _("You are mentioned"),
        "subtask": _("A subtask is done"),
        "overdue": _("Overdue"),
        "undelivered": _("Not delivered"),
    }
    return known.get(notice.kind, _("Notification"))


def address(notice: NoticeView) -> str:
    """The ticket, at the message it is about."""
    anchor = f"m{notice.message_id}" if notice.message_id else None
    return url_for("desk.ticket", ticket_id=notice.ticket_id, _anchor=anchor)
