"""Sends one piece, and says for certain whether a failure came before or after the message left."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from appliance import Piece, SendError, Sent, StoredFile
from appliance_telegram import limits, timeouts
from appliance_telegram.answers import NotAnAnswer, Refusal
from appliance_telegram.calls import call_for
from appliance_telegram.client import BotClient
from appliance_telegram.errors import BROKEN, explain_failure, explain_refusal
from appliance_telegram.exchange import Exchange
from appliance_telegram.loop_thread import LoopThread
from appliance_telegram.receipts import read_sent
from appliance_telegram.redaction import redact
from appliance_telegram.revising import check_chat, is_revision, read_revised
from appliance_telegram.uploads import check_sizes, open_media

log = logging.getLogger("telegram")


def send_piece(
    client: BotClient,
    loop: LoopThread,
    address: str,
    piece: Piece,
    files: Mapping[str, StoredFile],
    leaving: Callable[[], None],
) -> Sent:
    """Blocks until it is sent. Raises SendError, or what `leaving` raised."""
    check_chat(piece, address)
    exchange = Exchange(leaving)
    size = check_sizes(piece, files, limits.UPLOAD if client.settings.official else limits.OWN_SERVER_UPLOAD)
    try:
        return _attempt(client, loop, address, piece, files, exchange, size)
    except SendError as error:
        if error.code != "file_gone" or not piece.files:
            raise
    # Telegram has forgotten the file it knew; it has refused the message, so the bytes can go now.
    exchange.again()
    return _attempt(client, loop, address, piece, files, exchange, size, anew=True)


def _attempt(
    client: BotClient,
    loop: LoopThread,
    address: str,
    piece: Piece,
    files: Mapping[str, StoredFile],
    exchange: Exchange,
    size: int,
    *,
    anew: bool = False,
) -> Sent:
    answer_seconds = timeouts.request_seconds() + (timeouts.MEDIA_READ_EXTRA if size else 0)
    longest = timeouts.POOL + timeouts.CONNECT + timeouts.WRITE + answer_seconds + size / timeouts.SLOWEST_LINE_BYTES

    async def work() -> None:
        exchange.watch()
        with open_media(piece.payload.get("items", ()), files, anew=anew) as media:
            await call_for(client.bot, address, piece, media)(read_timeout=answer_seconds)

    try:
        loop.run(work(), longest)
    except SendError:
        raise
    except Exception as error:  # noqa: BLE001  (the library raises many kinds; what was seen on the wire decides)
        if exchange.refused is not None:
            raise exchange.refused from None
        failure: Exception | None = error
    else:
        failure = None
    return _conclude(client, address, piece, exchange, failure)


def _conclude(client: BotClient, address: str, piece: Piece, exchange: Exchange, failure: Exception | None) -> Sent:
    """The raw answer decides, not what the library made of it."""
    settings = client.settings
    if exchange.status is None:
        cause = failure.__cause__ or failure if failure else NotAnAnswer()
        if not exchange.left and not isinstance(cause, BROKEN):
            log.error("a %s could not be put together: %s", piece.kind, redact(repr(failure), settings))
            raise SendError("unsendable", permanent=True) from None
        raise explain_failure(cause, settings, arrived=exchange.written, repeatable=is_revision(piece)) from None
    try:
        if is_revision(piece):
            return read_revised(piece, address, exchange.status, exchange.body)
        return read_sent(piece, address, exchange.status, exchange.body)
    except Refusal as refusal:
        raise explain_refusal(refusal, settings) from None
    except NotAnAnswer:
        raise explain_failure(NotAnAnswer(), settings, arrived=True, repeatable=is_revision(piece)) from None
