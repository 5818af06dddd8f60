"""Brings a received file into the box. Its address holds the token: it is neither kept nor logged."""

from __future__ import annotations

import asyncio
import mimetypes
from typing import BinaryIO

from appliance import Fetched, RemoteFile, SendError
from appliance_telegram import limits, timeouts
from appliance_telegram.answers import Refusal
from appliance_telegram.border import read_count
from appliance_telegram.bot_settings import BotSettings
from appliance_telegram.client import BotClient
from appliance_telegram.errors import FAILURES, explain_failure
from appliance_telegram.local_files import addresses_below, is_local_path, opened_local_file

_CHUNK = 1 << 18


def longest_fetch(settings: BotSettings, answer_seconds: float) -> float:
    """Seconds after which a fetch is given up, whatever it does; a line that stands still is noticed long before."""
    most = limits.DOWNLOAD if settings.official else limits.OWN_SERVER_DOWNLOAD
    return 4 * answer_seconds + _preparing_seconds(settings, most) + most / timeouts.SLOWEST_LINE_BYTES


async def fetch_file(client: BotClient, file: RemoteFile, target: BinaryIO, answer_seconds: float) -> Fetched:
    """Stream the bytes into `target`. Raises SendError."""
    if client.settings.official and file.size is not None and file.size > limits.DOWNLOAD:
        raise _too_large(limits.DOWNLOAD)
    try:
        preparing = _preparing_seconds(client.settings, file.size or 0)
        found = await client.call("getFile", file_id=file.remote_id, read_timeout=answer_seconds + preparing)
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str) or not path:
            raise SendError("file_gone", permanent=True)
        await _bring(client, path, Intake(target, client.settings, read_count(found, "file_size")), answer_seconds)
    except FAILURES as error:
        raise explain_failure(error, client.settings, arrived=False) from None
    return Fetched(mime=mimetypes.guess_type(path.rpartition("/")[2])[0] or "")


class Intake:
    """Takes the bytes of one file in, chunk by chunk, and no more than there should be."""

    def __init__(self, target: BinaryIO, settings: BotSettings, size: int | None) -> None:
        self._target, self._size = target, size
        most = limits.DOWNLOAD if settings.official else limits.OWN_SERVER_DOWNLOAD
        # A server that never stops must not fill the disk.
        self._longest = most if size is None else min(size, most)
        self._got = 0

    def take(self, chunk: bytes) -> None:
        self._got += len(chunk)
        if self._got > self._longest:
            raise _too_large(self._longest)
        try:
            self._target.write(chunk)
        except OSError:
            raise SendError("cannot_store") from None

    def end(self) -> None:
        if self._size is not None and self._got < self._size:
            raise SendError("download_broken")


async def _bring(client: BotClient, path: str, intake: Intake, answer_seconds: float) -> None:
    if not is_local_path(path):
        await _stream(client, (path,), intake, answer_seconds)
    elif not await _copy(path, client.settings, intake):
        await _stream(client, addresses_below(path, client.settings.token), intake, answer_seconds)


async def _copy(path: str, settings: BotSettings, intake: Intake) -> bool:
    """From this machine's own disk; False when it does not lie there."""
    with opened_local_file(path, settings) as file:
        if file is None:
            return False
        while chunk := await asyncio.to_thread(_read, file):
            await asyncio.to_thread(intake.take, chunk)
    intake.end()
    return True


def _read(file: BinaryIO) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError:
        raise SendError("download_broken") from None


async def _stream(client: BotClient, paths: tuple[str, ...], intake: Intake, answer_seconds: float) -> None:
    for path in paths:
        async with client.download(path, answer_seconds) as response:
            if response.status_code == 404:
                continue
            if response.status_code != 200:
                raise Refusal(response.status_code)
            async for chunk in response.aiter_bytes(_CHUNK):
                # Cards and disks stall for seconds at times; the loop has other customers.
                await asyncio.to_thread(intake.take, chunk)
        intake.end()
        return
    # The link has aged; the next try asks for a new one.
    raise SendError("download_broken")


def _preparing_seconds(settings: BotSettings, size: int) -> float:
    """A server in `--local` mode answers getFile only once it has the whole file from Telegram."""
    return 0.0 if settings.official else min(size / timeouts.SLOWEST_SERVER_BYTES, timeouts.LONGEST_PREPARING)


def _too_large(limit: int) -> SendError:
    return SendError("too_large", {"limit": limit >> 20}, permanent=True)
