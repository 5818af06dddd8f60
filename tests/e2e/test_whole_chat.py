"""One customer, one chat: however many tickets it has, all of it can be reached from each."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.samples import DOCUMENT, PHOTO
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.staff import Staff

FLASHED = re.compile(r"\bflash\b")


@pytest.fixture(scope="module")
def staff(running_shop: Shop) -> Iterator[Staff]:
    with running_shop.hire() as hired:
        yield hired


def write_lines(shop: Shop, phone: Phone, word: str, count: int) -> None:
    """ "word 1." and so on."""
    shop.write((phone, f"{word} {number}.") for number in range(1, count + 1))
    shop.settle()


def begin_anew(shop: Shop, staff: Staff, phone: Phone, words: str) -> tuple[int, int]:
    """The next message opens another ticket; the numbers of both."""
    first = shop.tickets([phone])[phone.chat_id]
    staff.do("shelve", ticket=first)
    phone.write(words)
    shop.settle()
    staff.do("restore", ticket=first)
    return first, shop.tickets([phone])[phone.chat_id]


def bubble_of(desk: Desk, shop: Shop, words: str) -> tuple[int, Locator]:
    """A message's number and its bubble, which need not be loaded."""
    (row,) = shop.box.read("SELECT max(id) AS id FROM message WHERE text = ?", words)
    return row["id"], desk.page.locator(f"#m{row['id']}")


def scroll_top(desk: Desk) -> float:
    return float(desk.page.locator("#log").evaluate("log => log.scrollTop"))


def test_all_tickets_stand_in_one_log_with_a_line_between(shop: Shop, browsers: Browsers, staff: Staff) -> None:
    phone, _ = open_ticket(shop, "Irma", "The first matter")
    first, second = begin_anew(shop, staff, phone, "The second matter")
    desk = browsers.open(OWNER)
    desk.open(second)
    expect(desk.bubble("The first matter")).to_have_class(re.compile("message-other"))
    expect(desk.bubble("The second matter")).not_to_have_class(re.compile("message-other"))
    expect(desk.bubble("The second matter")).to_be_in_viewport()
    lines = desk.log.locator(".boundary")
    expect(lines).to_have_count(2)
    expect(lines.nth(1)).to_contain_text(f"Ticket No. {second}")
    lines.nth(0).get_by_role("link", name=f"Ticket No. {first}").click()
    expect(desk.bubble("The second matter")).to_have_class(re.compile("message-other"))
    expect(desk.page).to_have_url(re.compile(f"/t/{first}$"))


def test_a_line_between_tickets_tells_how_one_ended(shop: Shop, browsers: Browsers, staff: Staff) -> None:
    phone, _ = open_ticket(shop, "Jutta", "An old matter")
    first, second = begin_anew(shop, staff, phone, "A new matter")
    desk = browsers.open(OWNER)
    desk.open(second)
    staff.do("finish", ticket=first)
    expect(desk.log.locator(f'.boundary[data-ticket="{first}"]')).to_contain_text("solved")


def test_an_old_ticket_opens_at_its_own_end_and_the_pill_leads_to_the_newest(
    shop: Shop, browsers: Browsers, staff: Staff
) -> None:
    phone, _ = open_ticket(shop, "Karla", "Karla begins")
    first, _second = begin_anew(shop, staff, phone, "Karla goes on")
    write_lines(shop, phone, "later", 60)
    desk = browsers.open(OWNER)
    desk.open(first)
    expect(desk.bubble("Karla begins")).to_be_in_viewport()
    expect(desk.bubble("later 60.")).to_have_count(0)
    pill = desk.page.locator("#new-messages")
    expect(pill).to_have_text("To the newest")
    pill.click()
    expect(desk.bubble("later 60.")).to_be_in_viewport()
    expect(pill).to_be_hidden()
    phone.write("Karla is still here")
    expect(desk.bubble("Karla is still here")).to_be_in_viewport()


def test_what_comes_in_for_another_ticket_of_the_chat_appears(shop: Shop, browsers: Browsers, staff: Staff) -> None:
    phone, first = open_ticket(shop, "Lena", "Lena begins")
    desk = browsers.open(OWNER)
    desk.open(first)
    begin_anew(shop, staff, phone, "Lena has another matter")
    expect(desk.bubble("Lena has another matter")).to_have_class(re.compile("message-other"))
    phone.write("And more of it")
    expect(desk.bubble("And more of it")).to_be_visible()


def test_a_quote_reaches_a_message_that_is_not_loaded(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Mona", "Mona begins")
    asked = phone.messages()[0]["message_id"]
    write_lines(shop, phone, "between", 120)
    phone.write("As I said", reply_to=asked)
    shop.settle()
    desk = browsers.open(OWNER)
    desk.read(ticket)
    expect(desk.bubble("As I said")).to_be_in_viewport()
    number, bubble = bubble_of(desk, shop, "Mona begins")
    expect(bubble).to_have_count(0)
    desk.bubble("As I said").locator(f'[data-jump="{number}"]').click()
    expect(bubble).to_be_in_viewport()
    expect(bubble).to_have_class(FLASHED)


def test_a_link_to_a_message_opens_at_it(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Nina", "Nina begins")
    write_lines(shop, phone, "after", 90)
    desk = browsers.open(OWNER)
    desk.read(ticket)
    number, bubble = bubble_of(desk, shop, "Nina begins")
    desk.open_inbox()
    desk.page.goto(f"/t/{ticket}#m{number}")
    expect(bubble).to_be_in_viewport()
    expect(bubble).to_have_class(FLASHED)
    desk.page.locator("#load-later").click()
    expect(desk.bubble("after 60.")).to_have_count(1)
    expect(bubble).to_have_count(1)


def test_a_message_gives_its_link(shop: Shop, browsers: Browsers) -> None:
    _, ticket = open_ticket(shop, "Olivia", "Olivia begins")
    desk = browsers.open(OWNER)
    desk.open(ticket)
    number, bubble = bubble_of(desk, shop, "Olivia begins")
    desk.press_in_menu(bubble, "Copy link")
    expect(desk.page.locator("#toasts")).to_contain_text("Copied")
    desk.text.focus()
    desk.page.keyboard.press("Control+v")
    expect(desk.text).to_have_value(re.compile(rf"/t/{ticket}#m{number}$"))


def test_the_name_of_a_day_leads_to_another_day_by_keyboard(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Petra", "Petra begins")
    write_lines(shop, phone, "filler", 90)
    desk = browsers.open(OWNER)
    desk.read(ticket)
    expect(desk.bubble("Petra begins")).to_have_count(0)
    desk.log.locator(".day-name").first.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#date-jump-day")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.bubble("Petra begins")).to_be_in_viewport()
    expect(desk.page.locator("#date-jump")).to_be_hidden()


def test_another_chats_news_never_move_this_one(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Rita", "Rita begins")
    write_lines(shop, phone, "line", 40)
    stranger, strangers = open_ticket(shop, "Stranger")
    desk = browsers.open(OWNER)
    desk.open(ticket)
    desk.page.locator("#log").evaluate("log => { log.scrollTop = 150 }")
    before = desk.bubbles.count()
    stranger.write("Not your matter")
    expect(desk.row(strangers)).to_contain_text("Not your matter")
    assert (scroll_top(desk), desk.bubbles.count()) == (150, before)
    expect(desk.page.locator("#new-messages")).to_be_hidden()


def test_a_new_message_is_followed_only_from_near_the_end(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Sara", "Sara begins")
    write_lines(shop, phone, "line", 40)
    desk = browsers.open(OWNER)
    desk.open(ticket)
    log = desk.page.locator("#log")
    log.evaluate("log => { log.scrollTop = log.scrollHeight - log.clientHeight - 90 }")
    phone.write("Followed")
    expect(desk.bubble("Followed")).to_be_in_viewport()
    log.evaluate("log => { log.scrollTop = log.scrollHeight - log.clientHeight - 160 }")
    before = scroll_top(desk)
    phone.write("Not followed")
    expect(desk.page.locator("#new-messages")).to_have_text("1 new")
    assert scroll_top(desk) == before


def test_files_and_media_of_the_chat_lead_to_their_messages(shop: Shop, browsers: Browsers, staff: Staff) -> None:
    phone, _ = open_ticket(shop, "Tina", "Tina begins")
    phone.send("photo", PHOTO, caption="A picture")
    _, second = begin_anew(shop, staff, phone, "See https://example.org/tina")
    phone.send("document", DOCUMENT)
    shop.settle()
    desk = browsers.open(OWNER)
    desk.open(second)
    desk.page.locator("#card").get_by_role("link", name="All files").click()
    expect(desk.page.locator(".file-tile")).to_have_count(1)
    desk.page.get_by_role("link", name="Links").click()
    expect(desk.page.locator(".file-line")).to_contain_text("https://example.org/tina")
    desk.page.get_by_role("link", name="Files", exact=True).click()
    expect(desk.page.locator(".file-line")).to_contain_text("invoice.pdf")
    desk.page.get_by_role("link", name="Photos and videos").click()
    desk.page.locator(".file-tile a").click()
    _, bubble = bubble_of(desk, shop, "A picture")
    expect(bubble).to_be_in_viewport()
    expect(bubble).to_have_class(FLASHED)
