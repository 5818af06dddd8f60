"""Before a group's row is taken: may the group write here? Until the owner's yes its rows wait in the journal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from appliance import feed
from appliance.models import Address, Connection
from appliance.services import held, people
from appliance.values import Chat, Incoming, IncomingButton, IncomingMessage, IncomingState, Person

Outcome = tuple[str, str]
# In line once more: the row is taken up again at once, with what is true by then.
LATER: Outcome = ("new", "")
_MEMBERSHIP = ("joined", "left", "moved", "blocked", "unblocked")


def is_open(session: Session, connection: Connection, incoming: Sequence[Incoming]) -> bool:
    """Whether what a row says may be looked at: by the hooks of plugins, to begin with."""
    speaking = _speaking(incoming)
    if speaking is None:
        return True
    known = people.find(session, connection, speaking[0])
    return known is not None and known.kind == "group" and known.approval == ""


def judge(
    session: Session, connection: Connection, row_id: int, incoming: Sequence[Incoming], asked: bool
) -> Outcome | None:
    """How a row ends that must not be taken now; None when it may be. `asked`: the hooks have seen it."""
    speaking = _speaking(incoming)
    if speaking is None:
        return None
    chat, author = speaking
    known = people.find(session, connection, chat)
    if known is not None and known.kind == "group":
        if known.approval == people.REFUSED:
            return "ignored", held.REFUSED
        if known.approval == "":
            early = not asked or held.stands_before(session, connection.id, known.external_id, row_id)
            return LATER if early else None
    met = people.meet(session, connection, chat, author)
    if known is not None and known.kind != "group":
        # Only a row that could not be read had told of it: nobody could know then that this is a group.
        address = session.get_one(Address, met.address_id)
        address.kind, address.approval = "group", people.WAITING
    feed.append(session, "contact_changed", after={"contact": met.contact_id, "approval": people.WAITING})
    reason = held.MESSAGE if _is_new_message(incoming) else held.NEWS
    return _hold(session, row_id, known.external_id if known else chat.external_id, reason)


def judge_unread(session: Session, connection: Connection, row_id: int, chat_key: str) -> Outcome | None:
    """The same for a row that nobody can read, by the chat it names."""
    known = people.find(session, connection, Chat(chat_key)) if chat_key else None
    if known is None or known.approval == "":
        return None
    if known.approval == people.REFUSED:
        return "ignored", held.REFUSED
    return _hold(session, row_id, known.external_id, held.NEWS)


def _hold(session: Session, row_id: int, chat: str, reason: str) -> Outcome:
    held.hold(session, row_id, chat, reason)
    return held.STATE, reason


def _speaking(incoming: Sequence[Incoming]) -> tuple[Chat, Person] | None:
    """The group whose words a row carries, and who speaks; None for private chats and for our own membership."""
    for value in incoming:
        chat = getattr(value, "chat", None)
        if not isinstance(chat, Chat) or chat.kind != "group":
            continue
        if isinstance(value, IncomingState) and value.state in _MEMBERSHIP:
            continue
        author = getattr(value, "author", None)
        return chat, author if isinstance(author, Person) else people.NOBODY
    return None


def _is_new_message(incoming: Sequence[Incoming]) -> bool:
    return any(
        isinstance(value, IncomingButton) or (isinstance(value, IncomingMessage) and not value.edited)
        for value in incoming
    )
