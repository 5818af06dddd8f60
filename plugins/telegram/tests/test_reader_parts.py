"""Parts as they come: formatting, files, hostile values."""

from __future__ import annotations

import pytest

from appliance import (
    Entity,
    IncomingMessage,
)
from plugins.telegram.tests.reading import read_message, read_part, read_sample


def test_it_counts_formatting_in_code_points() -> None:
    message = read_sample("05-text-entities-after-emoji")
    assert isinstance(message, IncomingMessage)
    (part,) = message.parts
    assert [(entity.kind, part.text[entity.offset :][: entity.length]) for entity in part.entities] == [
        ("bold", "bold"),
        ("underline", "underline"),
        ("link", "look here"),
        ("bold", "here"),
    ]
    assert part.entities[2].url == "http://google.it/"


def test_it_leaves_out_formatting_beyond_the_text() -> None:
    entities = [
        {"type": "bold", "offset": 0, "length": 99},
        {"type": "italic", "offset": 50, "length": 2},
        {"type": "bold", "offset": -1, "length": 2},
        {"type": "bold", "offset": 1 << 70, "length": 1 << 70},
        {"type": 5, "offset": 0, "length": 1},
        {"type": "text_link", "offset": 0, "length": 2, "url": "javascript:alert(1)"},
        "bold",
    ]
    assert read_part({"text": "hi", "entities": entities}).entities == (Entity("bold", 0, 2),)


def test_it_gives_bare_addresses_a_scheme_and_dangerous_ones_none() -> None:
    text = "tea.example javascript:alert(1)"
    entities = [{"type": "url", "offset": 0, "length": 11}, {"type": "url", "offset": 12, "length": 19}]
    assert read_part({"text": text, "entities": entities}).entities == (Entity("link", 0, 11, "https://tea.example"),)


def test_it_mends_a_text_without_moving_its_formatting() -> None:
    part = read_part({"text": "a\x00b\ud83d\n\tc", "entities": [{"type": "bold", "offset": 6, "length": 1}]})
    assert part.text == "a\ufffdb\ufffd\n\tc"
    assert part.entities == (Entity("bold", 6, 1),)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("..", ""),
        ("a\x00b\n.txt", "a\ufffdb .txt"),
        ("x" * 300 + ".pdf", "x" * 180 + ".pdf"),
        (17, ""),
    ],
)
def test_it_makes_file_names_harmless(name: object, expected: str) -> None:
    file = read_part({"document": {"file_id": "D1", "file_name": name}}).file
    assert file is not None
    assert file.name == expected


@pytest.mark.parametrize("mime", ["text/html\r\nX: y", "nonsense", 5, "a" * 200 + "/b"])
def test_it_drops_types_that_are_none(mime: object) -> None:
    file = read_part({"document": {"file_id": "D1", "mime_type": mime}}).file
    assert file is not None
    assert file.mime == ""


@pytest.mark.parametrize("size", [-1, 1 << 80, "12", True, None, 1e400])
def test_it_drops_sizes_the_database_cannot_hold(size: object) -> None:
    file = read_part({"voice": {"file_id": "V1", "duration": size, "file_size": size}}).file
    assert file is not None
    assert (file.size, file.duration, file.mime) == (None, None, "audio/ogg")


def test_it_takes_the_largest_size_of_a_photo() -> None:
    message = read_sample("13-photo-caption-entities")
    assert isinstance(message, IncomingMessage)
    (part,) = message.parts
    assert part.file is not None
    assert part.thumbnail is not None
    assert (part.file.width, part.file.size, part.thumbnail.width) == (1280, 162061, 90)


def test_it_keeps_the_film_of_a_live_photo() -> None:
    content = {
        "photo": [{"file_id": "P1", "width": 9, "height": 9}],
        "live_photo": {"file_id": "L1", "photo": [], "width": 9, "height": 9, "duration": 3},
        "caption": "look",
    }
    assert [(part.kind, part.text) for part in read_message(content).parts] == [("photo", "look"), ("video", "")]


def test_it_reads_the_old_name_of_a_thumbnail() -> None:
    message = read_sample("23-video-note")
    assert isinstance(message, IncomingMessage)
    (part,) = message.parts
    assert part.file is not None
    assert part.thumbnail is not None
    assert (part.file.width, part.file.height, part.thumbnail.remote_id) == (384, 384, "Azdfgdfzgdfgdfdfggdf")


def test_it_believes_a_phone_number_only_if_it_is_the_senders_own() -> None:
    own, foreign = read_sample("48-contact-own-shared"), read_sample("49-contact-foreign-vcard")
    assert isinstance(own, IncomingMessage)
    assert isinstance(foreign, IncomingMessage)
    assert (own.author.phone, own.parts[0].data["own"]) == ("4915112345678", True)
    assert (foreign.author.phone, foreign.parts[0].data["own"]) == ("", False)
