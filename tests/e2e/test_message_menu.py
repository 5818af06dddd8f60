"""What was sent can be changed and taken away; the menu of a message is there for mouse, keyboard and thumb."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import PHONE, Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.samples import PHOTO, path_of
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until


def test_an_edited_answer_reads_anew_on_the_phone(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    bubble = desk.reply("The sum is **4390**")
    desk.expect_state(bubble, "sent")
    begin_to_edit(desk, bubble)
    expect(desk.text).to_have_value("The sum is **4390**")
    desk.text.fill("The sum is **4930**")
    desk.text.press("Enter")
    expect(bubble).to_contain_text("The sum is 4930")
    answer = wait_until(lambda: said(phone, "The sum is 4930"), "the new words on the phone")
    assert [entity["type"] for entity in answer["entities"]] == ["bold"]
    assert not said(phone, "The sum is 4390")
    expect(desk.page.locator("#composer-editing")).to_be_hidden()
    expect(desk.text).to_be_focused()
    bubble.get_by_text("edited").click()
    expect(bubble.locator(".versions-list")).to_contain_text("The sum is 4390")


def test_what_was_being_written_waits_while_one_edits(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    bubble = desk.reply("As it was")
    desk.expect_state(bubble, "sent")
    desk.text.fill("A thought that is not finished")
    begin_to_edit(desk, bubble)
    desk.text.fill("Better not")
    desk.text.press("Escape")
    expect(desk.text).to_have_value("A thought that is not finished")
    begin_to_edit(desk, bubble)
    expect(desk.text).to_have_value("As it was")
    desk.page.get_by_role("button", name="Cancel").click()
    expect(desk.text).to_have_value("A thought that is not finished")
    assert phone.answers()[-1]["text"] == "As it was"
    desk.page.reload()
    expect(desk.text).to_have_value("A thought that is not finished")


def test_an_edit_that_is_refused_stays_in_the_field(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    browsers.watch.forgive("status of 409")
    bubble = desk.reply("As it was")
    desk.expect_state(bubble, "sent")
    begin_to_edit(desk, bubble)
    desk.text.fill("  ")
    desk.text.press("Enter")
    expect(desk.page.locator("#composer-error")).to_contain_text("Write something")
    expect(desk.page.locator("#composer-editing")).to_be_visible()


def test_the_words_of_a_picture_can_be_edited(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.attach([path_of(PHOTO)])
    bubble = desk.reply("Lik this one?")
    desk.expect_state(bubble, "sent")
    begin_to_edit(desk, bubble)
    desk.text.fill("Like this one?")
    desk.page.locator("#send").click()
    wait_until(lambda: phone.answers()[-1].get("caption") == "Like this one?", "the new caption")
    assert phone.answers()[-1]["photo"]


def test_a_deleted_answer_is_gone_on_the_phone_and_dimmed_here(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    bubble = desk.reply("Meant for somebody else")
    desk.expect_state(bubble, "sent")
    desk.press_in_menu(bubble, "Delete at the customer's end")
    dialog = desk.page.get_by_role("dialog", name="Delete at the customer's end?")
    expect(dialog).to_contain_text("Meant for somebody else")
    dialog.get_by_role("button", name="Cancel").click()
    assert said(phone, "Meant for somebody else")
    desk.press_in_menu(bubble, "Delete at the customer's end")
    dialog.get_by_role("button", name="Delete").click()
    expect(bubble).to_contain_text("deleted at the customer's end")
    expect(bubble).to_contain_text("Meant for somebody else")
    wait_until(lambda: not said(phone, "Meant for somebody else"), "its end on the phone")


def test_only_what_is_possible_is_offered(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.write("Theirs is theirs")
    anywhere = ["Copy text", "Copy link", "Subtask…", "Move to ticket…", "Select…"]
    assert offered(desk.page, desk.bubble("Theirs is theirs")) == ["Reply", *anywhere]
    note = desk.note("Ours alone")
    assert offered(desk.page, note) == anywhere


def test_a_keyboard_opens_the_menu_and_chooses(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.write("Is it blue?")
    button = desk.bubble("Is it blue?").get_by_role("button", name="More for this message")
    button.focus()
    button.press("Enter")
    expect(desk.page.get_by_role("menuitem", name="Reply")).to_be_focused()
    desk.page.keyboard.press("ArrowDown")
    expect(desk.page.get_by_role("menuitem", name="Copy text")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(button).to_be_focused()
    button.press("Enter")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#composer-quote")).to_contain_text("Is it blue?")
    expect(desk.text).to_be_focused()


def test_control_and_up_quotes_what_the_customer_said_last(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    asked = phone.write("Is it green?")["message"]["message_id"]
    expect(desk.bubble("Is it green?")).to_be_visible()
    desk.text.press("Control+ArrowUp")
    expect(desk.page.locator("#composer-quote")).to_contain_text("Is it green?")
    desk.expect_state(desk.reply("It is"), "sent")
    assert phone.answers()[-1]["reply_to_message"]["message_id"] == asked


def test_words_are_copied(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    phone.write("Invoice 5518")
    desk.press_in_menu(desk.bubble("Invoice 5518"), "Copy text")
    expect(desk.page.locator("#toasts")).to_contain_text("Copied")
    desk.text.focus()
    desk.page.keyboard.press("Control+v")
    expect(desk.text).to_have_value("Invoice 5518")


def test_a_thumb_pulls_a_message_to_quote_it(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Phoebe")
    desk = browsers.open(ANNA, **PHONE)
    desk.open(ticket)
    phone.write("Pull me")
    swipe(desk.bubble("Pull me").locator(".bubble"), 20)
    expect(desk.page.locator("#composer-quote")).to_be_hidden()
    swipe(desk.bubble("Pull me").locator(".bubble"), 120)
    expect(desk.page.locator("#composer-quote")).to_contain_text("Pull me")


def begin_to_edit(desk: Desk, bubble: Locator) -> None:
    desk.press_in_menu(bubble, "Edit")
    expect(desk.page.locator("#composer-editing")).to_be_visible()


def said(phone: Phone, words: str) -> dict[str, Any]:
    return next((answer for answer in phone.answers() if answer.get("text") == words), {})


def offered(page: Page, bubble: Locator) -> list[str]:
    bubble.hover()
    bubble.get_by_role("button", name="More for this message").click()
    expect(page.locator("#bubble-menu")).to_be_visible()
    names = [item.inner_text().strip() for item in page.get_by_role("menuitem").all() if item.is_visible()]
    page.keyboard.press("Escape")
    return names


def swipe(bubble: Locator, far: float) -> None:
    """A finger on a bubble, to the right."""
    frame = bubble.bounding_box()
    assert frame is not None
    x, y = frame["x"] + 10, frame["y"] + 10
    hand = bubble.page.context.new_cdp_session(bubble.page)
    for kind, at in [("touchStart", 0.0), *(("touchMove", far * step / 6) for step in range(1, 7))]:
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + at, "y": y}]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
