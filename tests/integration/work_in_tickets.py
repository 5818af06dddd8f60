"""Whatever can be named by an address, once in a ticket: messages, files, subtasks, drafts, changes to take back."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import func, select

from appliance import db
from appliance.models import Delivery, File, LiveFix, LiveShare, Message, Part, Ticket, now
from appliance.services import drafts, intake, links, outbox, presence, splitting, subtasks, ticket_facts, tickets
from appliance.services.journal import ConnectionJournal
from appliance.services.subtasks import Wanted
from appliance.values import SYSTEM, Actor, RawUpdate
from tests.unit.services.filed import file_in

Things = dict[str, Any]


class Chats:
    """People who write to the plain connection."""

    def __init__(self, connection_id: int) -> None:
        self._journal = ConnectionJournal(connection_id, lambda: None)
        self._number = 0

    def write(self, chat: int, name: str, **more: Any) -> int:
        """The newest message's id."""
        self._number += 1
        raw = json.dumps({"chat": chat, "id": self._number, "name": name, **more}).encode()
        self._journal.commit([RawUpdate(raw, hashlib.sha256(raw).hexdigest()[:20], str(chat))], "1")
        while intake.read_new():
            pass
        return newest(Message)

    def open(self, chat: int, name: str, word: str) -> int:
        """A ticket's number; in the trash, so that the next message opens another."""
        self.write(chat, name, text=f"the {word} hums")
        ticket = newest(Ticket)
        tickets.shelve(ticket, "trash", False, SYSTEM)
        return ticket


def newest(entity: Any) -> int:
    with db.session() as session:
        return int(session.scalars(select(func.max(entity.id))).one())


def work_on(ticket: int, other: int, word: str, by: Actor, filled: int) -> Things:
    """A ticket's worth of work by one agent, `word` in every text; things by what they are called in addresses.
    `filled` is a field's id."""
    message = _first(ticket)
    made = {"ticket": ticket, "other": other, "message": message}
    made["file"] = file_in(message, word.encode(), name=f"{word}.mp4")
    made["failed"] = file_in(message, f"{word} failed".encode(), name=f"{word}-failed.mp4", shown="")
    made["part"] = _part(message, "contact", {"phone": "+49 30 123456", "name": word})
    made["live"] = _live(ticket, word)
    made["reply"] = outbox.reply(ticket, by, f"we fetch the {word} at https://{word}.example")
    made["delivery"] = newest(Delivery)
    made["note"] = outbox.note(ticket, by, f"the {word} again")
    made["subtask"] = subtasks.make(ticket, Wanted(f"weigh the {word}"), by)
    drafts.save(ticket, "reply", f"dear {word}", 1, by)
    presence.beat(ticket, "reply", by)
    links.add(ticket, other, by)
    ticket_facts.fill(ticket, filled, word, "en", by)
    made["arrangement"] = splitting.split(ticket, [outbox.note(ticket, by, f"split off: {word}")], by).arrangement_id
    with db.write() as session:
        session.get_one(File, made["failed"]).making = "failed"
    return made


def _first(ticket: int) -> int:
    with db.session() as session:
        return int(session.scalars(select(func.min(Message.id)).where(Message.ticket_id == ticket)).one())


def _part(message: int, kind: str, data: dict[str, Any]) -> int:
    with db.write() as session:
        position = session.scalar(select(func.count()).where(Part.message_id == message)) or 0
        part = Part(message_id=message, position=position, kind=kind, data=data)
        session.add(part)
        session.flush()
        return part.id


def _live(ticket: int, word: str) -> int:
    """A courier's live location."""
    with db.write() as session:
        opened = session.get_one(Ticket, ticket)
        said = Message(ticket_id=ticket, address_id=opened.address_id, kind="incoming", author_name=word)
        session.add(said)
        session.flush()
        number = said.id
    place = {"latitude": 52.5, "longitude": 13.4, "live": True}
    part = _part(number, "location", place)
    with db.write() as session:
        session.add(LiveShare(message_id=number, part_id=part, started_at=now(), heard_at=now()))
        session.flush()
        session.add(LiveFix(message_id=number, at=now(), latitude=52.5, longitude=13.4))
    return number
