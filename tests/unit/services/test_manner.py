"""How a reply is said: formatting, quick answers, previews, places, a signature, a quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Address, Connection, DeliveryPiece, Message, Part, RemoteCopy, Rendition
from appliance.services import deliveries, files, outbox, sending, tickets, uploads
from appliance.values import Manner, OutgoingPart, PartKind
from tests.unit.services.conftest import Desk

ABLE: dict[str, Any] = {
    "buttons": 3,
    "button_length": 10,
    "asks": frozenset({"phone"}),
    "formatting": True,
    "previews": True,
    "kinds_out": frozenset({"text", "photo", "document", "voice", "location", "venue", "contact"}),
}


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.outside.can = dict(ABLE)
    desk.write({"chat": 7, "id": 1, "text": "The till does not print"})
    return 1001


def payloads() -> list[Mapping[str, Any]]:
    with db.session() as session:
        return [piece.payload for piece in session.scalars(select(DeliveryPiece).order_by(DeliveryPiece.id))]


def deliver() -> None:
    with db.session() as session:
        address_id = session.scalars(select(Address.id)).one()
    sending.deliver(address_id)


def sign() -> None:
    with db.write() as session:
        session.execute(update(Connection).values(signature=True))


def test_marks_leave_as_formatting_and_are_stored_so(desk: Desk, ticket: int) -> None:
    message_id = outbox.reply(ticket, desk.agent, "  Press **F5** __now__ ")
    assert payloads()[0]["text"] == "Press F5 now"
    assert payloads()[0]["entities"] == [["bold", 6, 2, ""], ["italic", 9, 3, ""]]
    with db.session() as session:
        assert session.get_one(Message, message_id).text == "Press F5 now"
        assert len(session.scalars(select(Part).where(Part.message_id == message_id)).one().entities) == 2


def test_a_channel_without_formatting_gets_the_marks_as_they_are(desk: Desk, ticket: int) -> None:
    desk.outside.can["formatting"] = False
    outbox.reply(ticket, desk.agent, "2 **3** 4")
    assert (payloads()[0]["text"], payloads()[0]["entities"]) == ("2 **3** 4", [])


def test_a_note_is_always_formatted_and_an_automatic_message_never(desk: Desk, ticket: int) -> None:
    desk.outside.can["formatting"] = False
    outbox.note(ticket, desk.agent, "`router-7`")
    assert desk.messages(ticket)[-1].text == "router-7"
    desk.outside.can["formatting"] = True
    outbox.automatic(1, "No. **1**", "k", ticket)
    assert payloads()[-1]["text"] == "No. **1**"


def test_quick_answers_and_no_preview_reach_the_channel_and_the_row(desk: Desk, ticket: int) -> None:
    message_id = outbox.reply(ticket, desk.agent, "At noon?", manner=Manner((" Yes ", "No"), preview=False))
    assert (payloads()[0]["buttons"], payloads()[0]["preview"]) == (["Yes", "No"], False)
    with db.session() as session:
        kept = session.get_one(Message, message_id).options
    # What the reply did to its ticket is kept beside its manner: taking it back takes that back.
    manner = {key: kept[key] for key in kept if key != "ticket"}
    assert manner == {"buttons": ["Yes", "No"], "ask": None, "preview": False, "signature": ""}
    assert kept["ticket"]["waiting_for"] == ["us", "customer"]


@pytest.mark.parametrize("buttons", [("1", "2", "3", "4"), ("same", "same"), ("eleven char",), ("  ",)])
def test_quick_answers_beyond_what_the_channel_can_are_refused(
    desk: Desk, ticket: int, buttons: tuple[str, ...]
) -> None:
    with pytest.raises(outbox.OutboxError, match="bad_buttons"):
        outbox.reply(ticket, desk.agent, "?", manner=Manner(buttons))
    assert payloads() == []


def test_a_signature_goes_out_and_is_not_in_the_message(desk: Desk, ticket: int) -> None:
    sign()
    message_id = outbox.reply(ticket, desk.agent, "One|two")
    assert [payload["text"] for payload in payloads()] == ["One", "two\n\n— Ольга"]
    with db.session() as session:
        assert session.get_one(Message, message_id).text == "One|two"


def test_what_the_box_says_by_itself_and_notes_are_not_signed(desk: Desk, ticket: int) -> None:
    sign()
    outbox.automatic(1, "Got it", "k", ticket)
    outbox.note(ticket, desk.agent, "hm")
    assert [payload["text"] for payload in payloads()] == ["Got it"]


def test_a_caption_is_signed_and_a_bare_picture_is_not(desk: Desk, ticket: int, tmp_path: Any) -> None:
    sign()
    for text in ("look", ""):
        with (tmp_path / "p").open("wb+") as stream:
            stream.write(text.encode() + b"p")
            stream.seek(0)
            file_id = files.receive(stream, "p.jpg", "image/jpeg", desk.agent)
        outbox.reply(ticket, desk.agent, text, (file_id,))
    assert [payload["text"] for payload in payloads()] == ["look\n\n— Ольга", ""]


def test_a_message_cut_anew_keeps_its_manner_signature_and_what_the_messenger_holds(
    desk: Desk, ticket: int, tmp_path: Any
) -> None:
    sign()
    with (tmp_path / "p").open("wb+") as stream:
        stream.write(b"bytes")
        stream.seek(0)
        file_id = files.receive(stream, "p.jpg", "image/jpeg", desk.agent)
    outbox.reply(ticket, desk.agent, "**a**", (file_id,), manner=Manner(("Yes",), preview=False))
    with db.write() as session:
        held = session.get_one(DeliveryPiece, 1)
        assert held.payload["text"] == "a\n\n— Ольга"
        # As if a plugin had fitted it: the photo is planned again before it leaves.
        file_row = files.held(session, file_id)
        session.add(
            Rendition(file_id=file_id, kind="outgoing", sha256=file_row.sha256, mime="image/jpeg", size=file_row.size)
        )
    claim = deliveries.claim(1)
    assert claim is not None
    again = uploads._plan_again(claim)
    deliveries.let_go(claim)
    assert again.pieces[0][1].payload == payloads()[0]
    assert payloads()[0]["buttons"] == ["Yes"]
    assert payloads()[0]["preview"] is False
    assert payloads()[0]["text"] == "a\n\n— Ольга"
    assert payloads()[0]["entities"] == [["bold", 0, 1, ""]]
    with db.session() as session:
        assert session.scalars(select(RemoteCopy)).all() == []


@pytest.mark.parametrize(
    ("kind", "data", "kept"),
    [
        ("location", {"latitude": "55.75", "longitude": "-37.6"}, {"latitude": 55.75, "longitude": -37.6}),
        (
            "venue",
            {"latitude": 1, "longitude": 2, "title": " Shop\n1 ", "address": ""},
            {"latitude": 1.0, "longitude": 2.0, "title": "Shop 1", "address": "1.00000, 2.00000"},
        ),
        ("contact", {"name": "Пётр", "phone": "+7 (900) 000-00-00"}, {"name": "Пётр", "phone": "+79000000000"}),
    ],
)
def test_a_place_or_a_contact_is_sent_clean(
    desk: Desk, ticket: int, kind: PartKind, data: dict[str, Any], kept: dict[str, Any]
) -> None:
    message_id = outbox.reply(ticket, desk.agent, "", parts=(OutgoingPart(0, kind, data=data),))
    assert payloads()[0]["data"] == kept
    deliver()
    with db.session() as session:
        part = session.scalars(select(Part).where(Part.message_id == message_id)).one()
    assert (part.kind, part.data) == (kind, kept)


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("location", {"latitude": "91", "longitude": "0"}, "bad_place"),
        ("location", {"latitude": "nan", "longitude": "0"}, "bad_place"),
        ("location", {"longitude": "0"}, "bad_place"),
        ("venue", {"latitude": 1, "longitude": 2, "title": " "}, "bad_place"),
        ("contact", {"name": "Anna", "phone": "call me"}, "bad_contact"),
        ("contact", {"name": "", "phone": "+79000000000"}, "bad_contact"),
        ("poll", {"question": "?"}, "cannot_send"),
    ],
)
def test_what_is_no_place_or_contact_is_refused(
    desk: Desk, ticket: int, kind: PartKind, data: dict[str, Any], code: str
) -> None:
    with pytest.raises(outbox.OutboxError, match=code):
        outbox.reply(ticket, desk.agent, "", parts=(OutgoingPart(0, kind, data=data),))
    assert payloads() == []


def test_words_with_a_place_come_before_it(desk: Desk, ticket: int) -> None:
    place = OutgoingPart(0, "location", data={"latitude": 1, "longitude": 2})
    outbox.reply(ticket, desk.agent, "We are here", parts=(place,))
    with db.session() as session:
        kinds = [piece.kind for piece in session.scalars(select(DeliveryPiece).order_by(DeliveryPiece.id))]
    assert kinds == ["text", "location"]


def test_a_message_of_an_older_ticket_is_quoted_once(desk: Desk, ticket: int) -> None:
    older = desk.messages(ticket)[0].id
    with db.write() as session:
        session.execute(update(Connection).values(reopen_hours=0))
    tickets.finish(ticket, "solved", desk.agent)
    desk.write({"chat": 7, "id": 2, "text": "And now the scanner"})
    outbox.reply(1002, desk.agent, "one|two", reply_to=older)
    assert [payload["quotes"] for payload in payloads()] == ["1", ""]
    assert desk.messages(1002)[-1].reply_to_id == older


def test_a_message_that_is_not_of_this_conversation_is_not_quoted_inside_either(desk: Desk, ticket: int) -> None:
    desk.write({"chat": 8, "id": 1, "text": "somebody else's secret"})
    foreign = desk.messages(1002)[0].id
    message_id = outbox.reply(ticket, desk.agent, "x", reply_to=foreign)
    with db.session() as session:
        assert session.get_one(Message, message_id).reply_to_id is None


def test_a_text_without_end_is_refused(desk: Desk, ticket: int) -> None:
    with pytest.raises(outbox.OutboxError, match="too_long"):
        outbox.reply(ticket, desk.agent, "x" * 20_001)


def test_who_never_opened_the_conversation_is_not_written_to_and_the_link_is_told(desk: Desk, ticket: int) -> None:
    with db.write() as session:
        session.execute(update(Message).values(kind="auto"))
    with pytest.raises(outbox.OutboxError, match="cannot_write_first") as refused:
        outbox.reply(ticket, desk.agent, "hello?")
    assert refused.value.params == {"link": "https://plain.test/me?start="}
    desk.outside.can["writes_first"] = True
    outbox.reply(ticket, desk.agent, "hello!")
    assert len(payloads()) == 1
