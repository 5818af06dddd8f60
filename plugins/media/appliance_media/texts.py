"""Plain text as the page may show it: UTF-8, not too long, nothing in it that steers a screen."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from appliance import MadeRendition

MOST_BYTES = 200 * 1024
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
RUSSIAN_ENCODINGS = ("cp1251", "cp866", "koi8-r")  # Windows, its command line, old mail
COMMON_LETTERS = frozenset("оеаинтсрвлкмдпу")
# Colours of a terminal; then what neither ends a line nor is a tab; then what turns the direction of writing around.
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
NO_READING = (b"{\\rtf", b"%!PS", b"%PDF-")  # written in letters, not for people


def read_text(source: Path, folder: Path) -> list[MadeRendition]:
    """'text' of a file that is one, by its bytes; nothing of any other."""
    with source.open("rb") as file:
        return make_text(file.read(MOST_BYTES + 4), folder)


def make_text(data: bytes, folder: Path) -> list[MadeRendition]:
    """'text' of the first 200 KB of `data`; `data` of the rendition says whether there is more."""
    text = None if data.startswith(NO_READING) else decode(data[:MOST_BYTES])
    cleaned = clean(text).encode("utf-8") if text else b""
    if not cleaned.strip():
        return []
    target = folder / "text.txt"
    target.write_bytes(_whole_letters(cleaned[:MOST_BYTES]))
    is_cut = len(data) > MOST_BYTES or len(cleaned) > MOST_BYTES
    return [MadeRendition("text", target, "text/plain", data={"cut": is_cut})]


def decode(data: bytes) -> str | None:
    """The text in these bytes, which may end in the middle of a letter; None when they are no text."""
    for start, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(start):
            return _if_readable(_decode(data[len(start) :], encoding))
    if b"\0" in data:
        return None
    return _if_readable(_decode(data, "utf-8") or _guess(data))


def clean(text: str) -> str:
    """One kind of line ends; no control characters."""
    lines = ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return CONTROLS.sub("", lines)


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None


def _guess(data: bytes) -> str | None:
    """One byte a letter: Russian where what comes out looks like it, else western European."""
    texts = [text for encoding in RUSSIAN_ENCODINGS if (text := _decode(data, encoding)) is not None]
    best = max(texts, key=_looks_russian, default="")
    if _looks_russian(best) > 0.3:
        return best
    accents = sum(byte > 0x7F for byte in data)
    return _decode(data, "cp1252") if accents * 3 < len(data) else None


def _looks_russian(text: str) -> float:
    """How much of all that is not ASCII are the commonest small letters, in words that are Cyrillic throughout."""
    others = sum(not letter.isascii() for letter in text)
    words = re.findall(r"[а-яё]{2,}", text)
    return sum(letter in COMMON_LETTERS for word in words for letter in word) / others if others else 0.0


def _if_readable(text: str | None) -> str | None:
    """Bytes of a program can be read as letters, too; what gives them away is what no text contains."""
    if text is None:
        return None
    strange = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]", text))
    return None if strange * 50 > len(text) else text


def _whole_letters(data: bytes) -> bytes:
    return data.decode("utf-8", "ignore").encode("utf-8")
