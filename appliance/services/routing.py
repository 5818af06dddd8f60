"""Which ticket gets the next message: the desk's own rule, as users rely on it (docs/architecture.md)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from appliance.models import Connection
from appliance.services import statements
from appliance.services.people import Whom
from appliance.values import IncomingMessage, TicketAnswer, TicketCandidate, TicketQuestion

CANDIDATES = 20
# A bare thank-you in either language, with or without politeness around it.
_THANKS = re.compile(
    r"^(ok(ay)?|thanks?( you)?( so much| very much| a lot)?|thx|ty|great|perfect|got it|cool|"
    r"спасибо( большое| огромное| вам)?( большое)?|спс|благодарю( вас)?|хорошо|ок(ей)?|ладно|понял(а)?|понятно|"
    r"отлично|супер|всё работает|все работает)$"
)
_NOT_WORDS = re.compile(r"[^\w\s]+")


def ask(session: Session, message: IncomingMessage, connection: Connection, whom: Whom) -> TicketQuestion:
    """What `find_ticket` needs to know, read in the caller's session."""
    contact_id = whom.contact_id
    wanted = {"contact_id": contact_id, "connection_id": connection.id, "most": CANDIDATES}
    wanted["address_id"] = whom.address_id
    rows = session.connection().execute(statements.CANDIDATES, wanted)
    return TicketQuestion(
        contact_id=contact_id,
        connection_id=connection.id,
        quoted_ticket_id=_quoted_ticket(session, connection.id, message),
        text=" ".join(part.text for part in message.parts if part.text).strip(),
        has_media=any(part.kind != "text" for part in message.parts),
        candidates=tuple(TicketCandidate(*row) for row in rows),
        thread_policy="single" if connection.thread_policy == "single" else "new_after_done",
        reopen_hours=connection.reopen_hours,
        thanks_reopen=connection.thanks_reopen,
        at=message.at,
    )


def choose(question: TicketQuestion) -> TicketAnswer:
    """Quoted ticket; the open one we last answered in; the newest open one; else the thread policy."""
    silent = next((c for c in question.candidates if c.shelf != "none" and c.quiet), None)
    quoted = next((c for c in question.candidates if c.id == question.quoted_ticket_id), None)
    if quoted is not None and (quoted.shelf == "none" or quoted.quiet):
        return _join(quoted, question)
    if silent is not None:
        return TicketAnswer(silent.id, quietly=True)
    usable = [c for c in question.candidates if c.shelf == "none"]
    open_ones = [c for c in usable if c.stage != "done"]
    if open_ones:
        answered = [c for c in open_ones if c.last_reply_at is not None]
        best = max(answered, key=lambda c: c.last_reply_at or c.created_at) if answered else open_ones[0]
        return TicketAnswer(best.id)
    # What was thrown away last must not bring back what was done before it.
    if not usable or question.candidates[0].shelf != "none":
        return TicketAnswer(None)
    return _after_done(usable[0], question)


def is_bare_thanks(text: str, has_media: bool = False) -> bool:
    """Nothing but a thank-you or emoji: answers no question and opens no work."""
    if has_media or "?" in text:
        return False
    words = _NOT_WORDS.sub(" ", text.casefold()).strip()
    return (not words and bool(text.strip())) or bool(_THANKS.match(re.sub(r"\s+", " ", words)))


def _after_done(last: TicketCandidate, question: TicketQuestion) -> TicketAnswer:
    if not question.thanks_reopen and is_bare_thanks(question.text, question.has_media):
        return TicketAnswer(last.id, quietly=True)
    if question.thread_policy == "single" or _within(last.done_at, question.at, question.reopen_hours):
        return TicketAnswer(last.id, reopen=True)
    return TicketAnswer(None, previous_id=last.id)


def _join(ticket: TicketCandidate, question: TicketQuestion) -> TicketAnswer:
    if ticket.shelf != "none":
        return TicketAnswer(ticket.id, quietly=True)
    thanks = not question.thanks_reopen and is_bare_thanks(question.text, question.has_media)
    done = ticket.stage == "done"
    return TicketAnswer(ticket.id, reopen=done and not thanks, quietly=done and thanks)


def _within(done_at: datetime | None, at: datetime, hours: int) -> bool:
    return done_at is not None and at - done_at <= timedelta(hours=hours)


def _quoted_ticket(session: Session, connection_id: int, message: IncomingMessage) -> int | None:
    if message.reply_to is None:
        return None
    wanted = {
        "connection_id": connection_id,
        "chat": message.reply_to.chat,
        "external_id": message.reply_to.message,
    }
    return session.connection().execute(statements.QUOTED_TICKET, wanted).scalar()
