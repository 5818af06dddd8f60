"""Sends that fail over real HTTP: each failure is called by its right name, above all whether the message left."""

from __future__ import annotations

import threading
import time

import pytest

from appliance import PartKind, Piece, SendError
from appliance_telegram import timeouts
from plugins.telegram.tests.desk import Desk, a_file, text
from plugins.telegram.tests.held_file import HeldFile, LostFile
from plugins.telegram.tests.local_bot_api import Answer, HangUp, LocalBotApi, Refuse, refusal


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


@pytest.mark.parametrize("seconds", [1, 37, 3000, 10_072])
def test_a_pause_is_as_long_as_telegram_says(api: LocalBotApi, desk: Desk, seconds: int) -> None:
    api.script["sendMessage"].append(refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))
    error = desk.fail(text())
    assert (error.code, error.retry_after, error.permanent, error.uncertain) == ("rate_limited", seconds, False, False)
    # It may be meant for the whole bot; the answer does not say so, the next chat's will.
    assert error.scope == "chat"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
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


def test_a_revoked_token_waits_for_a_new_one(api: LocalBotApi, desk: Desk) -> None:
    api.script["sendMessage"].append(refusal(401, "Unauthorized"))
    error = desk.fail(text())
    assert (error.code, error.scope, error.permanent) == ("token_revoked", "connection", True)


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
        ("document", HeldFile(40, b"x", claimed_size=(2000 << 20) + 1), "too_large"),
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
    api.script["sendMessage"].append(Answer(200, b"{}", after=4.0))
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
    assert time.monotonic() - began < 3
    hanging.join(10)
    assert errors[0].uncertain
