"""Brings a received file into the box. Its address holds the token: it is neither kept nor logged."""

from __future__ import annotations

import asyncio
import mimetypes
from typing import BinaryIO

from appliance import Fetched, RemoteFile, SendError
from appliance_telegram import limits
from appliance_telegram.answers import Refusal
from appliance_telegram.border import read_count
from appliance_telegram.client import BotClient
from appliance_telegram.errors import FAILURES, explain_failure


async def fetch_file(client: BotClient, file: RemoteFile, target: BinaryIO, answer_seconds: float) -> Fetched:
    """Stream the bytes into `target`. Raises SendError."""
    if file.size is not None and file.size > limits.DOWNLOAD:
        raise SendError("too_large", {"limit": limits.DOWNLOAD >> 20}, permanent=True)
    try:
        found = await client.call("getFile", file_id=file.remote_id, read_timeout=answer_seconds)
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str) or not path:
            raise SendError("file_gone", permanent=True)
        await _stream(client, path, target, read_count(found, "file_size"), answer_seconds)
    except FAILURES as error:
        raise explain_failure(error, client.settings, arrived=False) from None
    return Fetched(mime=mimetypes.guess_type(path.rpartition("/")[2])[0] or "")


async def _stream(client: BotClient, path: str, target: BinaryIO, size: int | None, answer_seconds: float) -> None:
    # A server that never stops must not fill the disk.
    longest = size if size is not None else limits.DOWNLOAD
    got = 0
    async with client.download(path, answer_seconds) as response:
        if response.status_code == 404:
            # The link has aged; the next try asks for a new one.
            raise SendError("download_broken")
        if response.status_code != 200:
            raise Refusal(response.status_code)
        async for chunk in response.aiter_bytes(1 << 16):
            got += len(chunk)
            if got > longest:
                raise SendError("too_large", {"limit": limits.DOWNLOAD >> 20}, permanent=True)
            # Cards and disks stall for seconds at times; the loop has other customers.
            await asyncio.to_thread(_store, target, chunk)
    if size is not None and got < size:
        raise SendError("download_broken")


def _store(target: BinaryIO, chunk: bytes) -> None:
    try:
        target.write(chunk)
    except OSError:
        raise SendError("cannot_store") from None
