"""A technician listens: as fast as they like, from where they like, one voice after the other, with keys alone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from appliance_sandbox.control import Upload
from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.playing import position_of
from tests.e2e.samples import VOICE, make
from tests.e2e.staff import BORIS
from tests.harness.shop import Shop

LENGTH = 42
LONG = ("-f", "lavfi", "-i", f"sine=frequency=330:duration={LENGTH}", "-c:a", "libopus", "-ac", "1")
TO_BE_MADE_PLAYABLE = 120_000
AT_THIRTY = re.compile(r"0:3\d of 0:42")


def test_a_voice_is_heard_fast_from_its_middle_and_the_next_one_follows(
    shop: Shop, browsers: Browsers, tmp_path: Path
) -> None:
    phone, ticket = open_ticket(shop, "Vito")
    phone.send("voice", Upload(make(tmp_path / "long.ogg", LONG), mime_type="audio/ogg"), duration=LENGTH)
    phone.send("voice", VOICE, duration=8)
    shop.settle()
    desk = browsers.open(BORIS)
    first, second = open_voices(desk, ticket)
    faster = first.get_by_role("button", name="Speed")
    faster.focus()
    desk.page.keyboard.press("Enter")
    expect(faster).to_have_text("1.5×")
    expect(second.get_by_role("button", name="Speed")).to_have_text("1.5×")

    position_of(first).focus()
    for _ in range(3):
        desk.page.keyboard.press("PageUp")
    expect(position_of(first)).to_have_attribute("aria-valuetext", AT_THIRTY)
    desk.page.reload()
    expect(desk.page.locator("#log")).to_have_attribute("aria-busy", "false")
    expect(position_of(first)).to_have_attribute("aria-valuetext", AT_THIRTY)
    expect(faster).to_have_text("1.5×")

    position_of(first).focus()
    desk.page.keyboard.press("Space")
    expect(first.get_by_role("button", name="Pause")).to_be_visible()
    desk.page.keyboard.press("End")
    expect(second.get_by_role("button", name="Pause")).to_be_visible()
    expect(position_of(second)).not_to_have_attribute("aria-valuenow", "0")


def open_voices(desk: Desk, ticket: int) -> tuple[Locator, Locator]:
    desk.open(ticket)
    voices = desk.log.locator("voice-bubble")
    expect(voices).to_have_count(2, timeout=TO_BE_MADE_PLAYABLE)
    return voices.first, voices.last
