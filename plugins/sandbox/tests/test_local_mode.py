"""An own server in local mode: files of any size, as paths of this machine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from appliance_sandbox.control import Control, Phone
from appliance_sandbox.server import start_server

from .conftest import SECRET, TOKEN, Api
from .samples import SAMPLES, sample

LARGE = 48 << 20


def test_get_file_leads_to_a_real_file(api: Api, control: Control, phone: Phone, chat: int) -> None:
    control.set_local()
    sent = phone.send("document", sample("invoice.pdf"))["message"]["document"]
    path = Path(api.result("getFile", file_id=sent["file_id"])["file_path"])
    assert path.is_absolute()
    assert path.read_bytes() == (SAMPLES / "invoice.pdf").read_bytes()
    assert api.client.get(api.base.replace("/bot", "/file/bot") + "/documents/file_0.pdf").status_code == 404


def test_a_large_video_is_there_whole_only_then(api: Api, control: Control, phone: Phone, chat: int) -> None:
    sent = phone.send_large("video", sample("waving.mp4"), LARGE, sample("bot.jpg"), caption="a long one")
    video = sent["message"]["video"]
    assert (video["file_size"], video["thumbnail"]["width"]) == (LARGE, 320)
    assert api.refusal("getFile", file_id=video["file_id"]) == (400, "Bad Request: file is too big")
    control.set_local()
    path = Path(api.result("getFile", file_id=video["file_id"])["file_path"])
    assert path.stat().st_size == LARGE
    assert path.stat().st_blocks * 512 < LARGE // 4, "the hole takes no room on disk"
    assert path == Path(api.result("getFile", file_id=video["file_id"])["file_path"])
    control.set_local(False)
    assert api.refusal("getFile", file_id=video["file_id"])[0] == 400


def test_a_large_video_plays(api: Api, control: Control, phone: Phone, chat: int) -> None:
    control.set_local()
    video = phone.send_large("video", sample("waving.mp4"), LARGE)["message"]["video"]
    path = api.result("getFile", file_id=video["file_id"])["file_path"]
    ask = ["ffprobe", "-v", "error", "-show_entries", "format=duration,size", "-of", "json", path]
    found = json.loads(subprocess.run(ask, capture_output=True, check=True, timeout=60).stdout)["format"]
    assert int(found["size"]) == LARGE
    assert float(found["duration"]) > 0


def test_a_large_video_is_sent_on_by_its_file_id(api: Api, phone: Phone, chat: int) -> None:
    sent = phone.send_large("video", sample("waving.mp4"), LARGE)["message"]
    again = api.result("sendVideo", chat_id=chat, video=sent["video"]["file_id"])
    assert again["video"]["file_size"] == LARGE
    copied = api.result("copyMessage", chat_id=chat, from_chat_id=chat, message_id=sent["message_id"])
    assert phone.answers()[-1]["message_id"] == copied["message_id"]


def test_it_takes_more_than_50_mb(api: Api, control: Control, chat: int) -> None:
    big = {"document": ("big.bin", bytes((50 << 20) + 1))}
    assert api.raw("sendDocument", data={"chat_id": str(chat)}, files=big).status_code == 413
    control.set_local()
    sent = api.raw("sendDocument", data={"chat_id": str(chat)}, files=big).json()["result"]["document"]
    assert sent["file_size"] == (50 << 20) + 1


def test_it_can_start_in_local_mode() -> None:
    server = start_server(token=TOKEN, control_secret=SECRET, local=True)
    try:
        with Control(server.url, SECRET) as control:
            assert control.ask("GET", "/mode") == {"local": True}
    finally:
        server.close()
