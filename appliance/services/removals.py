"""Taking away what was sent, at the customer's end."""

from __future__ import annotations

from sqlalchemy.orm import Session

from appliance import db, feed, queue
from appliance.models import Message, now
from appliance.services import remote_messages, resolutions, revisable, sent_messages
from appliance.services.letters import OutboxError
from appliance.services.sent_messages import SentMessage
from appliance.values import Actor, Piece, PlanError


def delete(message_id: int, by: Actor) -> None:
    """Take it away at the customer's end; what has not left is not sent. Raises OutboxError."""
    with db.session() as session:
        sent = sent_messages.open_sent(session, message_id, by)
        if reason := revisable.why_not_delete(sent.message, by, sent.standing, sent.can):
            raise OutboxError(reason, hours=sent.can.delete_hours)
        pieces = () if sent.standing.waits else _removal(session, sent)
    if sent.standing.waits:
        if not resolutions.cancel(sent.standing.delivery_id, by):
            raise OutboxError("too_late")
        return
    with db.write() as session:
        sent_messages.check_still(session, sent, by)
        sent_messages.deliver(session, sent, pieces, "delete")
        message = session.get_one(Message, message_id)
        message.deleted_at = now()
        after = {"deleted": True}
        feed.append(session, "message_changed", by=by, ticket=message.ticket_id, message=message_id, after=after)
    queue.wake("deliver", sent.address.id, priority=10)


def _removal(session: Session, sent: SentMessage) -> tuple[Piece, ...]:
    references = remote_messages.all_of(session, sent.message.id, sent.address.connection_id)
    try:
        return sent.channel.plan_delete(sent.address.external_id, references)
    except PlanError as error:
        raise sent_messages.refused(sent.channel, error) from None
