"""Refusals of services in words: one line of text that the page shows as a toast or beside the composer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, make_response
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from appliance.services.channels import explain
from appliance.web import arrange_refusals

_STATUS = {"not_found": 404, "too_large": 413}


def plain(code: str, params: Mapping[str, Any] | None = None) -> Response:
    """409 with the words as plain text, which the page's script shows as they are."""
    return told(words(code, params or {}), _STATUS.get(code, 409))


def told(text: str, status: int = 409) -> Response:
    """Words that are known already, as plain() tells them."""
    response = make_response(text, status)
    response.mimetype = "text/plain"
    return response


def words(code: str, params: Mapping[str, Any]) -> str:
    known = _WORDS.get(code)
    return known(params) if known else _("That did not work (%(code)s).", code=code)


def _planned(params: Mapping[str, Any]) -> str:
    """The channel's own reason, and what to do about it."""
    found = explain(
        str(params["channel"]), str(params["reason"]), params.get("params") or {}, str(get_locale() or "en")
    )
    return f"{found.text} {found.advice}".strip()


def _first(params: Mapping[str, Any]) -> str:
    link = params.get("link")
    if not link:
        return _("The customer has not opened the conversation yet, so we cannot write first. A note is possible.")
    return _(
        "The customer has not opened the conversation yet, so we cannot write first. Give them this link: %(link)s",
        link=link,
    )


def _buttons(params: Mapping[str, Any]) -> str:
    most, length = params.get("most", 0), params.get("length", 0)
    if not most:
        return _("This customer's messenger has no quick answers.")
    return ngettext(
        "At most %(num)s quick answer of up to %(length)s characters.",
        "At most %(num)s different quick answers of up to %(length)s characters each.",
        most,
        length=length,
    )


def _missing(params: Mapping[str, Any]) -> str:
    names = params.get("names", ())
    return ngettext(
        "Fill in this field first: %(names)s.",
        "Fill in these fields first: %(names)s.",
        len(names),
        names=", ".join(names),
    )


def _too_old(params: Mapping[str, Any]) -> str:
    hours = params.get("hours", 0)
    return ngettext(
        "It was sent more than %(num)s hour ago: the messenger no longer lets us take it away.",
        "It was sent more than %(num)s hours ago: the messenger no longer lets us take it away.",
        hours,
    )


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "not_found": lambda _p: _("This is no longer there."),
    "taken": lambda p: _("%(name)s has already taken it.", name=p.get("name") or _("Someone")),
    "no_agent": lambda _p: _("This colleague can no longer be assigned."),
    "fields_missing": _missing,
    "changed_since": lambda _p: _("Somebody has changed it since."),
    "bad_priority": lambda _p: _("Please choose one of these."),
    "bad_step": lambda _p: _("Please choose one of these."),
    "bad_due": lambda _p: _("This is no date and time."),
    "no_team": lambda _p: _("There is no such team any more."),
    "no_field": lambda _p: _("There is no such field any more."),
    "too_many_tags": lambda p: _("At most %(most)s tags.", most=p.get("most", "")),
    "field_too_long": lambda p: _("%(name)s: at most %(most)s characters.", name=p.get("name"), most=p.get("most")),
    "field_not_a_number": lambda p: _("%(name)s: please enter a number.", name=p.get("name")),
    "field_too_large": lambda p: _("%(name)s: this number is too large.", name=p.get("name")),
    "field_too_fine": lambda p: ngettext(
        "%(name)s: at most %(num)s decimal.", "%(name)s: at most %(num)s decimals.", p["places"], name=p.get("name")
    ),
    "field_not_a_date": lambda p: _("%(name)s: please enter a date, such as 31.01.2026.", name=p.get("name")),
    "field_not_a_choice": lambda p: _("%(name)s: please choose one of these.", name=p.get("name")),
    "bad_outcome": lambda _p: _("There is no such outcome."),
    "nothing_unread": lambda _p: _("Everything here is answered: there is nothing to be read."),
    "not_allowed": lambda _p: _("You may not do that."),
    "not_shelved": lambda _p: _("Only what lies in the trash or in spam can be treated so."),
    "not_confirmed": lambda _p: _("That is not its number."),
    "name_empty": lambda _p: _("Please enter a name."),
    "bad_phone": lambda _p: _("Give a phone number: digits, spaces, brackets and a plus."),
    "bad_language": lambda _p: _("Please choose one of these."),
    "bad_value": lambda p: _("That does not fit into “%(name)s”.", name=p.get("name", "")),
    "no_tickets": lambda _p: _("No ticket is selected."),
    "no_tag": lambda _p: _("Write a tag."),
    "bad_time": lambda _p: _("Choose a time that is still to come."),
    "not_assignee": lambda p: _(
        "Only %(name)s answers here. A note is possible, or take the ticket over.", name=p.get("name") or _("Someone")
    ),
    "gaps": lambda p: _("Fill in first: %(names)s", names=p.get("names", "")),
    "empty": lambda _p: _("Write something or attach a file first."),
    "no_address": lambda _p: _("There is no way to reach this customer. A note is possible."),
    "blocked": lambda _p: _("The customer has blocked us. A note is possible."),
    "no_connection": lambda _p: _("The connection of this ticket is gone. A note is possible."),
    "file_gone": lambda _p: _("An attached file is no longer there. Attach it again."),
    "too_large": lambda p: _("%(name)s is larger than %(limit)s MB.", name=p.get("name", ""), limit=p.get("limit", "")),
    "not_held": lambda _p: _("The messenger does not hold this file."),
    "not_linked": lambda _p: _("Your own messenger is not linked yet: your profile shows how."),
    "copy_blocked": lambda _p: _("You have blocked the bot in your messenger. Start it again there."),
    "cannot_copy": lambda _p: _("A file of this kind cannot be sent on."),
    "too_late": lambda _p: _("Too late: it has already left."),
    "too_long": lambda _p: _("The text is too long."),
    "cannot_write_first": _first,
    "plan": _planned,
    "bad_buttons": _buttons,
    "bad_place": lambda _p: _(
        "That is no place: give a latitude from -90 to 90, a longitude from -180 to 180, a name."
    ),
    "bad_contact": lambda _p: _("Give a name and a phone number with its country code."),
    "bad_ask": lambda _p: _("This cannot be asked for."),
    "cannot_send": lambda _p: _("This customer's messenger cannot show that."),
    "not_yours": lambda _p: _("Only who wrote it, a manager or an owner can do that."),
    "not_sent": lambda _p: _("It has not arrived at the customer, so there is nothing to change there."),
    "in_flight": lambda _p: _("It is on its way right now. Try again in a moment."),
    "deleted": lambda _p: _("It has been taken away already."),
    "cannot_edit": lambda _p: _("This message cannot be changed."),
    "cannot_delete": lambda _p: _("This messenger does not let us take messages away."),
    "too_old": _too_old,
    **arrange_refusals.WORDS,
    "bad_mode": lambda _p: _("That did not work. Please try again."),
}
