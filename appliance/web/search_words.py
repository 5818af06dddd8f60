"""What the search's pages say of kinds, filters and hits."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.services.search import COUNTED, Answer, Group


def offer(blueprint: Blueprint) -> None:
    """Names for the templates of the search, wherever they are shown."""
    blueprint.app_context_processor(
        lambda: {
            "search_kinds": kinds,
            "search_states": states,
            "search_who": who,
            "search_count": count,
            "search_told": told,
        }
    )


def kinds() -> dict[str, str]:
    """In the order of the page."""
    return {
        "ticket": _("Tickets"),
        "contact": _("Customers"),
        "message": _("Messages"),
        "note": _("Notes"),
        "file": _("Files"),
    }


def states() -> list[tuple[str, str]]:
    return [
        ("", _("In any state")),
        ("open", _("Open")),
        ("snoozed", _("Snoozed")),
        ("done", _("Done tickets")),
        ("shelved", _("Spam and trash")),
    ]


def who() -> list[tuple[str, str]]:
    return [("", _("Anybody's")), ("me", _("Mine")), ("none", _("Unclaimed"))]


def count(group: Group) -> str:
    """How many there are, as far as anybody counted."""
    return f"{COUNTED}+" if group.many and group.count >= COUNTED else f"{group.count}{'+' if group.many else ''}"


def told(answer: Answer) -> str:
    """For whoever listens to the page."""
    if not answer.query:
        return ""
    if not answer.count:
        return _("Nothing found.")
    if answer.many:
        return _("More than %(count)s found.", count=answer.count)
    return ngettext("%(num)s found.", "%(num)s found.", answer.count)
