"""From nothing to the first customer's message on the desk, in the browser alone."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browsers import Browsers, sign_in
from tests.e2e.customers import add_customer
from tests.harness.box import OWNER, PASSWORD, Box
from tests.harness.sandbox import Sandbox
from tests.harness.shop import Shop

UNKNOWN_TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


@pytest.fixture
def fresh_box(tmp_path: Path) -> Iterator[Box]:
    """A box nobody has claimed."""
    box = Box(tmp_path / "box")
    try:
        box.start()
        yield box
    finally:
        box.stop()


@pytest.fixture
def visitor(chromium: Browser, fresh_box: Box) -> Iterator[Browsers]:
    opened = Browsers(chromium, fresh_box.url, {})
    yield opened
    opened.close()
    # A refused form is answered with 422, and the browser says so.
    assert [said for said in opened.watch.complaints if "status of 422" not in said] == []


def test_a_stranger_sets_up_the_box_and_meets_the_first_customer(shop: Shop, fresh_box: Box, visitor: Browsers) -> None:
    bot = shop.sandbox.control.add_bot(name="Flower shop", username="flower_shop_bot")
    page = visitor.open_context().new_page()
    page.goto("/")
    claim(page, fresh_box)
    describe_company(page)
    leave_and_come_back(page, visitor)
    become_owner(page)
    refuse_tokens(page, shop)
    take_over_from_a_webhook(page, shop, bot["token"])
    expect(page.get_by_text("Flower shop").first).to_be_visible()
    expect(page.get_by_text("@flower_shop_bot").first).to_be_visible()
    write_to_the_bot(page, shop, bot["id"])
    page.get_by_role("button", name="Open the desk").click()
    page.locator("#rows li", has_text="Paul").click()
    expect(page.locator("#log-items")).to_contain_text("Do you have tulips?")
    expect(page.locator("#rows li")).to_have_count(1)


def test_a_token_is_kept_while_there_is_no_internet(tmp_path: Path, fresh_box: Box, visitor: Browsers) -> None:
    fresh_box.command("agent", "add", OWNER, "--role", "owner", "--password-stdin", typed=f"{PASSWORD}\n")
    sandbox = Sandbox(tmp_path / "sandbox")
    try:
        sandbox.start()
        bot = sandbox.control.add_bot(name="Late bot")
        sandbox.stop()
        page = visitor.open_context().new_page()
        sign_in(page, OWNER)
        page.goto("/setup/bot")
        give_token(page, bot["token"], sandbox.url)
        expect(page.get_by_role("heading", name="Stored, not checked yet")).to_be_visible()
        expect(page.locator("#news")).to_contain_text("Telegram cannot be reached from this box.")
        sandbox.start()
        page.get_by_role("button", name="Check again").click()
        expect(page.get_by_text("Late bot").first).to_be_visible()
    finally:
        sandbox.stop()


def claim(page: Page, box: Box) -> None:
    code = box.command("setup-code").split()[-1]
    page.get_by_label("Setup code").fill("WRON-GCOD-EEEE")
    go_on(page)
    expect(alert(page)).to_contain_text("This is not the code")
    expect(page.locator("code.command")).to_contain_text("setup-code")
    page.get_by_label("Setup code").fill(f" {code.lower()} ")
    go_on(page)


def describe_company(page: Page) -> None:
    expect(page.get_by_role("heading", name="Your company")).to_be_visible()
    page.locator("select#language").select_option("en")
    page.get_by_label("Company name").fill("Flowers & Co")
    page.get_by_label("Time zone").select_option("Asia/Tashkent")
    go_on(page)


def leave_and_come_back(page: Page, visitor: Browsers) -> None:
    """Nobody else can go on in between."""
    page.goto("/")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    stranger = visitor.open_context().new_page()
    stranger.goto("/setup/owner")
    expect(stranger.get_by_label("Setup code")).to_be_visible()


def become_owner(page: Page) -> None:
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    page.get_by_label("Name").fill("Olga")
    page.get_by_label("Login").fill("olga")
    page.get_by_label("Password").fill(PASSWORD)
    go_on(page)


def refuse_tokens(page: Page, shop: Shop) -> None:
    """Each with words of its own."""
    give_token(page, "not a token", shop.sandbox.url)
    expect(alert(page)).to_contain_text("This is not a bot token.")
    give_token(page, UNKNOWN_TOKEN, shop.sandbox.url)
    expect(alert(page)).to_contain_text("Telegram does not know this token")


def take_over_from_a_webhook(page: Page, shop: Shop, token: str) -> None:
    ask_sandbox(shop, token, "setWebhook", url="https://shop.example/hook")
    give_token(page, token, shop.sandbox.url)
    expect(alert(page)).to_contain_text("shop.example")
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Waiting for the first message")).to_be_visible()
    assert ask_sandbox(shop, token, "getWebhookInfo")["url"] == ""


def write_to_the_bot(page: Page, shop: Shop, bot_id: int) -> None:
    phone = add_customer(shop, "Paul", bot_id=bot_id)
    phone.start()
    expect(page.locator("#news")).to_contain_text("Paul has opened the chat")
    phone.write("Do you have tulips?")
    expect(page.locator("#news")).to_contain_text("Do you have tulips?")
    assert phone.answers()[0]["text"].startswith("Hello!")


def give_token(page: Page, token: str, api_url: str) -> None:
    page.get_by_label("Bot token").fill(token)
    server = page.get_by_label("Bot API server")
    if not server.is_visible():
        page.locator("form details summary").click()
    server.fill(api_url)
    page.get_by_role("button", name="Connect").click()


def alert(page: Page) -> Locator:
    return page.locator("main [role=alert]")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def ask_sandbox(shop: Shop, token: str, method: str, **parameters: str) -> dict[str, str]:
    """As another program with the same token does."""
    body = json.dumps(parameters).encode()
    address = f"{shop.sandbox.url}/bot{token}/{method}"
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        result: dict[str, str] = json.load(answer)["result"]
    return result
