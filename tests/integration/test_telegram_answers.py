"""What staff send, change and take away, as the customer's phone shows it: the Telegram plugin against the sandbox's
server, which checks what Telegram checks, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import appliance_sandbox
from appliance import (
    Chat,
    ConnectionInfo,
    Entity,
    IncomingButton,
    IncomingMessage,
    Manner,
    Outgoing,
    OutgoingPart,
    PartKind,
    Person,
    Piece,
    Reference,
    Revision,
    SendError,
)
from appliance_sandbox.control import Control, Phone
from appliance_sandbox.server import start_server
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.held_file import HeldFile

TOKEN, SECRET = "7001:sandbox-test-token", "a control secret"
SAMPLES = Path(appliance_sandbox.__file__).parent / "samples"
FILES: dict[PartKind, tuple[str, str]] = {
    "photo": ("shelf-1.jpg", "image/jpeg"),
    "video": ("waving.mp4", "video/mp4"),
    "video_note": ("round-greeting.mp4", "video/mp4"),
    "voice": ("voice-en.ogg", "audio/ogg"),
    "audio": ("till-beep.mp3", "audio/mpeg"),
    "document": ("invoice.pdf", "application/pdf"),
    "sticker": ("smile.webp", "image/webp"),
}
STORED = {
    number: HeldFile(number, (SAMPLES / name).read_bytes(), name, mime)
    for number, (name, mime) in enumerate(FILES.values())
}


def text(words: str, **fields: Any) -> OutgoingPart:
    return OutgoingPart(0, "text", words, **fields)


def a_file(kind: PartKind, words: str = "", **fields: Any) -> OutgoingPart:
    name, mime = FILES[kind]
    return OutgoingPart(0, kind, words, file_id=list(FILES).index(kind), name=name, mime=mime, **fields)


@dataclass
class Line:
    """A connection and one customer; keeps of what was sent what the box keeps."""

    channel: TelegramChannel
    connection: ConnectionInfo
    control: Control
    bot: int
    phone: Phone
    remote: dict[int, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return str(self.phone.chat_id)

    def say(self, *parts: OutgoingPart, manner: Manner | None = None) -> Revision:
        """Sends it, and gives it back as it can be revised."""
        said = tuple(replace(part, position=place) for place, part in enumerate(parts))
        kept: dict[str, tuple[int, Reference]] = {}
        for piece in self.channel.plan(Outgoing(self.address, said, manner=manner or Manner())):
            for position, reference in self.send(piece):
                kept.setdefault(reference.message, (position, reference))
        return Revision(self.address, said, tuple(kept.values()), manner or Manner())

    def revise(self, revision: Revision, *words: str) -> None:
        parts = tuple(replace(part, text=new) for part, new in zip(revision.parts, words, strict=True))
        for piece in self.channel.plan_edit(replace(revision, parts=parts)):
            self.send(piece)

    def delete(self, revision: Revision) -> None:
        for piece in self.channel.plan_delete(self.address, [reference for _, reference in revision.sent]):
            self.send(piece)

    def send(self, piece: Piece) -> tuple[tuple[int, Reference], ...]:
        stored = replace(piece, payload=json.loads(json.dumps(piece.payload)))
        files = {name: STORED[number] for name, number in piece.files.items()}
        sent = self.channel.send(self.connection, self.address, stored, files, lambda: None)
        self.remote.update(sent.remote_ids)
        return sent.references

    def shown(self) -> list[str]:
        """Each of the bot's messages in a word: its kind and its words."""
        return [tell(message) for message in self.phone.answers()]

    def received(self) -> list[Any]:
        """What the customer did last, as the channel reads it."""
        updates = self.control.pending(self.bot)
        return [
            value for update in updates for value in self.channel.read(json.dumps(update).encode(), self.connection)
        ]


def tell(message: dict[str, Any]) -> str:
    kind = next((kind for kind in (*FILES, "location", "contact", "text") if kind in message), "?")
    words = message.get("text") or message.get("caption") or ""
    return f"{kind} {words[:20]}".strip()


@pytest.fixture
def line() -> Iterator[Line]:
    server, channel = start_server(token=TOKEN, control_secret=SECRET), TelegramChannel()
    try:
        with Control(server.url, SECRET) as control:
            settings = {"token": TOKEN, "api_url": server.url}
            anna, bot = control.add_customer("Анна", language_code="ru"), control.bots()[0]["id"]
            phone = control.phone(bot, anna["id"])
            phone.start()
            yield Line(channel, ConnectionInfo(1, settings, channel.check(settings)), control, bot, phone)
    finally:
        channel.close()
        server.close()


def test_eleven_photos_all_arrive_in_order(line: Line) -> None:
    line.say(*(a_file("photo", f"{number}") for number in range(11)))
    assert line.shown() == [f"photo {number}" for number in range(11)]
    albums = [message.get("media_group_id") for message in line.phone.answers()]
    assert len(set(albums[:10])) == 1
    assert albums[10] is None


def test_a_mix_of_files_arrives_in_order_each_as_its_kind(line: Line) -> None:
    kinds: tuple[PartKind, ...] = ("photo", "photo", "document", "document", "audio", "voice", "video", "photo")
    line.say(text("Look"), *(a_file(kind) for kind in kinds), a_file("video_note"), a_file("sticker"))
    assert line.shown() == ["photo Look", *kinds[1:], "video_note", "sticker"]


def test_a_changed_text_reads_anew_and_keeps_its_buttons(line: Line) -> None:
    manner = Manner(buttons=("Yes", "No"), preview=False)
    said = line.say(text("Is it *yours*?", entities=(Entity("bold", 6, 7),)), manner=manner)
    line.revise(said, "Is it still yours? https://tea.example")
    (message,) = line.phone.answers()
    assert message["text"] == "Is it still yours? https://tea.example"
    assert [button["text"] for button in message["reply_markup"]["inline_keyboard"][0]] == ["Yes", "No"]
    assert message["link_preview_options"] == {"is_disabled": True}


def test_a_long_text_becomes_short_and_its_rest_goes(line: Line) -> None:
    said = line.say(text("a" * 9000))
    line.revise(said, "short")
    line.revise(said, "short")
    assert line.shown() == ["text short"]


def test_captions_of_every_making_are_changed_where_they_stand(line: Line) -> None:
    alone = line.say(a_file("voice", "old"))
    album = line.say(text("old"), a_file("photo"), a_file("video"))
    with_buttons = line.say(a_file("photo", "old"), a_file("photo"), manner=Manner(buttons=("This one",)))
    long = line.say(a_file("photo", "x" * 1025))
    line.revise(alone, "new")
    line.revise(album, "new", "", "")
    line.revise(with_buttons, "new", "")
    line.revise(long, "new")
    assert line.shown() == ["voice new", "photo new", "video", "photo", "photo", "text new", "photo", "text new"]
    assert [("reply_markup" in message) for message in line.phone.answers()] == [*[False] * 5, True, False, False]


def test_what_was_deleted_is_gone_and_can_be_deleted_again(line: Line) -> None:
    said = line.say(text("x" * 5000), a_file("photo"), a_file("photo"))
    line.delete(said)
    line.delete(said)
    assert line.shown() == []


def test_after_two_days_it_stays_and_the_reason_is_said(line: Line) -> None:
    said = line.say(text("late"))
    line.control.make_older(line.bot, line.phone.chat_id, 49 * 3600)
    with pytest.raises(SendError) as caught:
        line.delete(said)
    assert (caught.value.code, caught.value.permanent) == ("cannot_delete", True)
    assert line.shown() == ["text late"]


def test_a_changed_message_that_the_phone_has_not_any_more_says_so(line: Line) -> None:
    said = line.say(text("old"))
    line.delete(said)
    with pytest.raises(SendError) as caught:
        line.revise(said, "new")
    assert caught.value.code == "message_gone"


def test_a_press_comes_back_and_its_buttons_go(line: Line) -> None:
    said = line.say(text("Is it yours?"), manner=Manner(buttons=("Yes", "No")))
    line.phone.press(int(said.sent[0][1].message), text="No")
    press = line.received()[-1]
    assert isinstance(press, IncomingButton)
    assert (press.data, press.reference) == ("answer:1", said.sent[0][1])
    line.channel.answer_press(line.connection, press)
    line.channel.answer_press(line.connection, press)
    assert "reply_markup" not in line.phone.answers()[0]


def test_one_press_sends_the_location_and_one_the_phone_number(line: Line) -> None:
    line.say(text("Where?", data={"button": "Отправить место"}), manner=Manner(ask="location"))
    line.phone.tap("Отправить место")
    line.say(text("Your number?", data={"button": "Отправить номер"}), manner=Manner(ask="phone"))
    line.phone.tap("Отправить номер")
    kinds = [value.parts[0].kind for value in line.received() if isinstance(value, IncomingMessage)]
    assert kinds == ["location", "contact"]


def test_typing_is_seen(line: Line) -> None:
    line.channel.show_typing(line.connection, line.address)
    assert line.phone.chat()["action"] == "typing"


def test_a_file_sent_once_goes_again_without_its_bytes(line: Line) -> None:
    line.say(a_file("video", "first"))
    line.control.clear_requests()
    line.say(a_file("video", "again", remote_id=line.remote[0]))
    (request,) = line.control.requests("sendVideo")
    assert line.shown() == ["video first", "video again"]
    assert "multipart" not in json.dumps(request)
    line.say(a_file("video", "forgotten", remote_id="BAADforgotten"))
    assert line.shown()[-1] == "video forgotten"


def test_a_group_is_asked_by_buttons_only_and_can_be_left(line: Line) -> None:
    bot, anna = line.bot, line.phone.customer_id
    group = line.control.add_group("Shop floor", "supergroup", [anna])
    line.control.change_membership(bot, group["id"], "join", anna)
    line.phone = line.control.phone(bot, anna, group["id"])
    line.say(text("Who is there?"), manner=Manner(ask="phone"))
    line.say(text("All well?"), manner=Manner(buttons=("Yes",), ask="location"))
    first, second = line.phone.answers()
    assert "reply_markup" not in first
    assert "inline_keyboard" in second["reply_markup"]
    line.channel.leave(line.connection, line.address)
    line.channel.leave(line.connection, line.address)
    with pytest.raises(SendError) as caught:
        line.say(text("Still here?"))
    assert caught.value.code == "kicked"


def test_a_press_of_long_ago_is_harmless(line: Line) -> None:
    said = line.say(text("Is it yours?"), manner=Manner(buttons=("Yes",)))
    old = IncomingButton(
        Chat(line.address), Person("5", "Anna"), said.sent[0][1], datetime.now(UTC), "answer:0", "forgotten"
    )
    line.channel.answer_press(line.connection, old)
    assert "reply_markup" not in line.phone.answers()[0]
