"""Messages and tickets put where they belong: split, moved, merged, given to a colleague; and back again."""

from __future__ import annotations

from playwright.sync_api import expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import PHONE, Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until


def test_a_second_problem_becomes_a_ticket_of_its_own_and_nothing_moves_at_the_customer(
    shop: Shop, browsers: Browsers
) -> None:
    desk, phone = open_chat(shop, browsers)
    first = shop.tickets([phone])[phone.chat_id]
    phone.write("And the invoice is wrong")
    phone.write("It says 200 too much")
    desk.press_in_menu(desk.bubble("And the invoice is wrong"), "Select…")
    box = desk.bubble("And the invoice is wrong").get_by_role("checkbox")
    expect(box).to_be_checked()
    box.press("Shift+ArrowDown")
    bar = desk.page.locator("#selection")
    expect(bar).to_contain_text("Chosen: 2")
    there = [answer["message_id"] for answer in phone.answers()]
    bar.get_by_role("button", name="New ticket from these").click()
    wait_until(lambda: shop.tickets([phone])[phone.chat_id] > first, "the new ticket")
    second = shop.tickets([phone])[phone.chat_id]
    expect(desk.page.locator("#toasts")).to_contain_text(f"No. {second} is a ticket of its own now.")
    expect(bar).to_be_hidden()
    expect(desk.bubble("And the invoice is wrong")).to_have_attribute("data-ticket", str(second))
    expect(desk.page.locator("#card")).to_contain_text(f"No. {second}")
    expect(desk.log).to_contain_text(f"put 2 messages into the new ticket No. {second}")
    assert [answer["message_id"] for answer in phone.answers()] == there
    desk.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(desk.bubble("And the invoice is wrong")).to_have_attribute("data-ticket", str(first))
    desk.page.goto(f"/t/{second}")
    expect(desk.page.locator("#workplace")).to_have_attribute("data-ticket", str(first))
    expect(desk.page.locator("#merged-line")).to_contain_text(f"No. {second} is part of this ticket now.")


def test_two_tickets_of_a_customer_become_one_and_both_numbers_open_it(shop: Shop, browsers: Browsers) -> None:
    desk, phone, first, second = two_tickets(shop, browsers)
    desk.open(second)
    desk.header.locator("#more-menu > summary").click()
    desk.header.get_by_role("button", name="Merge with another ticket").click()
    dialog = desk.page.get_by_role("dialog", name="Merge two tickets")
    expect(dialog).to_contain_text(f"No. {first} remains, No. {second} becomes part of it.")
    dialog.get_by_role("button", name="The other way round").click()
    expect(dialog).to_contain_text(f"No. {second} remains, No. {first} becomes part of it.")
    dialog.get_by_role("button", name="The other way round").click()
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(desk.page.locator("#workplace")).to_have_attribute("data-ticket", str(first))
    expect(desk.bubble("And the invoice is wrong")).to_have_attribute("data-ticket", str(first))
    phone.write("Anything new?")
    expect(desk.bubble("Anything new?")).to_have_attribute("data-ticket", str(first))
    desk.open_inbox("all")
    expect(desk.row(first)).to_be_visible()
    expect(desk.row(second)).to_have_count(0)
    desk.page.goto(f"/t/{second}")
    expect(desk.page.locator("#workplace")).to_have_attribute("data-ticket", str(first))
    desk.page.locator("#card").get_by_role("button", name=f"Take No. {second} out again").click()
    expect(desk.bubble("And the invoice is wrong")).to_have_attribute("data-ticket", str(second))
    expect(desk.bubble("Anything new?")).to_have_attribute("data-ticket", str(first))


def test_who_has_the_other_ticket_open_sees_the_one_that_remains(shop: Shop, browsers: Browsers) -> None:
    desk, _phone, first, second = two_tickets(shop, browsers)
    colleague = browsers.open(ANNA)
    colleague.open(second)
    colleague.choose("note")
    colleague.text.fill("Half a thought")
    desk.open(first)
    desk.header.locator("#more-menu > summary").click()
    desk.header.get_by_role("button", name="Merge with another ticket").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Merge", exact=True).click()
    expect(colleague.page.locator("#workplace")).to_have_attribute("data-ticket", str(first))
    colleague.page.reload()
    colleague.choose("note")
    expect(colleague.text).to_have_value("Half a thought")


def test_one_press_puts_the_newest_words_where_they_belong(shop: Shop, browsers: Browsers) -> None:
    desk, phone, first, second = two_tickets(shop, browsers)
    desk.open(first)
    desk.expect_state(desk.reply("We look into it"), "sent")
    phone.write("About the invoice again")
    correction = desk.log.locator("> .correction")
    expect(correction).to_be_visible()
    correction.get_by_role("button", name=f"To No. {second}").click()
    expect(desk.bubble("About the invoice again")).to_have_attribute("data-ticket", str(second))
    desk.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(desk.bubble("About the invoice again")).to_have_attribute("data-ticket", str(first))


def test_a_subtask_is_made_in_two_clicks_and_its_end_becomes_an_answer(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    phone.write("Is it the K-220 or the K-230?")
    desk.press_in_menu(desk.bubble("Is it the K-220"), "Subtask…")
    dialog = desk.page.get_by_role("dialog", name="Subtask for a colleague")
    what = dialog.get_by_label("What is to be done")
    expect(what).to_have_value("Is it the K-220 or the K-230?")
    dialog.get_by_label("Who does it").select_option(label="Anna Petrova")
    what.press("Enter")
    section = desk.page.locator("#card .subtasks")
    expect(section).to_contain_text("Anna")
    colleague = browsers.open(ANNA)
    subtask = shop.box.read("SELECT id FROM ticket WHERE parent_id = ?", ticket)[0]["id"]
    colleague.open(subtask)
    expect(colleague.log).to_contain_text(f"Subtask of ticket No. {ticket}")
    expect(colleague.bubble("Is it the K-220")).to_contain_text("Forwarded from")
    colleague.note("It is the K-230")
    before = len(phone.answers())
    colleague.header.get_by_role("button", name="Done", exact=True).click()
    expect(section.get_by_role("checkbox")).to_be_checked()
    desk.log.get_by_role("button", name="Answer the customer with it").click()
    expect(desk.composer).to_have_attribute("data-mode", "reply")
    expect(desk.text).to_have_value("It is the K-230")
    assert len(phone.answers()) == before
    desk.page.locator("#send").click()
    wait_until(lambda: phone.answers()[-1].get("text") == "It is the K-230", "the answer")


def test_done_asks_what_becomes_of_open_subtasks(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    desk.page.locator("#card").get_by_role("button", name="Add a subtask").click()
    desk.page.get_by_label("What is to be done").fill("Ask the maker")
    desk.page.get_by_role("button", name="Make the subtask").click()
    expect(desk.page.locator("#card .subtasks")).to_contain_text("Ask the maker")
    finish(desk)
    dialog = desk.page.get_by_role("dialog", name="1 subtask is still open")
    dialog.get_by_role("button", name="Cancel").click()
    assert stages(shop, ticket) == ["open", "open"]
    finish(desk)
    dialog.get_by_role("button", name="Finish them too").click()
    expect(desk.ticket_state).to_contain_text("Solved")
    assert stages(shop, ticket) == ["done", "done"]


def test_send_and_done_asks_the_same_and_keeps_the_words(shop: Shop, browsers: Browsers) -> None:
    browsers.watch.forgive("status of 409")
    desk, phone = open_chat(shop, browsers)
    ticket = shop.tickets([phone])[phone.chat_id]
    before = len(phone.answers())
    desk.page.locator("#card").get_by_role("button", name="Add a subtask").click()
    desk.page.get_by_label("What is to be done").fill("Ask the maker")
    desk.page.get_by_role("button", name="Make the subtask").click()
    expect(desk.page.locator("#card .subtasks")).to_contain_text("Ask the maker")
    desk.text.fill("It is mended")
    desk.text.press("Control+Shift+Enter")
    dialog = desk.page.get_by_role("dialog", name="1 subtask is still open")
    dialog.get_by_role("button", name="Cancel").click()
    expect(desk.text).to_have_value("It is mended")
    assert (len(phone.answers()), stages(shop, ticket)) == (before, ["open", "open"])
    desk.text.press("Control+Shift+Enter")
    dialog.get_by_role("button", name="Leave them open").click()
    wait_until(lambda: phone.answers()[-1].get("text") == "It is mended", "the answer")
    assert stages(shop, ticket) == ["done", "open"]


def test_a_thumb_chooses_messages_too(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Phoebe")
    desk = browsers.open(ANNA, **PHONE)
    desk.open(ticket)
    phone.write("Something else")
    desk.press_in_menu(desk.bubble("Something else"), "Select…")
    box = desk.bubble("Something else").get_by_role("checkbox")
    expect(box).to_be_checked()
    frame = box.bounding_box()
    assert frame is not None
    assert frame["width"] >= 24
    desk.bubble("Good morning").locator(".bubble").tap()
    expect(desk.page.locator("#selection")).to_contain_text("Chosen: 2")
    desk.page.locator("#selection").get_by_role("button", name="Cancel").tap()
    expect(box).to_have_count(0)


def two_tickets(shop: Shop, browsers: Browsers) -> tuple[Desk, Phone, int, int]:
    """Of one chat: the first about whatever it was, the second about an invoice."""
    desk, phone = open_chat(shop, browsers)
    first = shop.tickets([phone])[phone.chat_id]
    phone.write("And the invoice is wrong")
    desk.press_in_menu(desk.bubble("And the invoice is wrong"), "Select…")
    desk.page.locator("#selection").get_by_role("button", name="New ticket from these").click()
    expect(desk.page.locator("#toasts")).to_contain_text("is a ticket of its own now.")
    return desk, phone, first, shop.tickets([phone])[phone.chat_id]


def finish(desk: Desk) -> None:
    desk.header.get_by_role("button", name="Done", exact=True).click()


def stages(shop: Shop, ticket: int) -> list[str]:
    rows = shop.box.read("SELECT stage FROM ticket WHERE ? IN (id, parent_id) ORDER BY id", ticket)
    return [row["stage"] for row in rows]
