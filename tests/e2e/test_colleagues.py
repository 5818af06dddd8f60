"""Two at the same ticket: each sees what the other does, one of two takes it, and no customer gets two answers."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.staff import ANNA, BORIS, NAMES
from tests.harness.box import OWNER
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until

# A colleague is seen writing within two seconds; a crowded machine may take its time.
SOON = 15_000


def open_two(shop: Shop, browsers: Browsers, *logins: str) -> tuple[list[Desk], int]:
    """The same ticket on the desks of these colleagues, and its number."""
    _phone, ticket = open_ticket(shop)
    desks = [browsers.open(login) for login in logins]
    for desk in desks:
        desk.open(ticket)
    return desks, ticket


def test_a_colleague_is_seen_writing_and_the_second_answer_is_held(shop: Shop, browsers: Browsers) -> None:
    browsers.watch.forgive("status of 409")
    (anna, boris), ticket = open_two(shop, browsers, ANNA, BORIS)
    boris.text.fill("We will lo")
    anna.text.press_sequentially("It is on")
    expect(boris.page.locator("#colleagues")).to_contain_text("Anna is writing an answer…", timeout=SOON)
    expect(boris.row(ticket)).to_contain_text("Anna is writing…")
    anna.reply("It is on its way")
    expect(boris.bubble("It is on its way")).to_be_visible()
    expect(boris.page.locator("#colleagues")).not_to_contain_text("writing")
    boris.text.press_sequentially("ok")
    boris.text.press("Enter")
    held = boris.page.locator("#held")
    expect(held).to_contain_text("Anna Petrova has answered meanwhile")
    expect(held).to_contain_text("It is on its way")
    expect(boris.text).to_have_value("We will look")
    boris.text.press("Enter")
    expect(held).to_be_visible()
    expect(boris.text).to_have_value("We will look")
    assert shop.box.read("SELECT count(*) AS sent FROM message WHERE ticket_id = ? AND kind = 'reply'", ticket) == [
        {"sent": 1}
    ]
    held.get_by_role("button", name="Send all the same").click()
    expect(boris.bubble("We will look")).to_have_count(1)
    expect(held).to_be_hidden()
    expect(boris.text).to_have_value("")


def test_who_looks_is_seen_until_their_page_is_closed(shop: Shop, browsers: Browsers) -> None:
    (anna, boris), _ticket = open_two(shop, browsers, ANNA, BORIS)
    seen = anna.page.locator("#colleagues")
    expect(seen).to_contain_text("Boris is looking", timeout=SOON)
    boris.page.close(run_before_unload=False)
    expect(seen).not_to_contain_text("Boris", timeout=30_000)


def test_one_of_two_takes_an_offered_ticket_and_both_know(shop: Shop, browsers: Browsers) -> None:
    browsers.watch.forgive("status of 409")
    (anna, boris), ticket = open_two(shop, browsers, ANNA, BORIS)
    with shop.hire() as owner:
        owner.do("offer", ticket=ticket, team=f"Team of {ticket}", logins=[ANNA, BORIS])
    for desk in (anna, boris):
        expect(desk.ticket_state).to_contain_text(f"offered: Team of {ticket}")
    takes = [desk.header.get_by_role("button", name="Take") for desk in (anna, boris)]
    for take in takes:
        take.evaluate("button => setTimeout(() => button.click(), 50)")
    wait_until(lambda: holder(shop, ticket), "somebody who has it")
    winner, loser = (anna, boris) if holder(shop, ticket) == NAMES[ANNA] else (boris, anna)
    expect(winner.header.locator(".assignee")).to_have_text("You")
    expect(loser.header.locator(".assignee")).to_have_text("Anna" if winner is anna else "Boris")
    for desk in (anna, boris):
        expect(desk.ticket_state).not_to_contain_text("offered")


def holder(shop: Shop, ticket: int) -> object:
    rows = shop.box.read("SELECT a.name FROM ticket t JOIN agent a ON a.id = t.assignee_id WHERE t.id = ?", ticket)
    return rows[0]["name"] if rows else None


def test_a_ticket_is_handed_over_with_a_note(shop: Shop, browsers: Browsers) -> None:
    (owner, anna), _ticket = open_two(shop, browsers, OWNER, ANNA)
    owner.header.locator("#more-menu > summary").click()
    owner.header.get_by_role("button", name="Hand over with a note…").click()
    dialog = owner.page.locator("#handover-dialog")
    options = dialog.locator("option", has_text="Anna Petrova")
    dialog.get_by_label("To whom").select_option(options.get_attribute("value"))
    dialog.get_by_label("Note for whoever gets it").fill("She has moved to Tver")
    dialog.get_by_role("button", name="Hand over").click()
    expect(dialog).to_be_hidden()
    expect(owner.header.locator(".assignee")).to_have_text("Anna")
    expect(anna.header.locator(".assignee")).to_have_text("You")
    expect(anna.bubble("She has moved to Tver")).to_contain_text("only staff see it")
    owner.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(owner.header.get_by_role("button", name="Take")).to_be_visible()


def test_the_first_reply_takes_the_ticket_unless_that_is_undone(shop: Shop, browsers: Browsers) -> None:
    (desk,), _ticket = open_two(shop, browsers, OWNER)
    desk.reply("Hello")
    expect(desk.header.locator(".assignee")).to_have_text("You")
    desk.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(desk.header.get_by_role("button", name="Take")).to_be_visible()


def test_being_away_is_said_in_the_navigation_and_seen_by_colleagues(shop: Shop, browsers: Browsers) -> None:
    (owner, anna), _ticket = open_two(shop, browsers, OWNER, ANNA)
    own = anna.page.locator("#own-menu")
    own.locator("summary").click()
    own.get_by_role("button", name="away").click()
    expect(own.locator(".nav-face .attendance-away")).to_be_attached()
    owner.header.locator("#assign-menu summary").click()
    expect(owner.header.get_by_role("button", name="Anna Petrova")).to_contain_text("away")
    own.locator("summary").click()
    own.get_by_role("button", name="here").click()
    expect(own.locator(".nav-face .attendance-here")).to_be_attached()
