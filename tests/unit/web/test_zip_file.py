"""A ZIP archive that exists only while it is read."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import UTC, datetime

import pytest

from appliance.web import zip_layout
from appliance.web.zip_file import RunningSum, ZipFile
from appliance.web.zip_layout import Member

AT = datetime(2026, 3, 5, 14, 7, 31, tzinfo=UTC)
CONTENTS = [b"one" * 100_000, b"", "три".encode() * 7]


def make(contents: list[bytes]) -> ZipFile:
    members = [Member(f"файл {number}.txt", len(content), AT) for number, content in enumerate(contents)]
    return ZipFile(members, [lambda content=content: io.BytesIO(content) for content in contents])


def read_whole(archive: ZipFile, step: int) -> bytes:
    """As a server reads: a look at what comes, then on by what the socket took."""
    taken = io.BytesIO()
    while len(taken.getvalue()) < archive.size:
        at = archive.tell()
        found = archive.read(step)
        archive.seek(at)
        sent = max(1, len(found) // 2)
        taken.write(found[:sent])
        archive.seek(sent, io.SEEK_CUR)
    return taken.getvalue()


@pytest.mark.parametrize("step", [16_384, 1 << 20])
def test_it_is_an_archive_like_any_other(step: int) -> None:
    with zipfile.ZipFile(io.BytesIO(read_whole(make(CONTENTS), step))) as archive:
        assert archive.testzip() is None
        assert [archive.read(info) for info in archive.infolist()] == CONTENTS
        assert [info.filename for info in archive.infolist()] == ["файл 0.txt", "файл 1.txt", "файл 2.txt"]
        assert archive.infolist()[0].date_time == (2026, 3, 5, 14, 7, 30)


def test_it_reads_the_same_in_any_order() -> None:
    whole = read_whole(make(CONTENTS), 65_536)
    places = list(range(0, len(whole), 1000))
    random.Random(1).shuffle(places)
    archive = make(CONTENTS)
    for place in places:
        archive.seek(place)
        found = archive.read(50)
        assert found
        assert whole[place:].startswith(found)
    archive.seek(-22, io.SEEK_END)
    assert archive.read(22) == whole[-22:]
    assert archive.read(1) == b""


def test_a_member_that_became_shorter_ends_the_download() -> None:
    archive = ZipFile([Member("a", 10, AT)], [lambda: io.BytesIO(b"only 6")])
    archive.seek(31)
    assert archive.read(10) == b"only 6"
    with pytest.raises(EOFError):
        archive.read(4)


def test_bytes_that_come_twice_are_counted_once() -> None:
    running = RunningSum()
    for at, found in ((0, b"abc"), (1, b"bcd"), (9, b"late"), (4, b"ef")):
        running.see(at, found)
    assert (running.upto, running.crc) == (6, zipfile.crc32(b"abcdef"))


class Zeros(io.RawIOBase):
    """So many zeros, and not one of them anywhere."""

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        return bytes(size)


def test_an_archive_over_four_gigabytes_says_so_in_the_long_form() -> None:
    large = 5 << 30
    members = [Member("large", large, AT), Member("behind", 3, AT)]
    archive = ZipFile(members, [Zeros, lambda: io.BytesIO(b"end")])
    tail = 400
    archive.seek(-tail, io.SEEK_END)
    skipped = archive.size - tail
    archive._sums[0].crc, archive._sums[0].upto = 0x12345678, large  # nobody wants to wait for five gigabytes
    behind = b"".join(iter(lambda: archive.read(tail), b""))

    class Distant(io.BytesIO):
        """The end of a file whose beginning is far away."""

        def seek(self, offset: int, whence: int = 0) -> int:
            return super().seek(offset - (0 if whence else skipped), whence) + skipped

        def tell(self) -> int:
            return super().tell() + skipped

    with zipfile.ZipFile(Distant(behind)) as read:
        assert [(info.filename, info.file_size) for info in read.infolist()] == [("large", large), ("behind", 3)]
        assert read.infolist()[1].header_offset > large
        assert read.read("behind") == b"end"


def test_times_before_nineteen_eighty_are_moved_there() -> None:
    header = zip_layout.header(Member("a", 1, AT.replace(year=1970)))
    assert int.from_bytes(header[12:14], "little") >> 9 == 0
