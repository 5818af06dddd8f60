"""A box with two teams: what the closed one works on holds SECRET in every text, and Olga of the other may not see it.

All roles share what is seen; lists, saved replies, jobs and sessions are everybody's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from appliance import db
from appliance.models import Address, Event, Follower, Mention, Message, Notice, SignIn, Tag, Ticket, now
from appliance.services import (
    agents,
    bulk,
    connections,
    contact_templates,
    contacts,
    drafts,
    entrances,
    fields,
    links,
    organisations,
    saved_reply_changes,
    sign_in,
    staff_codes,
    tags,
    teams,
    ticket_templates,
    tickets,
    views,
)
from appliance.services.contact_templates import ContactTemplateForm
from appliance.services.entrances import Sorting
from appliance.services.filters import Filters
from appliance.services.saved_reply_changes import Wanted
from appliance.services.ticket_templates import TicketTemplateForm
from appliance.values import SYSTEM, Actor
from tests.integration.work_in_tickets import Chats, Things, newest, work_on

SECRET = "zebrafish"
PLAIN = "printer"
ROLES = {"petra": "owner", "mira": "manager", "olga": "agent", "anton": "agent"}


@dataclass
class TwoTeams:
    """`seen`: by everybody. `hidden`: from Olga. `own`: by login, what is nobody else's."""

    actors: dict[str, Actor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    seen: Things = field(default_factory=dict)
    hidden: Things = field(default_factory=dict)
    own: dict[str, Things] = field(default_factory=dict)

    def things(self, login: str) -> Things:
        return {**self.seen, **self.own[login]}

    def out_of_sight(self, login: str) -> Mapping[str, Any]:
        """What this one may not see: somebody else's own; for Olga also what the closed team has."""
        other = "olga" if login == "anton" else "anton"
        return {**(self.hidden if login == "olga" else {}), **self.own[other]}


def furnish() -> TwoTeams:
    made = TwoTeams()
    for login, role in ROLES.items():
        _hire(made, login, role)
    boss = made.actors["petra"]
    closed, front = teams.add("Accounts", boss), teams.add("Front", boss)
    teams.set_members(closed, [_id(made, "anton")], boss)
    teams.set_members(front, [_id(made, "olga")], boss)
    made.seen |= {**_settings(boss), "team": front}
    _converse(made, closed)
    for login in ROLES:
        made.own[login] = _own(made, login)
    _let_go(made)
    with db.write() as session:
        # That they are still there is written down again later than any test lasts.
        session.execute(update(SignIn).values(seen_at=now() + timedelta(hours=1)))
    return made


def _hire(made: TwoTeams, login: str, role: str) -> int:
    number = agents.add(login, login.title(), role, "a long enough phrase", SYSTEM, "en")
    made.actors[login] = Actor("agent", number, role, login.title())  # type: ignore[arg-type]  # one of the roles
    made.tokens[login] = sign_in.begin(number, "127.0.0.1", "test")
    return number


def _let_go(made: TwoTeams) -> None:
    """Of one who was let go the browser still has the session; the other is there to have things done to."""
    gone, made.seen["agent"] = _hire(made, "former", "agent"), _hire(made, "vadim", "agent")
    agents.change(gone, made.actors["petra"], active=False)


def _id(made: TwoTeams, login: str) -> int:
    number = made.actors[login].id
    assert number is not None
    return number


def _settings(boss: Actor) -> Things:
    connection = connections.connect("plain", {"token": "t"}, "Support", boss).id
    code = staff_codes.invite("Vera", "agent", [], boss)
    with db.write() as session:
        organisation = organisations.find_or_make(session, "Acme")
    return {
        "connection": connection,
        "code": code,
        "invitation": staff_codes.waiting()[0].id,
        "organisation": organisation,
        "field": fields.define("ticket", "Serial number", "text", [], boss),
        "ticket_template": ticket_templates.make(TicketTemplateForm("Repairs"), boss),
        "contact_template": contact_templates.make(ContactTemplateForm("Shops"), boss),
        "way_in": entrances.make(connection, ["Door"], Sorting(), boss)[0],
    }


def _converse(made: TwoTeams, closed: int) -> None:
    """Anna has tickets of both teams in one chat, Boris one that all see, Carla one that is the closed team's."""
    chats, boss = Chats(made.seen["connection"]), made.actors["petra"]
    seen, other, hidden, more = (chats.open(1, "Anna", word) for word in (PLAIN, PLAIN, SECRET, SECRET))
    stranger, shut = chats.open(2, "Boris", PLAIN), chats.open(3, f"Carla {SECRET}", SECRET)
    for ticket in (seen, other, hidden, more, stranger, shut):
        tickets.restore(ticket, boss)
    with db.write() as session:
        for ticket in (hidden, more, shut):
            session.get_one(Ticket, ticket).team_id = closed
    made.seen |= {"contact": _contact(seen), "stranger": _contact(stranger), "group": _group(chats)}
    made.hidden |= {"contact": _contact(shut), "stranger": _contact(shut)}
    made.seen["sales"] = connections.connect("plain", {"token": "t2"}, "Sales", boss).id
    made.seen |= work_on(seen, other, PLAIN, made.actors["olga"], made.seen["field"])
    made.hidden |= work_on(hidden, more, SECRET, made.actors["anton"], made.seen["field"])
    with db.write() as session:
        tags.put(session, "ticket", seen, ["urgent"])
    made.seen["tag"] = newest(Tag)
    _touch(made)


def _touch(made: TwoTeams) -> None:
    """What is hidden reaches into what is seen: a link, a quote, a draft; and Olga once had to do with it."""
    seen, hidden, olga = made.seen["ticket"], made.hidden["ticket"], _id(made, "olga")
    links.add(seen, hidden, made.actors["petra"])
    drafts.save(seen, "note", f"about the {SECRET}", 1, made.actors["anton"])
    drafts.save(hidden, "reply", "what I began", 1, made.actors["petra"])
    note, event = made.hidden["note"], newest(Event)
    with db.write() as session:
        session.get_one(Message, made.seen["note"]).reply_to_id = made.hidden["message"]
        session.add(Follower(ticket_id=hidden, agent_id=olga))
        session.add(Mention(message_id=note, agent_id=olga, ticket_id=hidden))
        session.add(Notice(agent_id=olga, kind="mention", ticket_id=hidden, message_id=note, event_id=event))


def _group(chats: Chats) -> int:
    """A group that waits for somebody to decide about it; its address."""
    chats.write(-5, "Igor", person=7, chat_kind="group", title="Shift", state="joined")
    return newest(Address)


def _contact(ticket: int) -> int:
    with db.session() as session:
        return session.get_one(Ticket, ticket).contact_id


def _own(made: TwoTeams, login: str) -> Things:
    by, about, word = made.actors[login], made.seen, PLAIN
    if login == "anton":
        about, word = made.hidden, SECRET
    deleted = saved_reply_changes.save(Wanted(f"Old {word}", {"en": f"old {word}"}), by)
    saved_reply_changes.delete_one(deleted, by)
    return {
        "view": views.create(f"View {word}", Filters(), "", by),
        "job": bulk.start(by, "trash", {}, [about["ticket"]]),
        "saved": saved_reply_changes.save(Wanted(f"Reply {word}", {"en": f"text {word}"}), by),
        "deleted": deleted,
        "renaming": _rename(about["ticket"], f"The {word} of {login}", by),
        "wording": contacts.change(about["contact"], "note", f"of {login}", by),
        "session": _other_browser(_id(made, login)),
    }


def _rename(ticket: int, subject: str, by: Actor) -> int:
    tickets.rename(ticket, subject, by)
    return newest(Event)


def _other_browser(agent_id: int) -> int:
    sign_in.begin(agent_id, "127.0.0.1", "other")
    return newest(SignIn)
