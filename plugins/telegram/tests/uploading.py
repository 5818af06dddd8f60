"""A process of its own that uploads one file and writes by how many bytes that raised its peak of memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from appliance import ConnectionInfo, Outgoing, OutgoingPart
from appliance_telegram.channel import TelegramChannel

TOKEN = "7000000001:AAtesttesttesttesttesttesttesttest"


@dataclass(frozen=True)
class FileOnDisk:
    id: int
    path: Path
    name: str = "film.mp4"
    mime: str = "video/mp4"

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def open(self) -> BinaryIO:
        return self.path.open("rb")

    @contextmanager
    def local_copy(self) -> Iterator[Path]:
        yield self.path


def peak() -> int:
    """The most memory this process ever had, in bytes. (The system's own accounting, getrusage, would begin with that
    of the process that started this one.)"""
    line = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) << 10


def upload(channel: TelegramChannel, connection: ConnectionInfo, path: Path) -> None:
    file = FileOnDisk(1, path)
    part = OutgoingPart(0, "document", file_id=1, name=file.name, mime=file.mime, size=file.size)
    (piece,) = channel.plan(Outgoing("5", (part,)))
    sent = channel.send(connection, "5", piece, dict.fromkeys(piece.files, file), lambda: None)
    assert sent.references


def main(url: str, small: str, large: str) -> None:
    channel = TelegramChannel()
    connection = ConnectionInfo(1, {"token": TOKEN, "api_url": url})
    # What the library and a first connection need is not the file's doing.
    upload(channel, connection, Path(small))
    before = peak()
    upload(channel, connection, Path(large))
    sys.stdout.write(str(peak() - before))
    channel.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
