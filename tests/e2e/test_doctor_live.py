"""`appliance doctor telegram --live`: the owner's phone tries every kind, both ways."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from appliance_sandbox.control import Phone, Upload
from appliance_telegram.samples import SAMPLES
from tests.harness.processes import LoggedProcess
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

LINK = re.compile(r"\?start=(\S+)")
MIME = {".jpg": "image/jpeg", ".mp4": "video/mp4", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".webp": "image/webp"}


def test_the_owners_phone_sends_and_gets_one_of_each_kind(shop: Shop, tmp_path: Path) -> None:
    phone = shop.add_customers(1)[0]
    log = tmp_path / "doctor.txt"
    command = (sys.executable, "-m", "appliance", "doctor", "telegram", "--live", "--minutes", "5")
    doctor = LoggedProcess(command, log, shop.box.environ)
    try:
        wait_until(lambda: LINK.search(log.read_text()), "the link", 60, shown=log.read_text)
        found = LINK.search(log.read_text())
        assert found is not None
        phone.start(found[1])
        wait_until(lambda: "2. Write" in log.read_text(), "the proof", 60, shown=log.read_text)
        phone.write("hello")
        wait_until(lambda: "3. Now send" in log.read_text(), "everything sent", 180, shown=log.read_text)
        send_one_of_each(phone)
        wait_until(lambda: not doctor.is_running(), "the end", 120, shown=log.read_text)
    finally:
        doctor.stop()
    said = log.read_text()
    table = said[said.index("to the phone") :]
    assert "✗" not in table, said
    for kind in ("text", "photo", "video", "video_note", "voice", "audio", "animation", "sticker", "document"):
        assert re.search(rf"^{kind} +✓ +✓$", table, re.MULTILINE), said
    assert re.search(r"^location +✓ +✓$", table, re.MULTILINE), said
    kinds = {kind for message in phone.messages() for kind in message if kind in (*SAMPLES, "venue", "contact")}
    assert {*SAMPLES, "venue", "contact"} <= kinds


def send_one_of_each(phone: Phone) -> None:
    phone.write("one of each")
    for kind, sample in SAMPLES.items():
        ending = sample.name[sample.name.rindex(".") :]
        phone.send(kind, Upload(sample.read_bytes(), sample.name, MIME.get(ending, "text/plain")))
    phone.location(59.93, 30.31)
    phone.contact()
    phone.poll("Which?", ["This", "That"])
    phone.dice()
