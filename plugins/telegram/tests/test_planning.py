"""A message becomes the fewest legal sends, in order, each carrying the positions of its parts."""

from __future__ import annotations

from typing import Any

import pytest

from appliance import Entity, OutgoingPart, PartKind, Piece, Reference
from appliance_telegram.planning import plan_message
from plugins.telegram.tests.planned import outgoing, part


def plan(*parts: OutgoingPart, reply_to: Reference | None = None) -> tuple[Piece, ...]:
    return plan_message(outgoing(*parts, reply_to=reply_to))


def shape(pieces: tuple[Piece, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(piece.kind, piece.parts) for piece in pieces]


def test_a_text_of_4096_units_is_one_message() -> None:
    assert shape(plan(part("text", "💧" * 2048))) == [("text", (0,))]


def test_a_text_of_4097_units_is_two_messages() -> None:
    pieces = plan(part("text", "💧" * 2048 + "!"))
    assert shape(pieces) == [("text", (0,)), ("text", (0,))]


def test_formatting_goes_out_in_utf16_units() -> None:
    text = "💧 bold, link"
    entities = (Entity("bold", 2, 4), Entity("link", 8, 4, "https://tea.example/"), Entity("hashtag", 0, 1))
    (piece,) = plan(part("text", text, entities=entities))
    assert piece.payload["entities"] == [
        {"type": "bold", "offset": 3, "length": 4},
        {"type": "text_link", "offset": 9, "length": 4, "url": "https://tea.example/"},
    ]


def test_a_blank_text_still_has_its_piece() -> None:
    assert shape(plan(part("text", "  "))) == [("text", (0,))]


@pytest.mark.parametrize("kind", ["photo", "video", "voice", "audio", "animation", "document"])
def test_words_before_a_file_become_its_caption(kind: PartKind) -> None:
    (piece,) = plan(part("text", "look", entities=(Entity("bold", 0, 4),)), part(kind))
    assert (piece.kind, piece.parts) == (kind, (0, 1))
    assert piece.payload["items"][0]["caption"] == "look"
    assert piece.payload["items"][0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert piece.files == {"1": 40}


@pytest.mark.parametrize("kind", ["video_note", "sticker"])
def test_words_beside_what_takes_no_caption_are_a_message_of_their_own(kind: PartKind) -> None:
    assert shape(plan(part("text", "look"), part(kind))) == [("text", (0,)), (kind, (1,))]
    assert shape(plan(part(kind, "look"))) == [(kind, (0,)), ("text", (0,))]


def test_a_caption_of_1024_units_stays_and_one_of_1025_follows_as_text() -> None:
    assert shape(plan(part("photo", "x" * 1024))) == [("photo", (0,))]
    pieces = plan(part("photo", "x" * 1025))
    assert shape(pieces) == [("photo", (0,)), ("text", (0,))]
    assert "caption" not in pieces[0].payload["items"][0]
    assert pieces[1].payload["text"] == "x" * 1025


def test_long_words_before_a_file_stay_before_it() -> None:
    assert shape(plan(part("text", "x" * 1025), part("photo"))) == [("text", (0,)), ("photo", (1,))]


def test_photos_and_videos_share_an_album() -> None:
    (piece,) = plan(part("text", "look"), part("photo"), part("video"), part("photo"))
    assert (piece.kind, piece.parts) == ("album", (0, 1, 2, 3))
    assert [item["kind"] for item in piece.payload["items"]] == ["photo", "video", "photo"]
    assert piece.payload["items"][0]["caption"] == "look"


def test_an_album_has_at_most_ten() -> None:
    assert [len(piece.parts) for piece in plan(*[part("photo")] * 23)] == [10, 10, 3]
    assert [piece.kind for piece in plan(*[part("photo")] * 11)] == ["album", "photo"]


def test_kinds_that_may_not_mix_do_not() -> None:
    pieces = plan(part("photo"), part("document"), part("document"), part("audio"), part("voice"), part("voice"))
    assert shape(pieces) == [("photo", (0,)), ("album", (1, 2)), ("audio", (3,)), ("voice", (4,)), ("voice", (5,))]


def test_a_mix_keeps_its_order_and_loses_no_file() -> None:
    kinds: list[PartKind] = ["photo", "document", "audio", "photo", "voice", "photo", "photo", "document", "document"]
    pieces = plan(*(part(kind, file_id=50 + place) for place, kind in enumerate(kinds)))
    assert shape(pieces) == [
        ("photo", (0,)),
        ("document", (1,)),
        ("audio", (2,)),
        ("photo", (3,)),
        ("voice", (4,)),
        ("album", (5, 6)),
        ("album", (7, 8)),
    ]
    assert [file for piece in pieces for file in piece.files.values()] == list(range(50, 59))


def test_a_photo_too_large_for_one_leaves_the_album_as_a_document() -> None:
    pieces = plan(part("photo"), part("photo"), part("photo", size=11 << 20), part("photo"), part("photo"))
    assert shape(pieces) == [("album", (0, 1)), ("document", (2,)), ("album", (3, 4))]


def test_a_picture_attached_as_a_file_stays_one() -> None:
    pieces = plan(part("document", mime="image/jpeg"), part("document", mime="video/mp4"), part("photo"))
    assert shape(pieces) == [("album", (0, 1)), ("photo", (2,))]
    assert [item["kind"] for item in pieces[0].payload["items"]] == ["document", "document"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("photo", {"mime": "image/heic"}),
        ("photo", {"size": (10 << 20) + 1}),
        ("photo", {"width": 9000, "height": 2000}),
        ("photo", {"width": 2100, "height": 100}),
        ("voice", {"mime": "audio/webm;codecs=opus"}),
        ("video", {"mime": "video/x-matroska"}),
        ("audio", {"mime": "audio/flac"}),
    ],
)
def test_what_does_not_fit_its_kind_goes_as_a_document(kind: PartKind, fields: dict[str, Any]) -> None:
    (piece,) = plan(part(kind, "look", **fields))
    assert (piece.kind, piece.payload["items"][0]["caption"]) == ("document", "look")


def test_what_was_sent_before_keeps_its_kind() -> None:
    (piece,) = plan(part("photo", mime="", remote_id="AgAD", size=99 << 20))
    assert (piece.kind, piece.payload["items"][0]["remote_id"]) == ("photo", "AgAD")


def test_only_the_first_message_is_the_reply() -> None:
    first, second = plan(part("text", "x" * 5000), reply_to=Reference("5", "77"))
    assert first.payload["reply_to"] == "77"
    assert "reply_to" not in second.payload


def test_a_message_of_another_chat_cannot_be_replied_to() -> None:
    (piece,) = plan(part("text", "x"), reply_to=Reference("6", "77"))
    assert "reply_to" not in piece.payload


def test_lone_halves_of_letters_do_not_stop_the_message() -> None:
    (piece,) = plan(part("text", "a\ud83db"))
    assert piece.payload["text"] == "a\ufffdb"
