"""Who a token belongs to, and whether we are the only one who reads its messages."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar
from urllib.parse import urlsplit

from appliance import Account, ConnectError, FormField, Json, mark
from appliance_telegram.border import read_id, read_line, read_text, section, sections
from appliance_telegram.client import BotClient
from appliance_telegram.errors import FAILURES, explain_connecting
from appliance_telegram.hooks import is_ours

T = TypeVar("T")
# The server holds a repeated question back for 3 s; the other program asks again within that time.
RIVAL_SECONDS = 4
_PHOTO_BYTES = 1 << 20
_PHOTO_WIDTH = 160

FORM = (
    FormField(
        "token",
        mark("Bot token"),
        secret=True,
        required=True,
        help=mark("@BotFather gives it to you when you create the bot."),
        placeholder="1234567890:AA…",
    ),
    FormField(
        "proxy",
        mark("Proxy"),
        secret=True,
        help=mark("Only where Telegram is blocked."),
        placeholder="socks5://host:1080",
    ),
    FormField(
        "api_url",
        mark("Bot API server"),
        help=mark("Leave empty for Telegram's own."),
        placeholder="https://api.telegram.org",
    ),
    FormField(
        "public_url",
        mark("Public HTTPS address of this box"),
        help=mark(
            "Only for those who have one. Empty, the box asks Telegram by itself, which works behind any router."
        ),
        placeholder="https://desk.example.com",
    ),
)


async def check(client: BotClient) -> Account:
    """Ask who we are. Raises ConnectError."""
    me = await _asked(client, client.call("getMe"))
    if not isinstance(me, dict) or not read_id(me, "id"):
        raise ConnectError("not_telegram", temporary=True)
    host = await foreign_webhook(client)
    username = read_line(me, "username", 64)
    return Account(
        external_id=read_id(me, "id"),
        title=read_line(me, "first_name", 120) or username,
        handle=f"@{username}" if username else "",
        link=f"https://t.me/{username}" if username else "",
        photo=await _fetch_photo(client, read_id(me, "id")),
        warnings=_warnings(me, host),
    )


async def claim(client: BotClient, *, forcibly: bool) -> None:
    """Make sure nobody else reads; `forcibly` takes a webhook away, keeping what waits. Raises ConnectError."""
    url = await _webhook(client)
    ours = is_ours(url, client.settings)
    if url and not ours and not forcibly:
        raise ConnectError("webhook_elsewhere", {"host": host_of(url)})
    if ours and client.settings.public_url:
        return
    if url:
        await _delete_webhook(client)
    if forcibly:
        return
    # Without an offset nothing is acknowledged. A rival's next question would end ours with a conflict.
    ask = client.call("getUpdates", timeout=RIVAL_SECONDS, limit=1, read_timeout=RIVAL_SECONDS + 10)
    await _asked(client, ask)


async def foreign_webhook(client: BotClient) -> str:
    """The host, not this box, that gets the messages now, or ''. Raises ConnectError."""
    url = await _webhook(client)
    return "" if is_ours(url, client.settings) else host_of(url)


async def take_away_our_webhook(client: BotClient) -> bool:
    """Whether Telegram posted to this box and was told to stop, keeping what waits. Raises ConnectError."""
    ours = is_ours(await _webhook(client), client.settings)
    if ours:
        await _delete_webhook(client)
    return ours


def host_of(url: str) -> str:
    """Whom an address belongs to, '?' if that cannot be told; '' for none."""
    try:
        return urlsplit(url).hostname or "?" if url else ""
    except ValueError:
        return "?"


async def _webhook(client: BotClient) -> str:
    info = await _asked(client, client.call("getWebhookInfo"))
    return read_text(info, "url") if isinstance(info, dict) else ""


async def _delete_webhook(client: BotClient) -> None:
    await _asked(client, client.call("deleteWebhook", drop_pending_updates=False))


async def _asked(client: BotClient, call: Coroutine[Any, Any, T]) -> T:
    try:
        return await call
    except FAILURES as error:
        raise explain_connecting(error, client.settings) from None


def _warnings(me: dict[str, Any], host: str) -> tuple[tuple[str, Json], ...]:
    found: list[tuple[str, Json]] = []
    if host:
        found.append(("webhook_elsewhere", {"host": host}))
    if me.get("has_topics_enabled") is True:
        found.append(("topics_enabled", {}))
    if me.get("can_join_groups") is not False and me.get("can_read_all_group_messages") is False:
        found.append(("group_privacy", {}))
    return tuple(found)


async def _fetch_photo(client: BotClient, bot_id: str) -> bytes | None:
    """The bot's picture for the wizard; a bot without one is as good."""
    try:
        photos = await client.call("getUserProfilePhotos", user_id=int(bot_id), limit=1, read_timeout=5.0)
        sizes = sections({"sizes": photos["photos"][0]}, "sizes")
        sizes.sort(key=lambda size: abs(int(size.get("width", 0)) - _PHOTO_WIDTH))
        file = await client.call("getFile", file_id=sizes[0]["file_id"], read_timeout=5.0)
        async with client.download(section({"file": file}, "file")["file_path"], 5.0) as response:
            if response.status_code != 200:
                return None
            photo = b""
            async for chunk in response.aiter_bytes():
                photo += chunk
                if len(photo) > _PHOTO_BYTES:
                    return None
            return photo or None
    except (*FAILURES, LookupError, TypeError, ValueError):
        return None
