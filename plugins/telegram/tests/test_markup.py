"""Quick answers and requests: the keyboard stands below the last message that can have it."""

from __future__ import annotations

from typing import Any

import pytest

from appliance import Ask, Manner, OutgoingPart, Piece, Reference
from appliance_telegram.planning import plan_message
from plugins.telegram.tests.planned import outgoing, part

YES_NO = Manner(buttons=("Yes", "No"))


def plan(*parts: OutgoingPart, manner: Manner = YES_NO, address: str = "5") -> tuple[Piece, ...]:
    return plan_message(outgoing(*parts, manner=manner, address=address))


def carriers(pieces: tuple[Piece, ...]) -> list[tuple[str, bool]]:
    return [(piece.kind, "markup" in piece.payload) for piece in pieces]


def request(ask: Ask, address: str = "5", *parts: OutgoingPart) -> Any:
    (piece,) = plan(*(parts or (part("text", "Where are you?"),)), manner=Manner(ask=ask), address=address)
    return piece.payload.get("markup")


def test_short_answers_stand_in_one_row() -> None:
    (piece,) = plan(part("text", "Is it yours?"))
    assert piece.payload["markup"] == {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "answer:0"}, {"text": "No", "callback_data": "answer:1"}]]
    }


def test_long_answers_have_a_row_each_and_are_cut() -> None:
    (piece,) = plan(part("text", "When?"), manner=Manner(buttons=("Tomorrow before noon", "x" * 90)))
    rows = piece.payload["markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Tomorrow before noon"], ["x" * 39 + "…"]]


def test_an_empty_answer_has_no_button_and_the_others_keep_their_numbers() -> None:
    (piece,) = plan(part("text", "When?"), manner=Manner(buttons=("Now", " \n", "Later\n  today")))
    (row,) = piece.payload["markup"]["inline_keyboard"]
    assert [(button["text"], button["callback_data"]) for button in row] == [
        ("Now", "answer:0"),
        ("Later today", "answer:2"),
    ]


def test_the_last_piece_of_a_long_text_has_the_buttons() -> None:
    assert carriers(plan(part("text", "x" * 9000))) == [("text", False), ("text", False), ("text", True)]


@pytest.mark.parametrize("kind", ["photo", "video_note", "voice", "sticker", "location", "contact"])
def test_every_single_message_can_have_them(kind: Any) -> None:
    assert carriers(plan(part(kind)))[-1][1]


def test_words_of_an_album_become_a_message_to_have_them() -> None:
    assert carriers(plan(part("photo", "Which one?"), part("photo"))) == [("album", False), ("text", True)]
    assert carriers(plan(part("text", "Which one?"), part("photo"), part("photo"))) == [
        ("text", True),
        ("album", False),
    ]


def test_an_album_without_words_gives_up_its_last_file() -> None:
    pieces = plan(*[part("photo")] * 3)
    assert carriers(pieces) == [("album", False), ("photo", True)]
    assert [piece.parts for piece in pieces] == [(0, 1), (2,)]


def test_an_album_keeps_its_words_where_something_else_can_have_them() -> None:
    pieces = plan(part("photo", "look"), part("photo"), part("document"))
    assert carriers(pieces) == [("album", False), ("document", True)]
    assert pieces[0].payload["items"][0]["caption"] == "look"


def test_it_asks_for_the_location_in_the_customers_words() -> None:
    words = part("text", "Where are you?", data={"button": "Отправить место"})
    assert request("location", "5", words) == {
        "keyboard": [[{"text": "Отправить место", "request_location": True}]],
        "one_time_keyboard": True,
        "resize_keyboard": True,
    }


def test_it_asks_for_the_phone_number_even_without_words() -> None:
    assert request("phone")["keyboard"] == [[{"text": "📞", "request_contact": True}]]


@pytest.mark.parametrize("ask", ["photo", "video"])
def test_what_telegram_has_no_button_for_is_asked_in_words_only(ask: Ask) -> None:
    assert request(ask) is None


@pytest.mark.parametrize("address", ["-100500", "Conn1:5"])
def test_only_the_bots_own_private_chats_are_asked_by_button(address: str) -> None:
    assert request("phone", address) is None


def test_answers_beside_a_request_are_said_by_pressing_them() -> None:
    (piece,) = plan(part("text", "Where?"), manner=Manner(buttons=("Not now",), ask="location"))
    assert piece.payload["markup"]["keyboard"] == [[{"text": "📍", "request_location": True}], [{"text": "Not now"}]]


def test_links_show_nothing_where_that_is_not_wanted() -> None:
    pieces = plan(part("text", "x" * 1500), part("photo", "look"), manner=Manner(preview=False))
    assert [piece.payload.get("preview") for piece in pieces] == [False, None]
    assert "preview" not in plan(part("text", "x"), manner=Manner())[0].payload


def test_a_reply_with_buttons_is_both() -> None:
    first, second = plan_message(outgoing(part("text", "x" * 5000), manner=YES_NO, reply_to=Reference("5", "77")))
    assert (first.payload.get("reply_to"), "markup" in first.payload) == ("77", False)
    assert (second.payload.get("reply_to"), "markup" in second.payload) == (None, True)
