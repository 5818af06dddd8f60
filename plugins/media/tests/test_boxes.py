from __future__ import annotations

import struct
from pathlib import Path

import pytest

from appliance_media.boxes import is_cut
from plugins.media.tests.conftest import Corpus
from plugins.media.tests.handmade import box


@pytest.mark.parametrize("name", ["plain.mp4", "index_last.mp4", "fragmented.mp4", "camera.mov", "memo.m4a"])
def test_a_whole_film_is_not_cut(corpus: Corpus, name: str) -> None:
    assert not is_cut(corpus[name])


@pytest.mark.parametrize("name", ["cut.mp4", "cut_late.mp4"])
def test_a_film_that_broke_off_is_cut(corpus: Corpus, name: str) -> None:
    assert is_cut(corpus[name])


@pytest.mark.parametrize(
    ("tail", "cut"),
    [
        (struct.pack(">I4s", 0, b"mdat") + bytes(9), False),  # up to the end of the file
        (struct.pack(">I4sQ", 1, b"mdat", 25) + bytes(9), False),
        (struct.pack(">I4sQ", 1, b"mdat", 1 << 40) + bytes(9), True),
        (struct.pack(">I4s", 3, b"mdat") + bytes(9), False),  # shorter than its own header
        (box(b"mdat", bytes(9)) + bytes(5), False),  # a few stray bytes at the end
        (b"", False),
    ],
)
def test_it_knows_every_way_to_write_a_length(tmp_path: Path, tail: bytes, cut: bool) -> None:
    path = tmp_path / "film"
    path.write_bytes(box(b"ftyp", b"isom") + tail)
    assert is_cut(path) is cut
