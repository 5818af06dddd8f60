"""Sending over real HTTP: each kind goes as its own call, and the answer says what was made of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from appliance import Entity, OutgoingPart, PartKind, Reference
from plugins.telegram.tests.desk import PDF, Desk, a_file, text
from plugins.telegram.tests.held_file import WatchedFile
from plugins.telegram.tests.local_bot_api import Call, LocalBotApi, refusal, result


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


def test_the_id_of_what_went_as_something_else_is_not_kept(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendDocument"].append(result({"message_id": 5, "document": {"file_id": "doc"}}))
    api.script["sendVideo"].append(
        result({"message_id": 6, "animation": {"file_id": "gif"}, "document": {"file_id": "x"}})
    )
    assert desk.send(a_file("photo", "image/heic")).remote_ids == {}
    assert desk.send(a_file("video", "video/mp4")).remote_ids == {}


def test_an_id_telegram_has_forgotten_is_sent_as_bytes_and_announced_once(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendPhoto"].append(refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
    desk.send(a_file("photo", "image/jpeg", remote_id="old"))
    assert [bool(call.files) for call in api.calls] == [False, True]
    assert desk.left == 1


def test_an_album_that_was_sent_before_uploads_nothing(api: LocalBotApi, desk: Desk) -> None:
    desk.send(a_file("photo", "image/jpeg", remote_id="one"), a_file("video", "video/mp4", remote_id="two"))
    call = one_call(api, "sendMediaGroup")
    assert [item["media"] for item in json.loads(call.params["media"])] == ["one", "two"]
    assert call.files == {}


def test_an_album_of_which_telegram_forgot_a_file_is_sent_as_bytes(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendMediaGroup"].append(refusal(400, "Bad Request: wrong file identifier/HTTP URL specified"))
    desk.send(a_file("photo", "image/jpeg", remote_id="one"), a_file("video", "video/mp4", remote_id="two"))
    assert [len(call.files) for call in api.calls] == [0, 2]
    assert desk.left == 1


def test_a_forgotten_file_that_the_box_has_not_either_is_gone(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendSticker"].append(refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
    error = desk.fail(OutgoingPart(0, "sticker", remote_id="old"))
    assert (error.code, error.permanent, len(api.calls)) == ("file_gone", True, 1)


def test_an_answer_the_library_cannot_parse_is_still_sent(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendMessage"].append(result({"message_id": 9, "date": "yesterday", "chat": "here"}))
    assert desk.send(text()).references == ((0, Reference("5", "9")),)


def test_a_large_file_is_never_in_memory_whole(api: LocalBotApi, desk: Desk) -> None:
    desk.send(a_file("document", "application/pdf"), file=WatchedFile(40, bytes(3 << 20)))
    assert sum(WatchedFile.reads) == 3 << 20
    assert max(WatchedFile.reads) <= 64 << 10
    assert len(one_call(api, "sendDocument").files["document"][1]) == 3 << 20
