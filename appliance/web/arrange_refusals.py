"""Why messages and tickets cannot be put elsewhere, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext


def _open_subtasks(params: Mapping[str, Any]) -> str:
    return ngettext(
        "%(num)s subtask is still open. Finish it, or choose Done and leave it.",
        "%(num)s subtasks are still open. Finish them, or choose Done and leave them.",
        params.get("count", 0),
    )


WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "open_subtasks": _open_subtasks,
    "merged": lambda p: _("It is part of No. %(number)s now.", number=p.get("into", "?")),
    "same_ticket": lambda _p: _("That is this very ticket."),
    "same_contact": lambda _p: _("That is this very person."),
    "other_contact": lambda _p: _("That is a ticket of somebody else. Link the two instead."),
    "other_chat": lambda _p: _("They are two chats, and an answer reaches only one of them. Link the two instead."),
    "is_subtask": lambda _p: _("That cannot be done with a subtask."),
    "is_group": lambda _p: _("A group is not one person: it cannot be merged."),
    "on_shelf": lambda _p: _("It lies in the trash or in spam. Restore it first."),
    "nothing_chosen": lambda _p: _("Choose at least one message of this ticket."),
    "nothing_left": lambda _p: _("Nothing would be left in this ticket."),
    "merged_contact": lambda _p: _("This person is part of another contact already."),
    "not_reversible": lambda _p: _("That can no longer be taken back."),
    "undo_first": lambda p: _(
        "No. %(number)s is part of another ticket. Take that back first.", number=p.get("number")
    ),
}
