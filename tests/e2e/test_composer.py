"""What agents of a small shop do all day in the composer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket, requests_for
from tests.e2e.desk import Desk
from tests.e2e.samples import DOCUMENT, path_of
from tests.e2e.staff import ANNA, BORIS, NAMES, add_agent
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until


@pytest.fixture
def undo_seconds(shop: Shop) -> Iterator[None]:
    shop.box.command("set", "undo_seconds", "20")
    yield
    shop.box.command("set", "undo_seconds", "0")


def keep_reply(page: Page, name: str, text: str, *, file: bool = False) -> None:
    page.goto("/settings/saved-replies/")
    form = page.locator('form[action$="/saved-replies/"]')
    form.get_by_label("Name", exact=True).fill(name)
    form.get_by_label("Text in English").fill(text)
    if file:
        form.locator('input[type="file"]').set_input_files(path_of(DOCUMENT))
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".reply-item").filter(has_text=name)).to_be_visible()


def test_a_saved_reply_is_filled_in_and_leaves_with_its_file(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Clara")
    desk = browsers.open(ANNA)
    browsers.watch.forgive("409")
    keep_reply(desk.page, "Invoice", "Hello {{customer.name}}, for [[model]] it is [[sum]].", file=True)
    desk.open(ticket)
    desk.text.focus()
    desk.page.keyboard.type("/")
    picker = desk.page.locator("#replies-dialog")
    picker.get_by_role("combobox").fill("штмщшсу")
    expect(picker.locator("#replies-preview")).to_contain_text("Hello Clara, for [[model]] it is [[sum]].")
    desk.page.keyboard.press("Enter")
    expect(picker).to_be_hidden()
    expect(desk.page.locator(".tray-ready")).to_have_count(1)
    desk.page.keyboard.type("K-220")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#composer-error")).to_have_text("Fill in first: sum")
    desk.page.keyboard.type("390")
    desk.page.keyboard.press("Enter")
    bubble = desk.bubble("Hello Clara, for K-220 it is 390.")
    desk.expect_state(bubble, "sent")
    assert phone.answers()[-1]["caption"] == "Hello Clara, for K-220 it is 390."
    assert phone.answers()[-1]["document"]["file_name"] == "invoice.pdf"


def test_tab_walks_the_gaps_and_then_leaves_the_field(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.text.fill("The [[model]] costs [[sum]]")
    desk.text.press("Home")
    for name in ("[[model]]", "[[sum]]"):
        desk.text.press("Tab")
        assert chosen(desk) == name
    desk.text.press("Shift+Tab")
    assert chosen(desk) == "[[model]]"
    expect(desk.page.locator("#composer-mirror mark")).to_have_count(2)
    desk.text.press("End")
    desk.text.press("Tab")
    expect(desk.text).not_to_be_focused()


def test_a_slash_that_was_only_a_slash_stays_one(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.text.focus()
    desk.page.keyboard.type("/start")
    expect(desk.page.locator("#replies-dialog")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.text).to_have_value("/start")
    desk.page.keyboard.type(" 1/2")
    expect(desk.text).to_have_value("/start 1/2")


def test_a_sent_answer_becomes_a_saved_reply(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    bubble = desk.reply("We are open from nine to six")
    desk.expect_state(bubble, "sent")
    desk.press_in_menu(bubble, "Save as saved reply")
    dialog = desk.page.locator("#save-reply-dialog")
    dialog.get_by_label("Name").fill("Hours")
    dialog.get_by_role("button", name="Save").click()
    expect(desk.page.locator("#toasts")).to_contain_text("Kept as a saved reply.")
    desk.text.press("Control+Slash")
    picker = desk.page.locator("#replies-dialog")
    picker.get_by_role("combobox").fill("hours")
    expect(picker.get_by_role("option")).to_have_count(1)
    picker.get_by_role("button", name="Insert").click()
    expect(desk.text).to_have_value("We are open from nine to six")


def test_a_note_names_a_colleague(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Dora")
    desk = browsers.open(ANNA)
    desk.open(ticket)
    desk.choose("note")
    desk.text.focus()
    desk.page.keyboard.type("ask @bor")
    expect(desk.page.locator("#mention-list").get_by_role("option")).to_have_text([NAMES[BORIS]])
    desk.page.keyboard.press("Enter")
    expect(desk.text).to_have_value(f"ask @{NAMES[BORIS]} ")
    desk.page.keyboard.type("please")
    desk.page.keyboard.press("Enter")
    expect(desk.bubble("please").locator(".mention")).to_have_text(f"@{NAMES[BORIS]}")
    seen = "SELECT count(*) FROM mention WHERE ticket_id = ? AND seen_at IS NOT NULL"
    assert shop.box.count(seen, ticket) == 0
    browsers.open(BORIS).open(ticket)
    wait_until(lambda: shop.box.count(seen, ticket) == 1, "a mention that was seen")


def test_the_button_and_the_russian_layout_name_colleagues_too(shop: Shop, browsers: Browsers) -> None:
    desk, _phone = open_chat(shop, browsers)
    desk.choose("note")
    desk.composer.get_by_role("button", name="Name a colleague").click()
    offered = desk.page.locator("#mention-list").get_by_role("option")
    expect(offered).to_have_count(2)
    desk.text.fill('"ann')
    expect(offered).to_have_text([NAMES[ANNA]])
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Tab")
    expect(desk.text).to_have_value(f"@{NAMES[ANNA]} ")


def test_a_colleagues_name_in_an_answer_offers_a_note(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.text.fill("@Boris, is it still there?")
    guard = desk.page.locator("#composer-guard")
    expect(guard).to_contain_text(f"{NAMES[BORIS]} is a colleague, and this answer goes to the customer.")
    guard.get_by_role("button", name="Make it a note").click()
    expect(desk.text).to_have_value("@Boris, is it still there?")
    desk.choose("reply")
    expect(desk.text).to_have_value("")
    desk.choose("note")
    desk.text.press("Enter")
    expect(desk.bubble("is it still there?")).to_contain_text("only staff see it")
    assert not [asked for asked in requests_for(shop, phone) if "still there" in str(asked["parameters"])]


def test_an_answer_after_a_colleagues_note_is_asked_about(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Edda")
    technician = browsers.open(BORIS)
    technician.open(ticket)
    expect(technician.note("Which invoice does she mean?")).to_be_visible()
    desk = browsers.open(ANNA)
    desk.open(ticket)
    desk.text.fill("The one of March")
    guard = desk.page.locator("#composer-guard")
    expect(guard).to_contain_text("This answer goes to the customer.")
    guard.get_by_role("button", name="Make it a note").click()
    desk.text.press("Enter")
    expect(desk.bubble("The one of March")).to_contain_text("only staff see it")


def test_a_note_with_a_file_stays_here_whatever_the_page_says(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    before = len(phone.answers())
    desk.choose("note")
    desk.attach([path_of(DOCUMENT)])
    desk.text.fill("Her old invoice")
    note = desk.send()
    expect(note).to_contain_text("only staff see it")
    number = (note.get_attribute("id") or "").removeprefix("m")
    assert shop.box.count("SELECT count(*) FROM delivery WHERE message_id = ?", number) == 0
    browsers.watch.forgive("409", "404")
    answer = desk.page.evaluate(
        """async ([message]) => (await fetch(`/m/${message}/edit`, {method: "POST",
             headers: {"HX-Request": "true", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content},
             body: new URLSearchParams({text: "out", mode: "reply"})})).status""",
        [number],
    )
    assert answer in (200, 204, 404, 409)
    shop.settle()
    assert shop.box.count("SELECT count(*) FROM delivery WHERE message_id = ?", number) == 0
    assert len(phone.answers()) == before


def test_send_and_done_ends_the_ticket_and_undo_brings_both_back(
    shop: Shop, browsers: Browsers, undo_seconds: None
) -> None:
    desk, phone = open_chat(shop, browsers)
    before = len(phone.answers())
    desk.text.fill("The sum is 4390")
    desk.text.press("Control+Shift+Enter")
    expect(desk.ticket_state).to_contain_text("Solved")
    bubble = desk.bubble("The sum is 4390")
    bubble.get_by_role("button", name="Undo").click()
    expect(desk.text).to_have_value("The sum is 4390")
    expect(desk.ticket_state).not_to_contain_text("Solved")
    assert len(phone.answers()) == before


def test_send_and_next_leads_on_and_can_still_be_taken_back(shop: Shop, browsers: Browsers, undo_seconds: None) -> None:
    _first, here = open_ticket(shop, "Frida")
    _second, _there = open_ticket(shop, "Greta")
    desk = browsers.open(ANNA)
    desk.open(here)
    desk.text.fill("It is on its way")
    desk.page.locator("#send-menu > summary").click()
    desk.page.locator("#send-menu").get_by_role("button", name="Send & next").click()
    expect(desk.page).not_to_have_url(re.compile(f"/t/{here}$"))
    expect(desk.text).to_have_value("")
    desk.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(desk.page).to_have_url(re.compile(f"/t/{here}$"))
    expect(desk.text).to_have_value("It is on its way")
    expect(desk.bubble("It is on its way")).to_contain_text("taken back, not sent")


def test_the_sending_key_is_asked_once_and_kept(shop: Shop, browsers: Browsers) -> None:
    _phone, ticket = open_ticket(shop, "Hilde")
    # What is chosen once stays: of somebody whom no other test knows.
    add_agent(shop.box, "nina", "Nina Frolova")
    desk = browsers.open("nina")
    desk.open(ticket)
    question = desk.page.locator("#send-key")
    expect(question).to_be_hidden()
    desk.text.focus()
    question.get_by_role("button", name="Ctrl+Enter").click()
    expect(question).to_be_hidden()
    desk.page.keyboard.type("one")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("two")
    expect(desk.text).to_have_value("one\ntwo")
    desk.page.keyboard.press("Control+Enter")
    desk.expect_state(desk.bubble("two"), "sent")
    desk.page.reload()
    desk.text.focus()
    expect(question).to_have_count(0)


def chosen(desk: Desk) -> str:
    return str(desk.text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)"))
