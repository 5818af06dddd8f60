"""Edits and deletions over real HTTP: what was done already counts as done, and a lost answer is asked for again."""

from __future__ import annotations

import json

import pytest

from appliance import Entity, Manner, OutgoingPart, Piece, PlanError, Reference, Revision, SendError
from appliance_telegram import timeouts
from plugins.telegram.tests.desk import Desk, a_file, text
from plugins.telegram.tests.local_bot_api import Answer, Call, HangUp, LocalBotApi, refusal


def revise(desk: Desk, part: OutgoingPart, manner: Manner | None = None) -> None:
    reference = Reference(desk.address, "101")
    (piece,) = desk.channel.plan_edit(Revision(desk.address, (part,), ((0, reference),), manner or Manner()))
    assert desk.send_piece(stored(piece), {}).references == ()


def stored(piece: Piece) -> Piece:
    return Piece(piece.kind, json.loads(json.dumps(piece.payload)), piece.parts)


def delete(desk: Desk, *numbers: int) -> None:
    for piece in desk.channel.plan_delete(desk.address, [Reference(desk.address, str(number)) for number in numbers]):
        assert desk.send_piece(stored(piece), {}).references == ()


def one_call(api: LocalBotApi, method: str) -> Call:
    (call,) = api.calls
    assert call.method == method
    return call


def test_a_text_is_edited_with_its_formatting_buttons_and_preview(api: LocalBotApi, desk: Desk) -> None:
    words = text("💧 new", entities=(Entity("bold", 2, 3),))
    revise(desk, words, Manner(buttons=("Yes",), preview=False))
    params = one_call(api, "editMessageText").params
    assert (params["chat_id"], params["message_id"], params["text"]) == ("5", "101", "💧 new")
    assert json.loads(params["entities"]) == [{"type": "bold", "offset": 3, "length": 3}]
    assert json.loads(params["link_preview_options"]) == {"is_disabled": True}
    assert json.loads(params["reply_markup"]) == {"inline_keyboard": [[{"text": "Yes", "callback_data": "answer:0"}]]}
    assert desk.left == 1


def test_a_caption_is_edited_and_no_file_goes_along(api: LocalBotApi, desk: Desk) -> None:
    revise(desk, a_file("photo", "image/jpeg", text="new"))
    call = one_call(api, "editMessageCaption")
    assert (call.params["message_id"], call.params["caption"], call.files) == ("101", "new", {})


def test_messages_are_deleted_together(api: LocalBotApi, desk: Desk) -> None:
    delete(desk, 101, 102)
    params = one_call(api, "deleteMessages").params
    assert (params["chat_id"], json.loads(params["message_ids"])) == ("5", [101, 102])


def test_a_single_message_is_deleted_by_itself(api: LocalBotApi, desk: Desk) -> None:
    """Only then Telegram says that it may not be."""
    delete(desk, 101)
    params = one_call(api, "deleteMessage").params
    assert (params["chat_id"], params["message_id"]) == ("5", "101")


def test_a_business_chat_is_revised_through_its_connection(api: LocalBotApi, desk: Desk) -> None:
    desk.address = "Conn1:5"
    revise(desk, text("new"))
    delete(desk, 101)
    edited, deleted = api.calls
    assert (edited.method, edited.params["business_connection_id"], edited.params["chat_id"]) == (
        "editMessageText",
        "Conn1",
        "5",
    )
    assert deleted.method == "deleteBusinessMessages"
    assert deleted.params == {"business_connection_id": "Conn1", "message_ids": "[101]"}


def test_what_reads_so_already_is_done(api: LocalBotApi, desk: Desk) -> None:
    words = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    api.script["editMessageText"].append(refusal(400, words))
    revise(desk, text("new"))


def test_what_is_gone_already_is_deleted(api: LocalBotApi, desk: Desk) -> None:
    api.script["deleteMessage"].append(refusal(400, "Bad Request: message to delete not found"))
    delete(desk, 101)


def fail_edit(desk: Desk) -> SendError:
    with pytest.raises(SendError) as caught:
        revise(desk, text("new"))
    return caught.value


@pytest.mark.parametrize(
    ("status", "words", "code"),
    [
        (400, "Bad Request: message to edit not found", "message_gone"),
        (400, "Bad Request: MESSAGE_ID_INVALID", "message_gone"),
        (400, "Bad Request: message can't be edited", "cannot_edit"),
        (400, "Bad Request: there is no text in the message to edit", "cannot_edit"),
        (400, "Bad Request: message is too long", "too_long"),
        (403, "Forbidden: bot was blocked by the user", "blocked"),
    ],
)
def test_an_edit_that_is_refused_is_not_tried_again(
    api: LocalBotApi, desk: Desk, status: int, words: str, code: str
) -> None:
    api.script["editMessageText"].append(refusal(status, words))
    error = fail_edit(desk)
    assert (error.code, error.permanent, error.scope) == (code, True, "chat")


@pytest.mark.parametrize("words", ["message can't be deleted for everyone", "message can't be deleted"])
@pytest.mark.parametrize("numbers", [(101,), (101, 102)])
def test_a_deletion_that_comes_too_late_says_so(
    api: LocalBotApi, desk: Desk, words: str, numbers: tuple[int, ...]
) -> None:
    api.script["deleteMessage" if len(numbers) == 1 else "deleteMessages"].append(refusal(400, f"Bad Request: {words}"))
    with pytest.raises(SendError) as caught:
        delete(desk, *numbers)
    assert (caught.value.code, caught.value.permanent) == ("cannot_delete", True)


@pytest.mark.parametrize(
    "behaviour", [HangUp(), Answer(200, b'{"ok":true,"result":', cut=500), Answer(200, b"<html>hello</html>")]
)
def test_an_edit_whose_answer_was_lost_is_tried_again(api: LocalBotApi, desk: Desk, behaviour: Answer | HangUp) -> None:
    api.script["editMessageText"].append(behaviour)
    error = fail_edit(desk)
    assert (error.code, error.uncertain, error.permanent) == ("unanswered", False, False)
    revise(desk, text("new"))


def test_a_deletion_that_takes_too_long_is_tried_again(
    api: LocalBotApi, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "request_seconds", lambda: 0.3)
    api.script["deleteMessages"].append(Answer(200, b"{}", after=1))
    with pytest.raises(SendError) as caught:
        delete(desk, 101, 102)
    assert (caught.value.uncertain, caught.value.permanent) == (False, False)


def test_an_edit_that_never_left_is_tried_again(api: LocalBotApi, desk: Desk) -> None:
    api.close()
    error = fail_edit(desk)
    assert (error.code, error.uncertain, desk.left) == ("network", False, 0)


def test_an_edit_waits_as_long_as_telegram_says(api: LocalBotApi, desk: Desk) -> None:
    api.script["editMessageText"].append(refusal(429, "Too Many Requests: retry after 3000", retry_after=3000))
    error = fail_edit(desk)
    assert (error.code, error.retry_after, error.scope) == ("rate_limited", 3000, "chat")


def test_an_edit_in_a_group_that_moved_is_given_up_rather_than_hit_another_message(
    api: LocalBotApi, desk: Desk
) -> None:
    desk.address = "-500"
    upgraded = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100500)
    api.script["editMessageText"].append(upgraded)
    (piece,) = desk.channel.plan_edit(Revision("-500", (text("new"),), ((0, Reference("-500", "101")),)))
    with pytest.raises(SendError) as caught:
        desk.send_piece(piece, {})
    assert (caught.value.code, caught.value.moved_to, caught.value.permanent) == ("migrated", "-100500", False)
    desk.address = "-100500"
    with pytest.raises(SendError) as caught:
        desk.send_piece(piece, {})
    assert (caught.value.code, caught.value.permanent, len(api.calls)) == ("message_gone", True, 1)


def test_every_reason_not_to_plan_has_its_words(desk: Desk) -> None:
    elsewhere = Reference("-7", "1")
    with pytest.raises(PlanError) as edited:
        desk.channel.plan_edit(Revision("5", (text(),), ((0, elsewhere),)))
    with pytest.raises(PlanError) as deleted:
        desk.channel.plan_delete("5", [elsewhere])
    assert all(desk.channel.texts[caught.value.code].advice for caught in (edited, deleted))
