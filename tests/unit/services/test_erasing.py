"""Everything of a customer erased: no table holds a word of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import select, text

from appliance import db, hookimpl
from appliance.models import (
    Address,
    Arrangement,
    Contact,
    ContactField,
    ContactTag,
    Draft,
    Event,
    Field,
    Follower,
    InboundUpdate,
    Mention,
    MessageVersion,
    Notice,
    Presence,
    Reaction,
    SearchEntry,
    StartCode,
    Tag,
    Ticket,
    TicketRead,
    now,
)
from appliance.plugins import Found, plugins
from appliance.services import contacts, erasing, groups, outbox
from appliance.services.contacts import ContactError
from appliance.values import Actor
from tests.unit.services import filed
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 99, "owner", "Петра")
# Words that stand nowhere else.
NAME, WORDS, NUMBER = "Zoltana", "quetzalcoatl", "700700700"
_asked: list[tuple[int, tuple[int, ...]]] = []
_refuses: list[bool] = []


@hookimpl
def erase_contact(contact_id: int, ticket_ids: Sequence[int]) -> None:
    if _refuses:
        raise RuntimeError("the archive cannot be reached")
    _asked.append((contact_id, tuple(ticket_ids)))


@pytest.fixture(autouse=True)
def plugin(desk: Desk) -> Iterator[None]:
    plugins().add(sys.modules[__name__], Found("archive", __name__, "1", "test"))
    yield
    _asked.clear()
    _refuses.clear()


def fill(desk: Desk) -> int:
    """Everything a box may know of somebody; and somebody else, who stays."""
    desk.write({"chat": 8, "id": 1, "text": "somebody else", "name": "Boris"})
    desk.write({"chat": NUMBER, "id": 1, "text": f"/start {WORDS}", "name": NAME})
    desk.write({"chat": NUMBER, "id": 2, "text": f"{WORDS} one", "name": NAME})
    desk.write({"chat": NUMBER, "id": 2, "text": f"{WORDS} two", "name": NAME, "edited": True})
    desk.write({"chat": NUMBER, "id": 3, "file": "f1", "file_name": f"{WORDS}.pdf", "name": NAME})
    ticket = desk.tickets()[-1]
    outbox.reply(ticket.id, desk.agent, f"Dear {NAME}")
    note = outbox.note(ticket.id, desk.agent, f"{NAME} is nice")
    contacts.change(ticket.contact_id, "note", f"{NAME} of {WORDS}", desk.agent)
    contacts.change(ticket.contact_id, "name", f"{NAME} K.", desk.agent)
    speak_in_a_group(desk)
    with db.write() as session:
        field, tag = Field(scope="contact", name="Shoe size", kind="text"), Tag(name="tall")
        session.add_all([field, tag])
        session.flush()
        merged = Contact(name=f"{NAME} before", merged_into_id=ticket.contact_id)
        session.add_all(
            [
                merged,
                ContactField(contact_id=ticket.contact_id, field_id=field.id, value=WORDS),
                ContactTag(contact_id=ticket.contact_id, tag_id=tag.id),
                Draft(ticket_id=ticket.id, agent_id=desk.agent.id, mode="reply", text=f"{NAME}, hello"),
                Follower(ticket_id=ticket.id, agent_id=desk.agent.id),
                TicketRead(ticket_id=ticket.id, agent_id=desk.agent.id, message_id=note),
                Notice(agent_id=desk.agent.id, kind="new", ticket_id=ticket.id, message_id=note, event_id=1),
                Mention(message_id=note, agent_id=desk.agent.id, ticket_id=ticket.id),
                Presence(agent_id=desk.agent.id, ticket_id=ticket.id, until=now()),
                Arrangement(kind="move", from_id=ticket.id, into_id=ticket.id, before={"subject": WORDS}),
                Arrangement(kind="contacts", from_id=1, into_id=ticket.contact_id, before={"name": NAME}),
                StartCode(
                    code_hash="x" * 64, purpose="join", connection_id=1, contact_id=ticket.contact_id, expires_at=now()
                ),
            ]
        )
    index_by_hand(ticket)
    return ticket.contact_id


def speak_in_a_group(desk: Desk) -> None:
    """A group both of them are in, and a reaction there."""
    group = {"chat": "-500", "chat_kind": "group", "title": "House", "person": NUMBER, "name": NAME}
    desk.write({**group, "id": 1, "text": f"{WORDS} among others"})
    with db.session() as session:
        address = session.scalars(select(Address).where(Address.kind == "group")).one()
    groups.allow(address.id, OWNER)
    desk.write()
    desk.write({**group, "id": 2, "person": "8", "name": "Boris", "text": "I live here, too"})
    with db.write() as session:
        boris = next(message for message in desk.messages() if message.text == "I live here, too")
        session.add(Reaction(message_id=boris.id, author=NUMBER, author_name=NAME, emojis=["👍"]))


def index_by_hand(ticket: Ticket) -> None:
    with db.write() as session:
        known = session.scalar(select(SearchEntry).where(SearchEntry.kind == "ticket", SearchEntry.of_id == ticket.id))
        if known is None:
            entry = SearchEntry(kind="ticket", of_id=ticket.id, ticket_id=ticket.id, at=now())
            session.add(entry)
            session.flush()
            session.execute(text(f"INSERT INTO search_text(rowid, stems) VALUES ({entry.id}, '{WORDS}')"))


def places_of(words: str) -> list[str]:
    """Tables with a row that holds these words in any column, the search's own included."""
    found = []
    with db.session() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        for table in tables:
            for row in session.execute(text(f'SELECT * FROM "{table}"')):
                if any(words.casefold() in _told(value).casefold() for value in row):
                    found.append(table)
                    break
    return [table for table in found if not table.startswith("search_text_")]


def _told(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def test_no_table_holds_name_words_or_number(desk: Desk) -> None:
    number = fill(desk)
    for words in (NAME, WORDS, NUMBER):
        assert len(places_of(words)) >= 2, words
    erasing.erase(number, f"{NAME}  K.", OWNER)
    for words in (NAME, WORDS, NUMBER):
        assert places_of(words) == [], words
    with db.session() as session:
        assert session.scalars(select(Contact.name).order_by(Contact.name)).all() == ["Boris", "House"]
        assert session.scalars(select(MessageVersion)).all() == []
        (told,) = session.scalars(select(Event).where(Event.kind == "contact_erased"))
        assert (told.actor_id, told.after) == (OWNER.id, {"contact": number})


def test_what_others_said_stays(desk: Desk) -> None:
    number = fill(desk)
    erasing.erase(number, f"{NAME} K.", OWNER)
    assert [message.text for message in desk.messages() if message.kind == "incoming"] == [
        "somebody else",
        "I live here, too",
    ]
    group = desk.tickets()[-1]
    assert group.last_message_id == desk.messages(group.id)[-1].id
    with db.session() as session:
        assert session.scalars(select(InboundUpdate.chat_key).distinct()).all() == ["8", "-500"]


def test_their_files_go_with_everything_made_of_them(desk: Desk) -> None:
    number = fill(desk)
    theirs = next(message for message in desk.messages() if message.kind == "incoming" and message.address_id == 2)
    file = filed.file_in(theirs.id, b"their own film")
    sha256 = filed.file(file).sha256
    erasing.erase(number, f"{NAME} K.", OWNER)
    assert not filed.is_here(sha256)


def test_plugins_are_told_which_tickets_and_one_that_fails_stops_it(desk: Desk) -> None:
    number = fill(desk)
    ticket = next(each.id for each in desk.tickets() if each.contact_id == number)
    _refuses.append(True)
    with pytest.raises(RuntimeError, match="archive"):
        erasing.erase(number, f"{NAME} K.", OWNER)
    assert NAME in [message.author_name for message in desk.messages()]
    _refuses.clear()
    erasing.erase(number, f"{NAME} K.", OWNER)
    assert _asked == [(number, (ticket,))]


@pytest.mark.parametrize(
    ("typed", "role", "code"), [("Zoltan", "owner", "not_confirmed"), (f"{NAME} K.", "manager", "not_allowed")]
)
def test_only_an_owner_who_types_the_name_may(desk: Desk, typed: str, role: str, code: str) -> None:
    number = fill(desk)
    with pytest.raises(ContactError, match=code):
        erasing.erase(number, typed, Actor("agent", 99, role, ""))  # type: ignore[arg-type]
    assert places_of(NAME)


def test_who_writes_again_is_somebody_new(desk: Desk) -> None:
    number = fill(desk)
    erasing.erase(number, f"{NAME} K.", OWNER)
    desk.write({"chat": NUMBER, "id": 9, "text": "hello", "name": NAME})
    assert desk.tickets()[-1].contact_id != number
    assert desk.tickets()[-1].previous_id is None
