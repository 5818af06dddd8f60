"""python-telegram-bot, told another base URL, reads every answer and every update."""

from __future__ import annotations

import asyncio

from telegram import Bot, InputMediaPhoto, Update

from appliance_sandbox.control import Phone
from appliance_sandbox.server import RunningServer

from .conftest import TOKEN
from .samples import SAMPLES, sample


async def _send_everything(server: RunningServer, chat: int) -> list[str | None]:
    base = f"{server.url}/bot"
    async with Bot(TOKEN, base_url=base, base_file_url=f"{server.url}/file/bot") as bot:
        jpeg = (SAMPLES / "bot.jpg").read_bytes()
        text = await bot.send_message(chat, "<b>hi</b>", parse_mode="HTML")
        photo = await bot.send_photo(chat, jpeg, caption="look")
        await bot.send_voice(chat, (SAMPLES / "voice-en.ogg").read_bytes())
        await bot.send_video(chat, (SAMPLES / "waving.mp4").read_bytes(), supports_streaming=True)
        album = await bot.send_media_group(chat, [InputMediaPhoto(jpeg), InputMediaPhoto(jpeg)])
        await bot.send_poll(chat, "ok?", ["yes", "no"])
        await text.edit_text("bye")
        await photo.set_reaction("👍")
        await bot.get_chat(chat)
        file = await bot.get_file(photo.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray()).startswith(b"\xff\xd8")
        return [text.text, photo.caption, album[0].media_group_id and "album"]


async def _read_updates(server: RunningServer) -> list[Update]:
    async with Bot(TOKEN, base_url=f"{server.url}/bot") as bot:
        return list(await bot.get_updates(allowed_updates=Update.ALL_TYPES))


def test_it_sends_and_reads_answers(server: RunningServer, chat: int) -> None:
    assert asyncio.run(_send_everything(server, chat)) == ["hi", "look", "album"]


def test_it_reads_updates(server: RunningServer, phone: Phone, chat: int) -> None:
    for kind, name in (("photo", "receipt.jpg"), ("video_note", "round-greeting.mp4"), ("sticker", "smile.webp")):
        phone.send(kind, sample(name))
    phone.do("poll", question="ok?", options=["yes", "no"])
    phone.location(1, 2, live_period=600)
    phone.block()
    updates = asyncio.run(_read_updates(server))
    assert [bool(update.message) for update in updates] == [True] * 5 + [False]
    assert updates[-1].my_chat_member
    assert updates[1].message
    assert updates[1].message.video_note
