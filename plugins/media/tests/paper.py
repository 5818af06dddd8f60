"""Documents and drawings written by hand: PDFs of as many pages as one likes, vector stickers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

LOCK = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>"


def write_pdf(target: Path, pages: int, size: tuple[int, int] = (595, 842), locked: bool = False) -> None:
    """Each page says which one it is; page one is red at the top left. `locked`: it opens with a password alone."""
    numbers = range(1, pages + 1)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(b"%d 0 R" % (2 + 2 * n) for n in numbers)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number in numbers:
        colour = b"1 0 0 rg 0 %d 100 100 re f 0 g " % (size[1] - 100) if number == 1 else b""
        drawn = colour + b"BT /F1 24 Tf 20 20 Td (This is page %d) Tj ET" % number
        resources = b"/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]%s/Contents %d 0 R>>" % (*size, resources, 3 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    target.write_bytes(_bind(objects, b"/ID[<00><00>]/Encrypt " + LOCK if locked else b""))


def _bind(objects: list[bytes], more: bytes) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    index = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\n" % (size, index, size, more)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)


def draw_ball(**changes: Any) -> dict[str, Any]:
    """A half transparent red ball that flies over 512 x 512 within a second; `changes` replace what stands outside."""
    flight = [{"t": 0, "s": [100, 256], "i": {"x": 1, "y": 1}, "o": {"x": 0, "y": 0}}, {"t": 60, "s": [400, 256]}]
    still = {"a": 0, "k": 100}
    ball = {"ty": "el", "p": {"a": 0, "k": [0, 0]}, "s": {"a": 0, "k": [160, 160]}}
    paint = {"ty": "fl", "c": {"a": 0, "k": [1, 0, 0, 1]}, "o": {"a": 0, "k": 50}}
    whole = {"p": {"a": 0, "k": [0, 0]}, "a": {"a": 0, "k": [0, 0]}, "s": {"a": 0, "k": [100, 100]}}
    group = {"ty": "gr", "it": [ball, paint, {"ty": "tr", **whole, "r": {"a": 0, "k": 0}, "o": still}]}
    place = {**whole, "p": {"a": 1, "k": flight}, "r": {"a": 0, "k": 0}, "o": still}
    layer = {"ty": 4, "ip": 0, "op": 60, "st": 0, "ks": place, "shapes": [group]}
    return {"tgs": 1, "v": "5.5", "fr": 60, "ip": 0, "op": 60, "w": 512, "h": 512, "layers": [layer], **changes}


def write_sticker(target: Path, drawing: Any) -> None:
    target.write_bytes(gzip.compress(json.dumps(drawing).encode()))
