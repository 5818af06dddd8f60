"""Received files are streamed into the box, whole or not at all."""

from __future__ import annotations

import io

import pytest

from appliance import ConnectionInfo, RemoteFile, SendError
from appliance_telegram import bot_settings
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.local_bot_api import Answer, LocalBotApi, refusal, result


class FullDisk(io.BytesIO):
    def write(self, _chunk: object) -> int:
        raise OSError(28, "No space left on device")


def fail(
    channel: TelegramChannel, connection: ConnectionInfo, file: RemoteFile, target: io.BytesIO | None = None
) -> SendError:
    with pytest.raises(SendError) as caught:
        channel.fetch(connection, file, target or io.BytesIO())
    return caught.value


def test_it_streams_the_bytes(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    api.files["F1"] = bytes(range(256)) * 2000
    target = io.BytesIO()
    fetched = channel.fetch(connection, RemoteFile("F1"), target)
    assert target.getvalue() == api.files["F1"]
    assert fetched.mime == "image/jpeg"


def test_what_a_bot_may_not_fetch_is_not_asked_for(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_settings, "OFFICIAL_HOST", "127.0.0.1")
    error = fail(channel, connection, RemoteFile("F1", size=(20 << 20) + 1))
    assert (error.code, error.permanent, api.calls) == ("too_large", True, [])


def test_telegram_says_that_it_is_too_large(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    api.script["getFile"].append(refusal(400, "Bad Request: file is too big"))
    error = fail(channel, connection, RemoteFile("F1"))
    assert (error.code, error.permanent) == ("too_large", True)


@pytest.mark.parametrize(
    ("answer", "code", "permanent"),
    [
        (Answer(404, b"Not Found"), "download_broken", False),
        (Answer(502, b""), "server", False),
        (Answer(200, b"half", cut=4), "network", False),
        (Answer(200, b"half"), "download_broken", False),
        (Answer(200, b"much more than promised"), "too_large", True),
    ],
)
def test_a_broken_download_is_no_file(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo, answer: Answer, code: str, permanent: bool
) -> None:
    api.script["getFile"].append(result({"file_id": "F1", "file_path": "files/F1.jpg", "file_size": 8}))
    api.script["file"].append(answer)
    error = fail(channel, connection, RemoteFile("F1"))
    assert (error.code, error.permanent, error.uncertain) == (code, permanent, False)


def test_a_file_telegram_has_forgotten_is_gone(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    api.script["getFile"].extend(
        [result({"file_id": "F1"}), refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")]
    )
    assert fail(channel, connection, RemoteFile("F1")).code == "file_gone"
    assert fail(channel, connection, RemoteFile("F1")).code == "file_gone"


def test_a_full_disk_is_the_boxs_fault(api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo) -> None:
    api.files["F1"] = b"bytes"
    error = fail(channel, connection, RemoteFile("F1"), FullDisk())
    assert (error.code, error.permanent) == ("cannot_store", False)
