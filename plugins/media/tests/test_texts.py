from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance import Lane, Prepared, Workplace
from appliance_media.texts import MOST_BYTES, clean, decode
from appliance_media.workshop import prepare

Place = Callable[[Lane], Workplace]
RUSSIAN = "Ошибка: не удалось подключиться к принтеру HP LaserJet. Проверьте кабель и питание.\n"
FRENCH = "Le câble est débranché: vérifiez l'imprimante à côté. Grüße, señor.\n"
READABLE = {
    "letter.txt": "Dear customer,\n\tthank you.\n",
    "prices.csv": "name;price\nкабель;12,50\n",
    "settings.json": '{"name": "касса", "port": 9100}\n',
    "feed.xml": "<?xml version='1.0'?><a>1</a>\n",
    "page.html": "<html><script>alert(1)</script></html>\n",
    "box.ini": "[net]\nip=10.0.0.2\n",
    "NOTES": "# Заметки\n",
    "car.txt": "BMW X5, engine error 4\n",  # begins as a bitmap does
    "music.txt": "ID3 tags are lost\n",
}


def read(path: Path, workplace: Workplace) -> tuple[str, bool]:
    (made,) = prepare(path, "document", workplace).renditions
    assert (made.kind, made.mime) == ("text", "text/plain")
    assert made.path is not None
    return made.path.read_bytes().decode("utf-8"), made.data["cut"]


@pytest.mark.parametrize("name", READABLE)
def test_a_text_can_be_read_whatever_it_is_called(tmp_path: Path, workplace: Place, name: str) -> None:
    (tmp_path / name).write_text(READABLE[name], encoding="utf-8")
    assert read(tmp_path / name, workplace("quick")) == (READABLE[name], False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r"])
def test_russian_is_read_in_every_encoding_it_comes_in(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == RUSSIAN


def test_utf_16_is_read_from_both_ends() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decode(mark + RUSSIAN.encode(encoding)) == RUSSIAN


def test_accents_are_not_taken_for_russian() -> None:
    assert decode(FRENCH.encode("cp1252")) == FRENCH


def test_a_log_in_capitals_with_little_russian_is_russian() -> None:
    text = "2026-01-02 10:00 WARN касса не отвечает\n" + "2026-01-02 10:01 INFO retry\n" * 50
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"PK\x03\x04\0\0",
        b"\x7fELF\x02\x01\x01\0",
        b"{\\rtf1 Hello}",
        os.urandom(4096),
        bytes(range(1, 256)) * 9,
    ],
)
def test_what_is_no_text_shows_nothing(tmp_path: Path, workplace: Place, data: bytes) -> None:
    (tmp_path / "file.txt").write_bytes(data)
    assert prepare(tmp_path / "file.txt", "document", workplace("quick")) == Prepared()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("a\r\nb\rc\fd\n", "a\nb\nc\nd\n"),
        ("bell\x07 back\x08 next\x85 \x7f", "bell back next "),
        ("invoice\u202efdp.exe \u2066x\u2069", "invoicefdp.exe x"),
        ("👩‍👩‍👧 и́ é", "👩‍👩‍👧 и́ é"),
    ],
)
def test_nothing_that_steers_a_screen_is_left(written: str, shown: str) -> None:
    assert clean(written) == shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_a_long_text_is_cut_between_letters(tmp_path: Path, workplace: Place, encoding: str) -> None:
    whole = RUSSIAN * 9000
    (tmp_path / "log.txt").write_bytes(whole.encode(encoding))
    text, cut = read(tmp_path / "log.txt", workplace("quick"))
    assert cut
    assert whole.startswith(text)
    # Of letters that are two bytes in the file and one in UTF-8, or the other way round, it is more or less.
    assert MOST_BYTES * 3 / 4 <= len(text.encode()) <= MOST_BYTES


def test_a_text_of_just_the_limit_is_whole(tmp_path: Path, workplace: Place) -> None:
    (tmp_path / "log.txt").write_bytes(b"x" * MOST_BYTES)
    assert read(tmp_path / "log.txt", workplace("quick")) == ("x" * MOST_BYTES, False)
