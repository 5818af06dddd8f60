"""Kinds with no bubble of their own show by their name and whatever they say; the others as what they are."""

from __future__ import annotations

from typing import Any

import pytest

from appliance import Entity
from appliance_telegram.units import count_units
from plugins.telegram.tests.reading import read_message, read_part

PHOTO = [{"file_id": "P1", "file_unique_id": "U1", "width": 90, "height": 60, "file_size": 10}]
FILE = {"file_id": "F1", "file_unique_id": "U2", "width": 320, "height": 240, "duration": 3, "file_size": 100}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("paid_media", {"star_count": 5, "paid_media": [{"type": "photo", "photo": PHOTO}]}, "for stars"),
        ("story", {"chat": {"id": -1, "title": "Spin News", "type": "channel"}, "id": 3}, "Spin News"),
        ("checklist", {"title": "Shopping", "tasks": [{"id": 1, "text": "Tea"}]}, "Shopping\nTea"),
        ("live_photo", {"file_id": "L1"}, "for stars"),
        ("giveaway", {"chats": [], "winner_count": 2, "prize_description": "a kettle"}, "a kettle"),
        ("giveaway_winners", {"winners": [{"id": 1, "first_name": "Ann"}], "prize_description": "tea"}, "Ann\ntea"),
        ("rich_message", {"blocks": [{"type": "paragraph", "text": [{"text": "Dear "}, "shop"]}]}, "Dear shop"),
        ("game", {"title": "Chess", "description": "a game", "photo": PHOTO}, "Chess\na game"),
        ("invoice", {"title": "Kettle", "description": "blue", "currency": "EUR"}, "Kettle\nblue"),
        ("gift", {"gift": {"id": "1"}, "text": "for you"}, "for you"),
        ("invented_in_2031", {"content": {"text": "words of tomorrow"}}, "words of tomorrow"),
        ("invented_without_words", {"number": 5}, ""),
        ("invented_flag", True, ""),
    ],
)
def test_a_kind_without_a_bubble_is_named(field: str, value: Any, words: str) -> None:
    caption = {"caption": "for stars"} if words == "for stars" else {}
    part = read_part({field: value, **caption})
    assert (part.kind, part.data["name"]) == ("unknown", field)
    assert part.text == words


def test_ciphers_are_not_shown() -> None:
    sealed = {"data": [{"type": "passport", "data": "c2VjcmV0"}], "credentials": {"data": "c2VjcmV0"}}
    assert read_part({"passport_data": sealed}).text == ""


@pytest.mark.parametrize("field", ["video", "video_note", "animation", "audio", "document"])
@pytest.mark.parametrize("key", ["thumbnail", "thumb"])
def test_small_pictures_come_along(field: str, key: str) -> None:
    part = read_part({field: {**FILE, "length": 240, key: PHOTO[0]}})
    assert part.kind == field
    assert part.thumbnail is not None
    assert (part.thumbnail.remote_id, part.thumbnail.mime) == ("P1", "image/jpeg")


def test_the_specific_kind_is_seen_first() -> None:
    place = {"latitude": 41.9, "longitude": 12.5}
    assert read_part({"document": FILE, "animation": FILE}).kind == "animation"
    assert read_part({"location": place, "venue": {"location": place, "title": "T", "address": "A"}}).kind == "venue"


def test_a_live_photo_is_its_picture_and_its_film() -> None:
    parts = read_message({"photo": PHOTO, "live_photo": FILE, "caption": "look"}).parts
    assert [(part.kind, part.text, dict(part.data)) for part in parts] == [
        ("photo", "look", {}),
        ("video", "", {"name": "live_photo"}),
    ]


def test_a_poll_says_what_it_is_about() -> None:
    poll = {"question": "Which?", "options": [{"text": "A"}, {"text": "B"}], "description": "of the kettles"}
    part = read_part({"poll": poll})
    assert (part.kind, part.text) == ("poll", "of the kettles")
    assert part.data == {"question": "Which?", "options": ["A", "B"]}


@pytest.mark.parametrize("before", ["👍🏽 ", "𝒳𝒴", "👨‍👩‍👧‍👦", "e\u0301", "🇷🇺 флаг "])
def test_formatting_stands_where_it_stood_after_astral_characters(before: str) -> None:
    text = f"{before}bold end"
    entities = [{"type": "bold", "offset": count_units(before), "length": 4}]
    for content in (
        {"text": text, "entities": entities},
        {"photo": PHOTO, "caption": text, "caption_entities": entities},
    ):
        part = read_part(content)
        assert part.entities == (Entity("bold", len(before), 4),)
        assert part.text[part.entities[0].offset :][:4] == "bold"
