"""Somebody calls; a ticket is made by hand; they scan the invitation, and the answer reaches them in the messenger."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import add_customer, open_ticket
from tests.e2e.staff import ANNA
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

START = re.compile(r"start=([\w-]+)")


def write_down(page: Page, what: str, words: str) -> None:
    """Enter saves; the toast says so."""
    field = page.locator(f"#person-{what}")
    field.fill(words)
    field.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Saved.")


def test_a_call_becomes_a_ticket_that_goes_on_in_the_messenger(shop: Shop, browsers: Browsers) -> None:
    desk = browsers.open(OWNER)
    page = desk.page
    desk.open_inbox()
    page.get_by_role("link", name="New ticket").click()
    page.get_by_label("Name").fill("Wilhelmina")
    page.get_by_label("Phone").fill("+7 921 555-01-02")
    page.get_by_label("Subject").fill("Dishwasher leaks")
    page.get_by_label("First note").fill("Called at nine, very upset")
    page.get_by_role("button", name="Open the ticket").click()
    expect(desk.log).to_contain_text("Called at nine, very upset")
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#composer-notice")).to_contain_text("There is no way to write to this customer")
    page.locator("#composer-notice").get_by_role("button", name="Invite to Telegram").click()
    found = START.search(page.locator("#invite-link").input_value())
    assert found is not None
    expect(page.locator("#invite-dialog img")).to_be_visible()
    page.locator("#invite-dialog").get_by_role("button", name="Close").click()
    phone = add_customer(shop, "Willy")
    phone.start(found[1])
    expect(desk.log).to_contain_text("Willy opened the invitation")
    expect(page.locator("#composer-notice")).not_to_contain_text("There is no way to write")
    # The composer was made for notes only; the page is opened as a colleague would open it.
    page.reload()
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    desk.reply("The plumber comes at noon")
    wait_until(lambda: "The plumber comes at noon" in str(phone.answers()), "the answer on the phone")
    phone.write("Thank you, I am at home")
    expect(desk.bubble("Thank you, I am at home")).to_be_visible()
    expect(desk.header).to_contain_text("Wilhelmina")


def test_the_card_is_edited_where_it_stands(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    page = desk.page
    write_down(page, "organisation", "Bakery No. 5")
    write_down(page, "tags", "wholesale, vip")
    remark = page.locator("#person-note")
    remark.fill("Never mind")
    remark.press("Escape")
    expect(remark).to_have_value("")
    # News redraws the card under the fingers, and what is being typed stays.
    remark.press_sequentially("Rings ")
    phone.write("One more thing")
    expect(desk.bubble("One more thing")).to_be_visible()
    expect(page.locator("#person-tags")).to_have_value("vip, wholesale")
    expect(remark).to_have_value("Rings ")
    remark.press_sequentially("twice")
    page.locator("#person-phone").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    page.reload()
    expect(page.locator("#person-note")).to_have_value("Rings twice")
    expect(page.locator("#person-organisation")).to_have_value("Bakery No. 5")


def test_somebody_is_blocked_from_the_menu_and_heard_again(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Nuisance")
    desk = browsers.open(OWNER)
    desk.open(ticket)
    desk.header.locator("#more-menu > summary").click()
    desk.header.get_by_role("button", name="Block this person…").click()
    desk.page.locator("#bar-dialog").get_by_role("button", name="Block", exact=True).click()
    card = desk.page.locator("#card")
    expect(card).to_contain_text("Blocked by us")
    phone.write("You will hear of me")
    wait_until(lambda: shop.box.read("SELECT 1 FROM contact WHERE barred_count = 1"), "the count")
    assert shop.box.read("SELECT 1 FROM inbound_update WHERE raw LIKE '%You will hear of me%'") == []
    desk.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(card).not_to_contain_text("Blocked by us")
    phone.write("I am sorry")
    expect(desk.bubble("I am sorry")).to_be_visible()
    expect(desk.log).not_to_contain_text("You will hear of me")


def test_a_ticket_is_deleted_for_good_by_typing_its_number(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Somebody", "Delete me")
    desk = browsers.open(OWNER)
    desk.open(ticket)
    page = desk.page
    desk.header.locator("#more-menu > summary").click()
    desk.header.get_by_role("button", name="Move to the trash…").click()
    page.get_by_role("button", name="Keep this person quiet").click()
    expect(desk.ticket_state).to_contain_text("in the trash")
    desk.header.locator("#more-menu > summary").click()
    desk.header.get_by_role("button", name="Delete for good…").click()
    page.get_by_label("Type the number").fill("7")
    page.locator("#delete-dialog").get_by_role("button", name="Delete for good").click()
    expect(page.locator("#delete-typed-error")).to_contain_text("That is not its number")
    colleague = browsers.open(ANNA)
    # The row is asked for once more, and is not there.
    browsers.watch.forgive("404")
    colleague.open_inbox("trash")
    expect(colleague.row(ticket)).to_be_visible()
    page.get_by_label("Type the number").fill(str(ticket))
    page.locator("#delete-dialog").get_by_role("button", name="Delete for good").click()
    expect(page.locator("#toasts")).to_contain_text(f"No. {ticket} is deleted for good")
    expect(colleague.row(ticket)).to_have_count(0)
    assert shop.box.read("SELECT id FROM ticket WHERE id = ?", ticket) == []
    phone.write("I write anew")
    wait_until(lambda: shop.box.read("SELECT 1 FROM ticket WHERE subject = 'I write anew'"), "a new ticket")


def test_customers_are_found_while_typing_and_erased_by_name(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Persephone Ivanova", "Forget me")
    page = browsers.open_context(OWNER).new_page()
    page.goto("/customers")
    page.get_by_label("Search customers").fill("PERSEPH")
    expect(page.locator("#found")).to_contain_text("1 customer")
    page.get_by_role("link", name="Persephone Ivanova").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Persephone Ivanova")
    expect(page.locator(".person-work")).to_contain_text(str(ticket))
    page.locator("#person-menu > summary").click()
    page.get_by_role("link", name="Erase…").click()
    page.get_by_label("Type the name").fill("Persephone Ivanova")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator(".notice-ok")).to_contain_text("Everything of this customer is erased")
    assert shop.box.read("SELECT id FROM contact WHERE name LIKE 'Perseph%'") == []
