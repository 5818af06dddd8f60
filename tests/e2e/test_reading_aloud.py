"""What a screen reader says of an open conversation: each new message once, and nothing that is no news."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.browsers import Browsers
from tests.e2e.chats import open_chat
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.e2e.staff import ANNA
from tests.harness.shop import Shop

# More than the newest stretch of a chat holds.
MANY = 70
# A screen reader with its own pace: it looks at what was added to the log a moment later, and keeps silent about what
# has gone again by then, what says that it is not to be read out, and a log that is busy.
LISTEN = """() => {
  window.heard = [];
  const log = document.getElementById("log");
  const tell = (item) => {
    if (!item.isConnected || log.getAttribute("aria-busy") === "true" || item.closest("[aria-live=off]")) return;
    window.heard.push(item.innerText);
  };
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.matches?.("li"));
    setTimeout(() => added.forEach(tell), 30);
  }).observe(document.getElementById("log-items"), { childList: true });
}"""
HEARD = "words => window.heard.filter((said) => said.includes(words)).length"


def test_a_new_message_is_read_out_once(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers)
    desk.page.evaluate(LISTEN)
    phone.write("Are you there?")
    expect(desk.bubble("Are you there?")).to_be_visible()
    mine = desk.reply("We are")
    desk.expect_state(mine, "sent")
    phone.react(phone.answers()[-1]["message_id"], "👍")
    expect(mine.locator(".reactions")).to_contain_text("👍")
    phone.write("The last word")
    expect(desk.bubble("The last word")).to_be_visible()
    desk.page.wait_for_function("() => window.heard.some((said) => said.includes('The last word'))")
    for words in ("Are you there?", "We are"):
        assert desk.page.evaluate(HEARD, words) == 1


def test_older_messages_are_not_read_out(shop: Shop, browsers: Browsers) -> None:
    phone, ticket = open_ticket(shop, "Lara", "word 0.")
    shop.write((phone, f"word {number}.") for number in range(1, MANY))
    shop.settle()
    desk = browsers.open(ANNA)
    desk.read(ticket)
    desk.page.evaluate(LISTEN)
    desk.page.locator("#load-older").click()
    expect(desk.bubble("word 0.")).to_be_attached()
    expect(desk.page.locator("#log")).to_have_attribute("aria-busy", "false")
    phone.write("And this is news")
    desk.page.wait_for_function("() => window.heard.some((said) => said.includes('And this is news'))")
    assert desk.page.evaluate(HEARD, "word ") == 0


def test_each_message_says_first_whose_it_is(shop: Shop, browsers: Browsers) -> None:
    desk, phone = open_chat(shop, browsers, "Clara")
    desk.expect_state(desk.reply("Here we are"), "sent")
    desk.note("She is angry")
    expect(said_of(desk, "Good morning")).to_have_text(re.compile(r"^Clara, \d"))
    expect(said_of(desk, "Here we are")).to_have_text(re.compile(r"^You, \d"))
    expect(said_of(desk, "She is angry")).to_have_text(re.compile(r"^Note by You, \d"))
    colleague = browsers.open(ANNA)
    colleague.open(shop.tickets([phone])[phone.chat_id])
    expect(said_of(colleague, "Here we are")).not_to_have_text(re.compile("^You"))


def said_of(desk: Desk, words: str) -> Locator:
    """What nobody sees and everybody hears before the words."""
    return desk.bubble(words).locator(".bubble > .hidden")
