"""What a map file says of itself is checked before it is used."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from appliance_maps.archive import HEADER, Archive, Unusable, check_header, read_archive, read_metadata
from plugins.maps.tests.archives import BOUNDS, write_images, write_vectors

# Where the fields of the header stand, to spoil them one by one.
VERSION, DATA_LENGTH, INNER, KIND, MOST, WEST = 1, 9, 14, 16, 18, 19


def spoil(file: Path, index: int, value: Any) -> Path:
    content = file.read_bytes()
    values = list(HEADER.unpack_from(content))
    values[index] = value
    file.write_bytes(HEADER.pack(*values) + content[HEADER.size :])
    return file


def test_it_reads_a_file_of_images(tmp_path: Path) -> None:
    archive = read_archive(write_images(tmp_path / "town.pmtiles"))
    assert archive == Archive("image/png", BOUNDS, 4, 5, "© OpenStreetMap & others")


def test_it_reads_a_file_of_vectors(tmp_path: Path) -> None:
    archive = read_archive(write_vectors(tmp_path / "town.pmtiles"))
    assert (archive.kind, archive.layers) == ("vector", ("earth",))


@pytest.mark.parametrize(
    ("index", "value", "words"),
    [
        (VERSION, 2, "another version"),
        (DATA_LENGTH, 1 << 40, "cut off"),
        (KIND, 5, "neither vectors"),
        (KIND, 0, "neither vectors"),
        (INNER, 3, "compressed"),
        (MOST, 3, "zooms"),
        (MOST, 200, "zooms"),
        (WEST, 2_000_000_000, "which part"),
    ],
)
def test_it_says_what_is_wrong_with_a_header(tmp_path: Path, index: int, value: int, words: str) -> None:
    file = spoil(write_images(tmp_path / "town.pmtiles"), index, value)
    with pytest.raises(Unusable, match=words):
        read_archive(file)


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"GIF89a" + bytes(200), b"PK\x03\x04" + bytes(200)])
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(Unusable, match="not a PMTiles file"):
        check_header(content, len(content))


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x1f\x8b broken", gzip.compress(b"[1]"), gzip.compress(b"{" * 9000), gzip.compress(bytes(64 << 20))],
    ids=["empty", "broken", "a list", "unfinished", "a bomb"],  # gzip notes the time: no name for a test
)
def test_a_description_that_cannot_be_read_is_empty(raw: bytes) -> None:
    assert read_metadata(raw, 2) == {}
