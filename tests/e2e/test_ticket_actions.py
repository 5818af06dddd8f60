"""Take, assign, done, reopen, snooze, trash: each takes effect at once and can be taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.harness.shop import Shop


def test_taking_a_ticket_makes_it_mine(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    desk.header.get_by_role("button", name="Take").click()
    expect(desk.header.locator(".assignee")).to_have_text("You")
    expect(desk.row(ticket).locator(".row-owner")).to_have_text("You")
    expect(desk.log).to_contain_text("You: took it")
    desk.open_inbox("mine")
    expect(desk.row(ticket)).to_be_visible()


def test_a_ticket_is_given_to_a_colleague_and_back(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.header.locator("#assign-menu summary").click()
    desk.header.get_by_role("button", name="Anna Petrova").click()
    expect(desk.header.locator(".assignee")).to_have_text("Anna")
    desk.header.locator("#assign-menu summary").click()
    desk.header.get_by_role("button", name="Nobody").click()
    expect(desk.header.get_by_role("button", name="Take")).to_be_visible()


def test_done_with_an_outcome_can_be_undone(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    desk.header.locator("#outcome-menu summary").click()
    desk.header.get_by_role("button", name="Duplicate").click()
    expect(desk.ticket_state).to_contain_text("Duplicate")
    assert shop.box.read("SELECT stage, outcome FROM ticket WHERE id = ?", ticket) == [
        {"stage": "done", "outcome": "duplicate"}
    ]
    desk.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(desk.header.get_by_role("button", name="Done", exact=True)).to_be_visible()
    assert shop.box.read("SELECT stage FROM ticket WHERE id = ?", ticket) == [{"stage": "open"}]


def test_a_done_ticket_leaves_the_list_and_comes_back_with_the_next_message(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    desk.header.get_by_role("button", name="Done", exact=True).click()
    expect(desk.ticket_state).to_contain_text("Solved")
    desk.open_inbox()
    expect(desk.row(ticket)).to_have_count(0)
    phone.write("It is broken again")
    expect(desk.row(ticket)).to_contain_text("It is broken again")


def test_a_snoozed_ticket_wakes_up_by_hand(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.header.locator("#snooze-menu summary").click()
    desk.header.locator("#snooze-menu .menu-item").first.click()
    expect(desk.ticket_state).to_contain_text("snoozed until")
    desk.header.get_by_role("button", name="Wake up").click()
    expect(desk.ticket_state).to_contain_text("waiting for an answer")


def test_trash_keeps_a_person_quiet_and_gives_everything_back(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    desk.header.locator("#more-menu > summary").click()
    desk.header.get_by_role("button", name="Move to the trash").click()
    desk.page.get_by_role("button", name="Keep this person quiet").click()
    expect(desk.ticket_state).to_contain_text("in the trash")
    phone.write("Buy now!")
    expect(desk.bubble("Buy now!")).to_be_visible()
    expect(desk.page.locator("#composer-notice")).to_contain_text("1 message has come in silence.")
    desk.header.get_by_role("button", name="Restore").click()
    expect(desk.header.get_by_role("button", name="Done", exact=True)).to_be_visible()
    assert shop.tickets([phone])[phone.chat_id] == ticket


def test_a_subject_is_written_into_the_card(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    subject = desk.page.locator("#subject")
    subject.fill("Wrong colour")
    subject.press("Enter")
    expect(desk.row(shop.tickets([phone])[phone.chat_id])).to_contain_text("Wrong colour")
    expect(desk.header).to_contain_text("Wrong colour")
