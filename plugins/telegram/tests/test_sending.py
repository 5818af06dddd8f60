"""Sending over real HTTP: each kind as its own call, and each failure called by its right name."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from appliance import (
    ConnectionInfo,
    Entity,
    Outgoing,
    OutgoingPart,
    PartKind,
    Piece,
    Reference,
    SendError,
    Sent,
    StoredFile,
)
from appliance_telegram import timeouts
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.held_file import HeldFile, LostFile
from plugins.telegram.tests.local_bot_api import Answer, Call, HangUp, LocalBotApi, Refuse, refusal, result

Files = Mapping[str, StoredFile]
PDF = HeldFile(40, b"%PDF-" + bytes(200_000), "offer.pdf")


class Desk:
    """Plans and sends the parts it is given to chat 5."""

    def __init__(self, channel: TelegramChannel, connection: ConnectionInfo) -> None:
        self.channel, self.connection = channel, connection
        self.left = 0
        self.address = "5"

    def leave(self) -> None:
        self.left += 1

    def plan(self, *parts: OutgoingPart, reply_to: Reference | None = None) -> tuple[Piece, ...]:
        numbered = tuple(replace(part, position=place) for place, part in enumerate(parts))
        pieces = self.channel.plan(Outgoing(self.address, numbered, reply_to))
        # As the outbox does: what a restart finds in the database must still be sendable.
        return tuple(replace(piece, payload=json.loads(json.dumps(piece.payload))) for piece in pieces)

    def send(self, *parts: OutgoingPart, file: StoredFile = PDF, reply_to: Reference | None = None) -> Sent:
        (piece,) = self.plan(*parts, reply_to=reply_to)
        return self.send_piece(piece, dict.fromkeys(piece.files, file))

    def send_piece(self, piece: Piece, files: Files) -> Sent:
        return self.channel.send(self.connection, self.address, piece, files, self.leave)

    def fail(self, *parts: OutgoingPart, file: StoredFile = PDF) -> SendError:
        with pytest.raises(SendError) as caught:
            self.send(*parts, file=file)
        return caught.value


@pytest.fixture
def desk(channel: TelegramChannel, connection: ConnectionInfo) -> Desk:
    return Desk(channel, connection)


def text(words: str = "hello", **fields: Any) -> OutgoingPart:
    return OutgoingPart(0, "text", words, **fields)


def a_file(kind: PartKind, mime: str, **fields: Any) -> OutgoingPart:
    return OutgoingPart(0, kind, file_id=40, mime=mime, name=f"my {kind}", **fields)


def one_call(api: LocalBotApi, method: str) -> Call:
    (call,) = api.calls
    assert call.method == method
    return call


def test_a_text_with_formatting_as_a_reply(api: LocalBotApi, desk: Desk) -> None:
    sent = desk.send(text("💧 hello", entities=(Entity("bold", 2, 5),)), reply_to=Reference("5", "77"))
    params = one_call(api, "sendMessage").params
    assert (params["chat_id"], params["text"]) == ("5", "💧 hello")
    assert json.loads(params["entities"]) == [{"type": "bold", "offset": 3, "length": 5}]
    assert json.loads(params["reply_parameters"]) == {"message_id": 77, "allow_sending_without_reply": True}
    assert sent.references == ((0, Reference("5", "101")),)
    assert desk.left == 1


def test_a_business_chat_is_answered_through_its_connection(api: LocalBotApi, desk: Desk) -> None:
    desk.address = "Conn1:5"
    sent = desk.send(text())
    params = one_call(api, "sendMessage").params
    assert (params["chat_id"], params["business_connection_id"]) == ("5", "Conn1")
    assert sent.references == ((0, Reference("Conn1:5", "101")),)


@pytest.mark.parametrize(
    ("kind", "mime", "method", "field", "measures"),
    [
        ("photo", "image/jpeg", "sendPhoto", "photo", {}),
        ("video", "video/mp4", "sendVideo", "video", {"width": "64", "height": "48", "duration": "3"}),
        ("animation", "image/gif", "sendAnimation", "animation", {"width": "64", "height": "48", "duration": "3"}),
        ("video_note", "video/mp4", "sendVideoNote", "video_note", {"length": "64", "duration": "3"}),
        ("voice", "audio/ogg", "sendVoice", "voice", {"duration": "3"}),
        ("audio", "audio/mpeg", "sendAudio", "audio", {"duration": "3"}),
        ("sticker", "image/webp", "sendSticker", "sticker", {}),
        ("document", "application/pdf", "sendDocument", "document", {"disable_content_type_detection": "true"}),
    ],
)
def test_each_file_goes_as_its_own_kind(
    api: LocalBotApi, desk: Desk, kind: PartKind, mime: str, method: str, field: str, measures: dict[str, str]
) -> None:
    desk.send(a_file(kind, mime, width=64, height=48, duration=3))
    call = one_call(api, method)
    assert call.files == {field: (f"my {kind}", PDF.content)}
    assert measures.items() <= call.params.items()


def test_a_video_can_play_while_it_loads(api: LocalBotApi, desk: Desk) -> None:
    desk.send(a_file("video", "video/mp4"))
    assert one_call(api, "sendVideo").params["supports_streaming"] == "true"


@pytest.mark.parametrize(
    ("kind", "data", "method", "expected"),
    [
        ("location", {"latitude": 55.75, "longitude": 37.61, "accuracy": 9000}, "sendLocation",
         {"latitude": "55.75", "longitude": "37.61", "horizontal_accuracy": "1500"}),
        ("venue", {"latitude": 1.5, "longitude": 2.5, "title": "Shop", "address": ""}, "sendVenue",
         {"title": "Shop", "address": "•"}),
        ("contact", {"name": "Anna", "phone": "+7900"}, "sendContact", {"phone_number": "+7900", "first_name": "Anna"}),
        ("poll", {"question": "Tea?", "options": ["yes", "no"]}, "sendPoll", {"question": "Tea?"}),
        ("dice", {"emoji": "🎯", "value": 0}, "sendDice", {"emoji": "🎯"}),
    ],
)  # fmt: skip
def test_each_kind_without_a_file_goes_as_its_own(
    api: LocalBotApi, desk: Desk, kind: PartKind, data: dict[str, Any], method: str, expected: dict[str, str]
) -> None:
    desk.send(OutgoingPart(0, kind, data=data))
    assert expected.items() <= one_call(api, method).params.items()


def test_an_album_tells_which_message_is_which_part(api: LocalBotApi, desk: Desk) -> None:
    sent = desk.send(text("look"), a_file("photo", "image/png"), a_file("video", "video/mp4", width=64))
    call = one_call(api, "sendMediaGroup")
    media = json.loads(call.params["media"])
    assert [(item["type"], item.get("caption")) for item in media] == [("photo", "look"), ("video", None)]
    assert len(call.files) == 2
    assert [(place, reference.message) for place, reference in sent.references] == [(0, "101"), (1, "101"), (2, "102")]


def test_it_remembers_the_id_of_what_it_sent_and_uses_it(api: LocalBotApi, desk: Desk) -> None:
    sizes = [{"file_id": "small", "width": 9, "height": 9}, {"file_id": "big", "width": 90, "height": 90}]
    api.script["sendPhoto"].append(result({"message_id": 5, "photo": sizes}))
    assert desk.send(a_file("photo", "image/jpeg")).remote_ids == {0: "big"}
    desk.send(a_file("photo", "image/jpeg", remote_id="big"))
    assert api.calls[1].params["photo"] == "big"
    assert api.calls[1].files == {}


def test_an_id_telegram_has_forgotten_is_sent_as_bytes_and_announced_once(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendPhoto"].append(refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
    desk.send(a_file("photo", "image/jpeg", remote_id="old"))
    assert [bool(call.files) for call in api.calls] == [False, True]
    assert desk.left == 1


def test_an_answer_the_library_cannot_parse_is_still_sent(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendMessage"].append(result({"message_id": 9, "date": "yesterday", "chat": "here"}))
    assert desk.send(text()).references == ((0, Reference("5", "9")),)


@pytest.mark.parametrize(
    ("status", "words", "code"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked"),
        (403, "Forbidden: user is deactivated", "deactivated"),
        (403, "Forbidden: bot can't initiate conversation with a user", "cannot_write_first"),
        (403, "Forbidden: bot was kicked from the supergroup chat", "kicked"),
        (403, "Forbidden: bot is not a member of the supergroup chat", "kicked"),
        (400, "Bad Request: chat not found", "chat_not_found"),
        (400, "Bad Request: message is too long", "too_long"),
        (400, "Bad Request: message text is empty", "empty"),
        (400, "Bad Request: file is too big", "too_large"),
        (400, "Bad Request: message thread not found", "topic_gone"),
        (400, "Bad Request: something new", "refused"),
        (413, "Request Entity Too Large", "too_large"),
    ],
)
def test_what_telegram_refuses_is_not_tried_again(
    api: LocalBotApi, desk: Desk, status: int, words: str, code: str
) -> None:
    api.script["sendMessage"].append(refusal(status, words))
    error = desk.fail(text())
    assert (error.code, error.permanent, error.uncertain, error.scope) == (code, True, False, "chat")
    assert len(api.calls) == 1


def test_a_large_upload_may_be_refused_by_a_page(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendDocument"].append(Answer(413, b"<html>413 Request Entity Too Large</html>"))
    assert desk.fail(a_file("document", "application/pdf")).code == "too_large"


def test_a_moved_group_says_where_to(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendMessage"].append(
        refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009)
    )
    error = desk.fail(text())
    assert (error.code, error.moved_to, error.permanent) == ("migrated", "-1009", False)


def test_a_pause_is_as_long_as_telegram_says(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendMessage"].append(refusal(429, "Too Many Requests: retry after 37", retry_after=37))
    error = desk.fail(text())
    assert (error.code, error.retry_after, error.permanent, error.uncertain) == ("rate_limited", 37, False, False)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refusal(401, "Unauthorized"), "token_revoked"),
        (refusal(500, "Internal Server Error: restart"), "server"),
        (Answer(502, b"<html><h1>502 Bad Gateway</h1></html>"), "server"),
        (Answer(403, b"<html>The filter of this school</html>"), "not_telegram"),
        (Answer(302, b""), "not_telegram"),
    ],
)
def test_what_concerns_the_whole_connection_is_tried_again(
    api: LocalBotApi, desk: Desk, answer: Answer, code: str
) -> None:
    api.script["sendMessage"].append(answer)
    error = desk.fail(text())
    assert (error.code, error.scope, error.permanent, error.uncertain) == (code, "connection", False, False)


@pytest.mark.parametrize(
    "behaviour",
    [
        HangUp(),
        Answer(200, b'{"ok":true,"result":{"message_id":1', cut=500),
        Answer(200, b"<html>hello</html>"),
        Answer(200, b'{"ok":true}'),
        Answer(200, b'{"ok":true,"result":true}'),
    ],
)
def test_a_request_that_went_out_without_a_readable_answer_is_uncertain(
    api: LocalBotApi, desk: Desk, behaviour: Answer | HangUp
) -> None:
    api.script["sendMessage"].append(behaviour)
    error = desk.fail(text())
    assert (error.code, error.uncertain, error.permanent) == ("uncertain", True, False)
    assert desk.left == 1


def test_an_answer_that_takes_too_long_is_uncertain(
    api: LocalBotApi, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "request_seconds", lambda: 0.3)
    api.script["sendMessage"].append(Answer(200, b"{}", after=1))
    assert desk.fail(text()).uncertain


def test_an_upload_that_was_cut_was_certainly_not_sent(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendDocument"].append(Refuse())
    error = desk.fail(a_file("document", "application/pdf"), file=HeldFile(40, bytes(8 << 20)))
    assert (error.code, error.uncertain, error.permanent, error.scope) == ("network", False, False, "connection")


def test_what_never_connected_never_left(api: LocalBotApi, desk: Desk) -> None:
    api.close()
    error = desk.fail(text())
    assert (error.code, error.uncertain, error.permanent, error.scope) == ("network", False, False, "connection")
    assert desk.left == 0


def test_if_it_cannot_be_marked_as_leaving_it_does_not_leave(api: LocalBotApi, desk: Desk) -> None:
    def fail() -> None:
        raise LookupError("the row is gone")

    (piece,) = desk.plan(text())
    with pytest.raises(LookupError, match="the row is gone"):
        desk.channel.send(desk.connection, "5", piece, {}, fail)
    time.sleep(0.1)
    assert api.calls == []


def test_it_is_marked_before_the_first_byte(api: LocalBotApi, desk: Desk) -> None:
    seen: list[int] = []
    (piece,) = desk.plan(text())
    desk.channel.send(desk.connection, "5", piece, {}, lambda: seen.append(len(api.calls)))
    assert seen == [0]


@pytest.mark.parametrize(
    ("kind", "file", "code"),
    [
        ("document", HeldFile(40, b"x", claimed_size=(50 << 20) + 1), "too_large"),
        ("photo", HeldFile(40, b"x", claimed_size=(10 << 20) + 1), "too_large"),
        ("document", LostFile(40, b""), "file_missing"),
    ],
)
def test_a_file_that_cannot_go_is_not_even_tried(
    api: LocalBotApi, desk: Desk, kind: PartKind, file: HeldFile, code: str
) -> None:
    error = desk.fail(a_file(kind, ""), file=file)
    assert (error.code, error.permanent, desk.left, api.calls) == (code, True, 0, [])


def test_a_missing_file_is_said(desk: Desk) -> None:
    (piece,) = desk.plan(a_file("document", ""))
    with pytest.raises(SendError) as caught:
        desk.send_piece(piece, {})
    assert caught.value.code == "file_missing"


def test_a_piece_that_makes_no_sense_is_given_up(desk: Desk) -> None:
    with pytest.raises(SendError) as caught:
        desk.send_piece(Piece("location", {"data": {}}, (0,)), {})
    assert (caught.value.code, caught.value.permanent, desk.left) == ("unsendable", True, 0)


def test_many_threads_send_at_once(api: LocalBotApi, desk: Desk) -> None:
    (piece,) = desk.plan(text())
    got: list[str] = []

    def send() -> None:
        got.append(desk.channel.send(desk.connection, "5", piece, {}, desk.leave).references[0][1].message)

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(set(got)) == 12
    assert desk.left == 12


def test_a_hanging_send_does_not_hold_up_the_others(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendMessage"].append(Answer(200, b"{}", after=1.5))
    (piece,) = desk.plan(text())
    errors: list[SendError] = []

    def hang() -> None:
        try:
            desk.send_piece(piece, {})
        except SendError as error:
            errors.append(error)

    hanging = threading.Thread(target=hang)
    hanging.start()
    while not api.calls:
        time.sleep(0.01)
    began = time.monotonic()
    desk.send_piece(piece, {})
    assert time.monotonic() - began < 1
    hanging.join(10)
    assert errors[0].uncertain
