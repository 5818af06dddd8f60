"""A group waits for the owner's yes; a customer comes by a printed code; a colleague links their own phone."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.customers import add_customer
from tests.e2e.staff import ANNA
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

START = re.compile(r"start=([\w-]+)")


def test_a_group_waits_for_a_yes_and_is_then_one_customer_with_many_voices(shop: Shop, browsers: Browsers) -> None:
    control = shop.sandbox.control
    control.change_bot(shop.bot_id, reads_groups=True)
    igor, olga = (control.add_customer(name)["id"] for name in ("Igor", "Olga"))
    group = control.add_group("Night shift", members=[igor, olga])["id"]
    desk = browsers.open(OWNER)
    desk.open_inbox("all")
    control.change_membership(shop.bot_id, group, "join", igor)
    control.phone(shop.bot_id, igor, group).write("The lift is stuck")
    control.phone(shop.bot_id, olga, group).write("We are in it")
    strip = desk.page.locator("#groups-strip")
    expect(strip).to_contain_text("The bot was added to the group “Night shift” by Igor; 2 messages wait.")
    strip.get_by_role("button", name="Allow the group “Night shift”").click()
    expect(strip).to_have_text("")
    # Under a pointer the list does not move: new rows would wait behind a button.
    desk.page.mouse.move(700, 400)
    desk.rows.get_by_text("Night shift").first.click()
    expect(desk.bubble("The lift is stuck")).to_contain_text("Igor")
    expect(desk.bubble("We are in it")).to_contain_text("Olga")
    desk.reply("Help is on its way")
    phone = control.phone(shop.bot_id, olga, group)
    wait_until(lambda: "Help is on its way" in str(phone.messages()), "the answer in the group")


def test_a_customer_who_scans_the_tills_code_is_sorted_by_it(shop: Shop, browsers: Browsers) -> None:
    page = browsers.open_context(OWNER).new_page()
    page.goto("/settings/ways-in/")
    page.get_by_label("Places, one in each line").fill("Till 7\nTill 8")
    page.get_by_role("button", name="Make").click()
    item = page.locator(".way-in", has_text="Till 8")
    item.get_by_text("Link, button, name").click()
    found = START.search(item.get_by_label("Link", exact=True).input_value())
    assert found is not None
    phone = add_customer(shop, "Clara")
    phone.start(found[1])
    phone.write("It is broken")
    wait_until(lambda: len(phone.answers()) >= 2, "greeting and acknowledgement")
    desk = browsers.open(OWNER)
    desk.open(shop.tickets([phone])[phone.chat_id])
    expect(desk.page.locator("#card")).to_contain_text("Till 8")
    expect(desk.log).to_contain_text("came by “Till 8”")


def test_a_colleague_links_their_own_phone_and_sees_it_at_once(shop: Shop, browsers: Browsers) -> None:
    page = browsers.open_context(ANNA).new_page()
    page.goto("/me/")
    page.locator("#messengers").get_by_role("button", name="Link my Telegram").click()
    found = START.search(page.locator(".link-card a").inner_text())
    assert found is not None
    phone = add_customer(shop, "Anna at home")
    phone.start(found[1])
    expect(page.locator("#messengers")).to_contain_text("linked to Anna at home")
    wait_until(lambda: "Linked" in str(phone.answers()), "the confirmation on the phone")
    page.locator("#messengers").get_by_role("button", name="Unlink").click()
    expect(page.locator("#messengers")).to_contain_text("not linked")
