"""What a messenger takes apart is one message again: albums, forwarded runs, bursts."""

from __future__ import annotations

from sqlalchemy import func, select

from appliance import db
from appliance.models import Event, Message, Part, Ticket
from appliance.services import answering
from tests.integration.inbound.bot import Bot, Customer, photo, video
from tests.integration.inbound.conftest import Browser

ALBUM = {"media_group_id": "14300"}


def messages() -> list[Message]:
    with db.session() as session:
        return list(session.scalars(select(Message).where(Message.kind == "incoming").order_by(Message.id)))


def captions() -> list[str]:
    with db.session() as session:
        return list(session.scalars(select(Part.text).order_by(Part.message_id, Part.position)))


def answer_all() -> list[str]:
    """What the box says by itself."""
    while answering.follow():
        pass
    with db.session() as session:
        keys = session.scalars(select(Message.key).where(Message.kind == "auto").order_by(Message.id))
        return [(key or "").partition(":")[0] for key in keys]


def test_an_album_is_one_message_with_its_captions_where_they_stood(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(
        anna.says(photo=photo("P1"), **ALBUM),
        anna.says(photo=photo("P2"), caption="the second", **ALBUM),
        anna.says(photo=photo("P3"), caption="the last", **ALBUM),
    )
    with db.session() as session:
        assert session.get_one(Ticket, 1001).subject == "the second"
    (message,) = messages()
    assert (message.text, captions()) == ("the second\nthe last", ["", "the second", "the last"])
    shown = owner.get("/t/1001").text
    assert "the second" in shown
    assert "the last" in shown


def test_an_item_that_comes_late_joins(bot: Bot, anna: Customer) -> None:
    bot.take(anna.says(photo=photo("P1"), caption="the first", **ALBUM))
    bot.take(anna.says(text="Look at this"))
    bot.take(anna.says(video=video("V2", 900_000), caption="the late one", **ALBUM))
    album, words = messages()
    assert (album.text, words.text) == ("the first\nthe late one", "Look at this")
    with db.session() as session:
        told = session.scalars(select(Event.kind).where(Event.message_id == album.id).order_by(Event.id)).all()
    assert told == ["message_received", "message_changed"]


def test_an_album_gets_one_answer_however_many_items_are_too_large(bot: Bot, anna: Customer) -> None:
    bot.take(*(anna.says(video=video(f"V{number}"), **ALBUM) for number in range(10)))
    assert answer_all() == ["acknowledgement", "too_large"]
    bot.take(anna.says(video=video("late"), **ALBUM))
    assert answer_all() == ["acknowledgement", "too_large"]


def test_a_caption_of_an_item_is_edited_without_harm(bot: Bot, anna: Customer, owner: Browser) -> None:
    bot.take(
        anna.says(photo=photo("P1"), caption="one", **ALBUM),
        anna.says(photo=photo("P2"), caption="two", **ALBUM),
    )
    bot.take(anna.edits(2, photo=photo("P2"), caption="two, the left till", **ALBUM))
    assert captions() == ["one", "two, the left till"]
    with db.session() as session:
        files = session.scalars(select(Part.file_id).order_by(Part.position)).all()
    assert len({number for number in files if number is not None}) == 2
    assert owner.get("/messages/1/versions").text.count("two") == 1
    assert "edited" in owner.get("/messages/1").text


def test_two_albums_do_not_mix(bot: Bot, anna: Customer) -> None:
    boris = Customer(6, "Boris")
    bot.take(
        anna.says(photo=photo("P1"), **ALBUM),
        anna.says(photo=photo("P2"), media_group_id="14301"),
        boris.says(photo=photo("P3"), **ALBUM),
    )
    assert len(messages()) == 3


def test_a_forwarded_run_lands_on_one_ticket(bot: Bot, anna: Customer, owner: Browser) -> None:
    hidden = {"type": "hidden_user", "sender_user_name": "Driver Oleg", "date": 1}
    bot.take(*(anna.says(text=f"part {number}", forward_origin=hidden) for number in range(10)))
    with db.session() as session:
        assert session.scalar(select(func.count()).select_from(Ticket)) == 1
    assert [message.text for message in messages()] == [f"part {number}" for number in range(10)]
    assert owner.get("/t/1001").text.count("Forwarded from Driver Oleg") == 10


def test_a_burst_of_two_people_in_one_batch_makes_two_tickets(bot: Bot, anna: Customer) -> None:
    boris = Customer(6, "Boris")
    updates = [who.says(text=f"{number}") for number in range(12) for who in (anna, boris)]
    bot.take(anna.says(text="/start"), *updates)
    with db.session() as session:
        found = session.execute(select(Message.ticket_id, func.count()).group_by(Message.ticket_id)).all()
    assert sorted(count for _, count in found) == [12, 12]
