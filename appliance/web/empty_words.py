"""What an empty list says: one sentence, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from appliance.services import lists
from appliance.values import Actor
from appliance.web import times
from appliance.web.list_state import Shown


@dataclass(frozen=True)
class Empty:
    """`link` opens the conversation with us at the messenger: for an inbox nobody has written to yet."""

    title: str
    text: str = ""
    icon: str = "circle-check"
    link: str = ""
    handle: str = ""


def describe(by: Actor, shown: Shown) -> Empty:
    tab = shown.tab
    if shown.filters.chosen:
        return Empty(_("Nothing fits these filters."), _("Take one away, or look in another list."), "list-filter")
    if tab in ("waiting", "all") and not lists.ever_used():
        return _never_used()
    if tab == "waiting":
        last = lists.last_answer_at(by)
        told = _("Last answer: %(when)s.", when=times.moment_with_day(last)) if last else ""
        return Empty(_("All sorted out."), told)
    return _OTHERS[tab]()


def _never_used() -> Empty:
    account = lists.first_account()
    if account is None:
        return Empty(_("Nobody can write yet."), _("Connect a bot in the settings."), "plug")
    return Empty(
        _("Nobody has written yet."),
        _("Open the bot and write the first message: it appears here at once."),
        "message-circle",
        account.link,
        account.handle or account.title,
    )


_OTHERS = {
    "mine": lambda: Empty(_("Nothing of yours is open."), _("Take a ticket from “Unclaimed”."), "user-check"),
    "unclaimed": lambda: Empty(_("Every ticket has an owner.")),
    "all": lambda: Empty(_("No tickets."), icon="inbox"),
    "snoozed": lambda: Empty(_("Nothing is snoozed."), icon="moon"),
    "mentions": lambda: Empty(_("Nobody has mentioned you."), _("Colleagues do it in notes, with @."), "at-sign"),
    "drafts": lambda: Empty(_("You have no unsent drafts."), icon="pencil"),
    "undelivered": lambda: Empty(_("Everything has been delivered.")),
    "overdue": lambda: Empty(_("Nothing is overdue.")),
    "new": lambda: Empty(_("Every ticket has an answer.")),
    "done": lambda: Empty(_("Nothing is done yet."), icon="check"),
    "spam": lambda: Empty(_("No spam."), icon="shield"),
    "trash": lambda: Empty(_("The trash is empty."), icon="trash-2"),
}
