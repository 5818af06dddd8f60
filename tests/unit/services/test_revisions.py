"""What was sent is said in other words, at the customer's end too."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from appliance import db
from appliance.models import Connection, Delivery, DeliveryPiece, Part
from appliance.services import conversation, deliveries, outbox, removals, resolutions, revisions, sending
from appliance.values import Actor, Manner, SendError
from tests.unit.services.conftest import Desk
from tests.unit.services.sent_before import address_id, deliver, rows, say, ticket, view

__all__ = ["ticket"]

NUMBER = "9001"


def test_an_edit_reaches_the_customer_and_keeps_what_was_said_before(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, "Come at **ten**", desk.agent)
    deliver()
    assert desk.outside.changed == [("edit", NUMBER, "Come at ten")]
    assert rows() == [("send", "sent"), ("edit", "sent")]
    shown = view(desk, message_id)
    assert (shown.parts[0].text, shown.parts[0].entities[0].kind) == ("Come at ten", "bold")
    assert (shown.versions, shown.edited_at is not None, shown.revision) == (1, True, None)
    assert conversation.versions(message_id, desk.agent)[0].text == "Come at nine"


def test_the_words_are_given_back_as_they_were_typed(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket, "see [the `map`](https://a.b) **now**")
    assert revisions.source(message_id, desk.agent) == "see [the `map`](https://a.b) **now**"


def test_an_edit_that_changes_nothing_leaves_no_trace(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, " Come at **nine** ", desk.agent)
    assert (rows(), view(desk, message_id).versions) == ([("send", "sent")], 0)


def test_what_still_waits_is_sent_once_and_in_the_new_words(desk: Desk, ticket: int) -> None:
    message_id = outbox.reply(ticket, desk.agent, "one|two", undo_seconds=60, manner=Manner(("Yes",)))
    revisions.edit(message_id, "three", desk.agent)
    with db.write() as session:
        session.execute(update(Delivery).values(not_before=None))
    deliver()
    assert (desk.outside.sent, desk.outside.changed) == ([("7", "three")], [])
    assert (rows(), view(desk, message_id).edited_at) == ([("send", "sent")], None)
    with db.session() as session:
        assert session.scalars(select(DeliveryPiece)).one().payload["buttons"] == ["Yes"]


def test_what_is_leaving_right_now_is_not_edited(desk: Desk, ticket: int) -> None:
    message_id = outbox.reply(ticket, desk.agent, "one|two")
    claim = deliveries.claim(address_id())
    assert claim is not None
    with pytest.raises(outbox.OutboxError, match="in_flight"):
        revisions.edit(message_id, "three", desk.agent)
    with pytest.raises(outbox.OutboxError, match="in_flight"):
        removals.delete(message_id, desk.agent)
    deliveries.let_go(claim)


def test_every_piece_of_a_long_text_reads_anew_and_the_signature_stays(desk: Desk, ticket: int) -> None:
    with db.write() as session:
        session.execute(update(Connection).values(signature=True))
    message_id = say(desk, ticket, "one|two")
    with db.write() as session:
        session.execute(update(Connection).values(signature=False))
    revisions.edit(message_id, "1|2", desk.agent)
    deliver()
    assert desk.outside.changed == [("edit", "9001", "1"), ("edit", "9002", "2\n\n— Ольга")]


def test_pieces_that_a_shorter_text_took_away_are_not_edited_again(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket, "one|two")
    revisions.edit(message_id, "short", desk.agent)
    deliver()
    assert [(what, number) for what, number, _ in desk.outside.changed] == [("edit", "9001"), ("delete", "9002")]
    with pytest.raises(outbox.OutboxError, match="plan"):
        revisions.edit(message_id, "1|2", desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "what did that say?", "reply_to": "9002"})
    assert desk.messages(ticket)[-1].reply_to_id == message_id


def test_what_the_channel_cannot_plan_changes_nothing(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket, "one|two")
    with pytest.raises(outbox.OutboxError, match="plan") as refused:
        revisions.edit(message_id, "1|2|3", desk.agent)
    assert refused.value.params == {"channel": "plain", "reason": "other_length", "params": {"pieces": 2}}
    assert (rows(), view(desk, message_id).parts[0].text) == ([("send", "sent")], "one|two")


def test_only_who_wrote_it_or_who_leads_may_touch_it(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    colleague, manager = Actor("agent", 99, "agent", "Пётр"), Actor("agent", 98, "manager", "Ира")
    with pytest.raises(outbox.OutboxError, match="not_yours"):
        revisions.edit(message_id, "x", colleague)
    with pytest.raises(outbox.OutboxError, match="not_yours"):
        removals.delete(message_id, colleague)
    shown = conversation.one(message_id, colleague)[0]
    assert (shown.editable, shown.deletable) == (False, False)
    revisions.edit(message_id, "x", manager)
    assert rows()[-1] == ("edit", "queued")


def test_what_an_agent_may_not_see_is_not_there(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    with pytest.raises(outbox.OutboxError, match="not_found"):
        revisions.source(message_id, Actor("contact", 1))


@pytest.mark.parametrize("kind", ["incoming", "note", "auto"])
def test_only_replies_are_edited(desk: Desk, ticket: int, kind: str) -> None:
    if kind == "note":
        outbox.note(ticket, desk.agent, "hm")
    elif kind == "auto":
        outbox.automatic(address_id(), "hello", "k", ticket)
        deliver()
    message = next(message for message in desk.messages(ticket) if message.kind == kind)
    with pytest.raises(outbox.OutboxError, match="not_sent"):
        revisions.edit(message.id, "x", desk.agent)
    assert not view(desk, message.id).editable


def test_a_caption_can_be_taken_away_and_a_text_cannot(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    with pytest.raises(outbox.OutboxError, match="empty"):
        revisions.edit(message_id, "  ", desk.agent)
    with db.session() as session:
        assert session.scalars(select(Part.text).where(Part.message_id == message_id)).one() == "Come at nine"


def test_an_edit_that_failed_for_good_is_told_and_can_be_tried_again(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, "ten", desk.agent)
    desk.outside.failures = [SendError("refused", permanent=True)]
    deliver()
    shown = view(desk, message_id)
    assert shown.delivery is not None
    assert shown.revision is not None
    assert (shown.delivery.state, shown.revision.state, shown.revision.purpose) == ("sent", "failed", "edit")
    resolutions.retry(shown.revision.id, desk.agent)
    deliver()
    assert desk.outside.changed == [("edit", NUMBER, "ten")]
    assert view(desk, message_id).revision is None


def test_a_later_edit_takes_the_place_of_those_that_have_not_begun(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, "ten", desk.agent)
    desk.outside.failures = [SendError("refused", permanent=True)]
    deliver()
    failed = view(desk, message_id).revision
    revisions.edit(message_id, "eleven", desk.agent)
    revisions.edit(message_id, "twelve", desk.agent)
    assert failed is not None
    resolutions.retry(failed.id, desk.agent)
    deliver()
    assert desk.outside.changed == [("edit", NUMBER, "twelve")]
    assert rows() == [("send", "sent"), ("edit", "cancelled"), ("edit", "cancelled"), ("edit", "sent")]
    assert view(desk, message_id).versions == 3


def test_an_edit_that_timed_out_is_repeated_and_never_parked(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, "ten", desk.agent)
    desk.outside.failures = [SendError("time_out", uncertain=True)]
    deliver()
    assert rows()[-1] == ("edit", "queued")
    deliver()
    assert (rows()[-1], len(desk.outside.changed)) == (("edit", "sent"), 1)
    assert not [row for row in rows() if row[1] == "uncertain"]
    assert view(desk, message_id).revision is None


def test_an_edit_whose_worker_died_is_repeated(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, "ten", desk.agent)
    full_disk = "CREATE TRIGGER full_disk BEFORE UPDATE OF sent_at ON delivery BEGIN SELECT RAISE(ABORT, 'full'); END"
    with db.write() as session:
        session.execute(text(full_disk))
    with pytest.raises(IntegrityError):
        deliver()
    assert rows()[-1] == ("edit", "sending")
    with db.write() as session:
        session.execute(text("DROP TRIGGER full_disk"))
    sending.deliver(address_id())
    deliver()
    assert rows()[-1] == ("edit", "sent")
    assert desk.outside.changed == [("edit", NUMBER, "ten")] * 2


def test_an_edit_leaves_in_the_order_of_its_address(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    desk.outside.failures = [SendError("network")]
    outbox.reply(ticket, desk.agent, "later")
    revisions.edit(message_id, "ten", desk.agent)
    sending.deliver(address_id())
    assert rows()[1:] == [("send", "queued"), ("edit", "queued")]
    deliver()
    assert rows()[1:] == [("send", "sent"), ("edit", "sent")]


def test_buttons_stay_on_an_edit_until_one_was_pressed(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket, "At noon?", Manner(("Yes", "No")))
    revisions.edit(message_id, "At one?", desk.agent)
    deliver()
    desk.write({"chat": 7, "id": NUMBER, "press": "answer:0"})
    revisions.edit(message_id, "At two?", desk.agent)
    with db.session() as session:
        pieces = session.scalars(select(DeliveryPiece).order_by(DeliveryPiece.id)).all()
    assert [piece.payload["buttons"] for piece in pieces] == [["Yes", "No"], ["Yes", "No"], []]


def test_a_change_on_its_way_cannot_be_cancelled_into_two_truths(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    revisions.edit(message_id, "ten", desk.agent)
    revision = view(desk, message_id).revision
    assert revision is not None
    assert not resolutions.cancel(revision.id, desk.agent)
    assert rows()[-1] == ("edit", "queued")


def test_a_channel_that_cannot_offers_nothing(desk: Desk, ticket: int) -> None:
    message_id = say(desk, ticket)
    desk.outside.can = {}
    assert not view(desk, message_id).editable
    with pytest.raises(outbox.OutboxError, match="cannot_edit"):
        revisions.edit(message_id, "x", desk.agent)
    with pytest.raises(outbox.OutboxError, match="cannot_delete"):
        removals.delete(message_id, desk.agent)
