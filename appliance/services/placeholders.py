"""A message that could not be read still shows that somebody wrote; replay puts the real one in its place."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from appliance.models import Address, Connection, Contact, Message, MessageRef, Ticket, now
from appliance.services import accepting
from appliance.services.reach import ANYTHING
from appliance.values import (
    Chat,
    IncomingMessage,
    IncomingPart,
    Person,
    Reference,
    TicketAnswer,
)


def show(session: Session, connection_id: int, chat_key: str, row_id: int) -> int | None:
    """A bubble in the chat the row names; None when the row does not even name a chat."""
    if not chat_key or _shown(session, row_id) is not None:
        return _shown(session, row_id)
    connection = session.get_one(Connection, connection_id)
    incoming = IncomingMessage(
        chat=Chat(chat_key[:128]),
        author=_author(session, connection_id, chat_key),
        reference=Reference(chat_key[:128], f"unread:{row_id}"),
        at=now(),
        parts=(IncomingPart("unknown", data={"unread": row_id}),),
    )
    setting = accepting.Setting(
        connection, row_id, ANYTHING, TicketAnswer(_open_ticket(session, connection_id, chat_key))
    )
    return accepting.accept(session, incoming, setting).message_id


def remove(session: Session, row_id: int) -> None:
    """The row can be read after all."""
    message_id = _shown(session, row_id)
    if message_id is not None:
        session.execute(delete(Message).where(Message.id == message_id))


def _shown(session: Session, row_id: int) -> int | None:
    query = select(MessageRef.message_id).where(MessageRef.external_id == f"unread:{row_id}")
    return session.scalar(query.join(Message, Message.id == MessageRef.message_id).where(Message.journal_id == row_id))


def _author(session: Session, connection_id: int, chat_key: str) -> Person:
    """Nobody can tell who wrote; a contact that is known keeps its names."""
    known = session.execute(
        select(Contact.name, Contact.username)
        .join(Address, Address.contact_id == Contact.id)
        .where(Address.connection_id == connection_id, Address.external_id == chat_key)
    ).first()
    return Person(chat_key[:128], *known) if known else Person(chat_key[:128], chat_key[:128])


def _open_ticket(session: Session, connection_id: int, chat_key: str) -> int | None:
    query = (
        select(Ticket.id)
        .join(Address, Address.id == Ticket.address_id)
        .where(Address.connection_id == connection_id, Address.external_id == chat_key)
        .order_by(Ticket.id.desc())
    )
    return session.scalar(
        query.where(Ticket.stage != "done", Ticket.shelf == "none", Ticket.merged_into_id.is_(None)).limit(1)
    )
