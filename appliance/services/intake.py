"""Journal rows become tickets: each row read on its own, one that cannot be read never stops the next.

Hooks are asked before the transaction. A run of rows shares one commit, a savepoint each; a chat appears once in a
run, so that what its first message changed is seen when its second one asks which ticket it belongs to.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import Connection, InboundUpdate, Message, now
from appliance.plugins import BUDGET_SECONDS, plugins
from appliance.services import (
    accepting,
    arrivals,
    barring,
    changes,
    connections,
    group_gate,
    held,
    memberships,
    people,
    placeholders,
    presses,
    reach,
    routing,
    statements,
)
from appliance.values import (
    Ignored,
    Incoming,
    IncomingButton,
    IncomingMessage,
    IncomingPosition,
    IncomingReaction,
    IncomingStart,
    IncomingState,
    TicketAnswer,
    TicketQuestion,
    Unreadable,
    Verdict,
)

BATCH = 100
log = logging.getLogger("appliance.intake")


@dataclass
class Row:
    """A journal row on its way: what it means, and what the hooks said.

    `messages` are those of `incoming` that say something, by their number; `within` is for all their files.
    """

    id: int
    connection_id: int
    chat_key: str
    raw: bytes
    incoming: tuple[Incoming, ...] = ()
    messages: dict[int, IncomingMessage] = field(default_factory=dict)
    within: reach.Reach = reach.ANYTHING
    reason: str = ""
    answers: dict[int, TicketAnswer] = field(default_factory=dict)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    files: tuple[int, ...] = ()
    leave: tuple[int, ...] = ()
    again: bool = False
    asked: bool = True
    outcome: tuple[str, str] = ("new", "")


def read_new(limit: int = BATCH) -> int:
    """Take up to `limit` new rows to their end; answers how many there were."""
    with db.session() as session:
        query = select(InboundUpdate).where(InboundUpdate.state == "new").order_by(InboundUpdate.id).limit(limit)
        rows = [
            Row(row.id, row.connection_id, row.chat_key, row.raw, again=bool(row.reason))
            for row in session.scalars(query)
        ]
    for run in _runs(rows):
        for row in run:
            _understand(row)
        _ask(run)
        _commit(run)
        for row in run:
            _wake(row)
    return len(rows)


def _wake(row: Row) -> None:
    for file_id in row.files:
        queue.wake("fetch", file_id)
    for address_id in row.leave:
        queue.wake("leave", address_id)
    for incoming in row.incoming:
        if isinstance(incoming, IncomingButton):
            presses.taken(row.connection_id, incoming)


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Cut a batch so that no chat (and no unknown chat) comes twice in one run."""
    run: list[Row] = []
    seen: set[tuple[int, str]] = set()
    for row in rows:
        key = (row.connection_id, row.chat_key)
        if key in seen or (not row.chat_key and run):
            yield run
            run, seen = [], set()
        run.append(row)
        seen.add(key)
    if run:
        yield run


def _understand(row: Row) -> None:
    try:
        channel = connections.channel_of(row.connection_id)
        row.incoming = channel.read(row.raw, connections.info(row.connection_id))
        for number, incoming in enumerate(row.incoming):
            if (message := _as_message(incoming, row.connection_id)) is not None:
                row.messages[number] = message
        row.within = reach.for_parts(row.connection_id, [part for each in row.messages.values() for part in each.parts])
    except Unreadable as error:
        row.reason = str(error)[:300] or "unreadable"
    except Exception as error:  # noqa: BLE001  (a channel's reader may fail in any way; the row stays)
        row.reason = f"{type(error).__name__}: {error}"[:300]


def _ask(run: Sequence[Row]) -> None:
    """The hooks' opinions, outside any transaction; what they are asked with is read in one session."""
    questions: list[tuple[Row, int, TicketQuestion | None]] = []
    with db.session() as session:
        known = {number: session.get_one(Connection, number) for number in {row.connection_id for row in run}}
        for row in run:
            row.asked = group_gate.is_open(session, known[row.connection_id], row.incoming)
            for number, message in row.messages.items() if row.asked else ():
                questions.append((row, number, _question(session, known[row.connection_id], message)))
    for row, number, question in questions:
        row.verdicts[number] = _screen(row.connection_id, row.messages[number])
        row.answers[number] = _route(question)


def _as_message(incoming: Incoming, connection_id: int) -> IncomingMessage | None:
    message = changes.pressed(incoming, connection_id) if isinstance(incoming, IncomingButton) else incoming
    return message if isinstance(message, IncomingMessage) else None


def _question(session: Session, connection: Connection, message: IncomingMessage) -> TicketQuestion | None:
    whom = people.find_whom(session, connection, message.chat, message.author)
    return routing.ask(session, message, connection, whom) if whom is not None else None


def _screen(connection_id: int, message: IncomingMessage) -> Verdict:
    verdict = plugins().ask_first("screen_message", budget=BUDGET_SECONDS, connection_id=connection_id, message=message)
    return verdict if isinstance(verdict, Verdict) else Verdict("accept")


def _route(question: TicketQuestion | None) -> TicketAnswer:
    if question is None:
        return TicketAnswer(None)
    answer = plugins().ask_first("find_ticket", budget=BUDGET_SECONDS, question=question)
    return answer if isinstance(answer, TicketAnswer) else routing.choose(question)


def _commit(run: Sequence[Row]) -> None:
    with db.write() as session:
        # Held here, or the session would forget and read them again for every row.
        known = {number: session.get_one(Connection, number) for number in {row.connection_id for row in run}}
        barred = barring.known(session)
        for row in run:
            try:
                with session.begin_nested():
                    if not _is_turned_away(session, row, known[row.connection_id], barred):
                        _take(session, row, known[row.connection_id])
            except Exception as error:
                log.exception("journal row %s could not be taken", row.id)
                row.reason, row.files, row.leave = f"{type(error).__name__}: {error}"[:300], (), ()
                with session.begin_nested():
                    _shelve_unread(session, row)
        _mark(session, run)


def _is_turned_away(session: Session, row: Row, connection: Connection, barred: frozenset[int]) -> bool:
    """Of whoever is barred nothing is kept."""
    if not barred:
        return False
    unread = bool(row.reason)
    gone = (
        barring.turn_away_unread(session, connection.id, row.id, row.chat_key, barred)
        if unread
        else barring.turn_away(session, connection, row.id, row.incoming, barred)
    )
    if gone:
        row.outcome, row.incoming = ("ignored", barring.REASON), ()
    return gone


def _take(session: Session, row: Row, connection: Connection) -> None:
    if row.reason:
        _shelve_unread(session, row)
        return
    closed = group_gate.judge(session, connection, row.id, row.incoming, row.asked)
    if closed is not None:
        row.outcome = closed
        return
    if row.again:
        placeholders.remove(session, row.id)
    reasons = [_apply(session, row, number, connection) for number in range(len(row.incoming))]
    ignored = bool(reasons) and all(reasons)
    row.outcome = "ignored" if ignored or not reasons else "read", "; ".join(filter(None, reasons))


def _apply(session: Session, row: Row, number: int, connection: Connection) -> str:
    """Carry out one incoming value; answers why it was ignored, '' when it was not."""
    incoming = row.incoming[number]
    match incoming:
        case Ignored(reason=reason):
            return reason
        case IncomingReaction():
            changes.react(session, incoming, connection)
        case IncomingPosition():
            changes.position(session, incoming, connection)
        case IncomingState():
            refused = memberships.change(session, incoming, connection)
            row.leave += (refused,) if refused is not None else ()
        case IncomingStart():
            arrivals.start(session, incoming, connection)
        case IncomingButton() | IncomingMessage():
            return _accept(session, row, number, connection)
    return ""


def _accept(session: Session, row: Row, number: int, connection: Connection) -> str:
    message, verdict = row.messages[number], row.verdicts[number]
    if verdict.action == "refuse":
        return verdict.reason or "refused"
    setting = accepting.Setting(connection, row.id, row.within, row.answers[number], quiet=verdict.action == "quiet")
    take = changes.edit if message.edited else accepting.accept
    accepted = take(session, message, setting)
    row.files += accepted.files
    return "" if accepted.message_id is not None or message.edited else "already known"


def _shelve_unread(session: Session, row: Row) -> None:
    """Keep the row with its reason and show staff that something came."""
    connection = session.get_one(Connection, row.connection_id)
    closed = group_gate.judge_unread(session, connection, row.id, row.chat_key)
    row.outcome = closed or ("failed", row.reason)
    if closed is not None:
        return
    message_id = placeholders.show(session, row.connection_id, row.chat_key, row.id)
    message = session.get(Message, message_id) if message_id else None
    feed.append(
        session,
        "journal_unread",
        ticket=message.ticket_id if message else None,
        message=message_id,
        after={"row": row.id, "connection": row.connection_id},
    )


def _mark(session: Session, run: Sequence[Row]) -> None:
    """How each row ended; held ones were marked when they were."""
    moment = now()
    ended = [row for row in run if row.outcome[0] != held.STATE]
    values = [{"row": row.id, "to": row.outcome[0], "why": row.outcome[1][:300], "when": moment} for row in ended]
    if values:
        session.connection().execute(statements.MARK_ROWS, values)
