"""A Bot API server of one's own: larger files, and with `--local` files that it has put on this machine's disk."""

from __future__ import annotations

import io
import os
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance import ConnectionInfo, RemoteFile, SendError
from appliance import box as running_box
from appliance.box import bind, unbind
from appliance_telegram import fetching, limits
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.local_bot_api import TOKEN, Answer, LocalBotApi, refusal, result

CONTENT = bytes(range(256)) * 4000
Fetch = Callable[[Path | str], bytes]


class DataFolder:
    """As much of the box as the plugin asks for here."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def folder(self, plugin: str) -> Path:
        folder = self.data / "plugin-data" / plugin
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def setting(self, _name: str) -> str:
        return ""

    def reply(self, _ticket_id: int, _text: str) -> int:
        return 0

    def ticket_of(self, _connection_id: int, _chat: str) -> int | None:
        return None

    def version(self) -> str:
        return "1"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    folder.mkdir()
    bind(DataFolder(folder))
    assert running_box().folder("telegram").is_relative_to(folder)
    yield folder
    unbind()


@pytest.fixture
def bots_folder(tmp_path: Path) -> Path:
    """Where the server keeps this bot's files."""
    folder = tmp_path / "bot-api" / TOKEN / "documents"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def fetch(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> Fetch:
    """The bytes of the file that the server says lies at this path."""

    def ask(path: Path | str, size: int = len(CONTENT)) -> bytes:
        api.script["getFile"].append(result({"file_id": "F1", "file_path": str(path), "file_size": size}))
        target = io.BytesIO()
        channel.fetch(connection, RemoteFile("F1", size=1 << 40), target)
        return target.getvalue()

    return ask


def code_of(fetch: Fetch, path: Path | str) -> str:
    with pytest.raises(SendError) as caught:
        fetch(path)
    return caught.value.code


def test_an_own_server_takes_and_gives_more(channel: TelegramChannel, connection: ConnectionInfo) -> None:
    own = channel.limits(connection)
    assert (own.upload_limit, own.download_limit) == (2000 << 20, 0)
    for address in ("", "https://api.telegram.org", "https://API.telegram.org/"):
        usual = channel.limits(ConnectionInfo(1, {"token": TOKEN, "api_url": address}))
        assert (usual.upload_limit, usual.download_limit) == (50 << 20, 20 << 20)
    assert channel.limits(ConnectionInfo(1, {"token": "nonsense"})) == channel.capabilities


def test_a_file_of_any_size_is_asked_for(fetch: Fetch, api: LocalBotApi) -> None:
    api.script["file"].append(Answer(200, CONTENT))
    assert fetch("files/F1.jpg") == CONTENT


def test_what_an_own_server_refuses_is_too_large(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    api.script["getFile"].append(refusal(400, "Bad Request: file is too big"))
    with pytest.raises(SendError) as caught:
        channel.fetch(connection, RemoteFile("F1", size=30 << 20), io.BytesIO())
    assert (caught.value.code, caught.value.permanent) == ("too_large", True)


def test_a_server_that_never_stops_is_stopped(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OWN_SERVER_DOWNLOAD", 1 << 20)
    api.script["getFile"].append(result({"file_id": "F1", "file_path": "files/F1.jpg"}))
    api.script["file"].append(Answer(200, bytes(3 << 20)))
    target = io.BytesIO()
    with pytest.raises(SendError) as caught:
        channel.fetch(connection, RemoteFile("F1"), target)
    assert caught.value.code == "too_large"
    assert len(target.getvalue()) <= 1 << 20


def test_it_copies_what_the_server_has_put_on_this_disk(fetch: Fetch, bots_folder: Path, data: Path) -> None:
    file = bots_folder / "file_1.mp4"
    file.write_bytes(CONTENT)
    assert fetch(file) == CONTENT
    assert data.is_dir()


def test_a_linked_disk_is_this_disk_too(fetch: Fetch, bots_folder: Path, tmp_path: Path) -> None:
    (bots_folder / "file_1.mp4").write_bytes(CONTENT)
    (tmp_path / "mounted").symlink_to(tmp_path / "bot-api")
    assert fetch(tmp_path / "mounted" / TOKEN / "documents" / "file_1.mp4") == CONTENT


def test_a_large_file_is_copied_in_small_pieces(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, bots_folder: Path
) -> None:
    file = bots_folder / "film.mp4"
    size = 64 << 20
    with file.open("wb") as made:
        made.truncate(size)
    api.script["getFile"].append(result({"file_id": "F1", "file_path": str(file), "file_size": size}))
    with (bots_folder / "copy").open("wb") as target:
        tracemalloc.start()
        channel.fetch(connection, RemoteFile("F1"), target)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (bots_folder / "copy").stat().st_size == size
    assert peak < 8 << 20


def test_a_path_that_is_not_the_bots_is_not_read(fetch: Fetch, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(CONTENT)
    assert code_of(fetch, secret) == "download_broken"
    assert code_of(fetch, "/etc/passwd") == "download_broken"
    assert code_of(fetch, f"/{TOKEN}/../etc/passwd") == "download_broken"


def test_a_link_out_of_the_bots_folder_is_not_followed(fetch: Fetch, bots_folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_bytes(CONTENT)
    (bots_folder / "link.txt").symlink_to(outside / "secret.txt")
    (bots_folder / "linked").symlink_to(outside)
    assert code_of(fetch, bots_folder / "link.txt") == "download_broken"
    assert code_of(fetch, bots_folder / "linked" / "secret.txt") == "download_broken"
    assert code_of(fetch, f"{bots_folder}/../../../outside/secret.txt") == "download_broken"


def test_what_is_no_plain_file_is_not_read(fetch: Fetch, bots_folder: Path) -> None:
    os.mkfifo(bots_folder / "pipe")
    assert code_of(fetch, bots_folder / "pipe") == "download_broken"
    assert code_of(fetch, bots_folder) == "download_broken"
    assert code_of(fetch, f"{bots_folder}/nul\0byte") == "download_broken"


def test_the_boxs_own_data_is_not_read(fetch: Fetch, data: Path) -> None:
    hidden = data / TOKEN / "keys"
    hidden.mkdir(parents=True)
    (hidden / "secrets.key").write_bytes(CONTENT)
    assert code_of(fetch, hidden / "secrets.key") == "download_broken"


def test_a_file_of_another_size_than_announced_is_no_file(fetch: Fetch, bots_folder: Path) -> None:
    file = bots_folder / "file_1.mp4"
    file.write_bytes(CONTENT[:-1])
    assert code_of(fetch, file) == "download_broken"
    file.write_bytes(CONTENT + b"x")
    assert code_of(fetch, file) == "too_large"


@pytest.mark.parametrize("published", [1, 2])
def test_a_file_that_is_not_on_this_disk_is_fetched_over_http(fetch: Fetch, api: LocalBotApi, published: int) -> None:
    api.script["file"].extend([*[Answer(404, b"")] * (published - 1), Answer(200, CONTENT)])
    assert fetch(f"/var/lib/telegram-bot-api/{TOKEN}/documents/file_1.mp4") == CONTENT


def test_a_disk_elsewhere_is_not_this_disk(bots_folder: Path) -> None:
    (bots_folder / "file_1.mp4").write_bytes(CONTENT)
    elsewhere = fetching.BotSettings(TOKEN, "http://bot-api.example:8081")
    with fetching.opened_local_file(str(bots_folder / "file_1.mp4"), elsewhere) as file:
        assert file is None
