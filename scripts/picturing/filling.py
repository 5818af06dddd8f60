"""A demo that has seen a day's work: people write, staff answer, and everything a page can show is there once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from appliance_sandbox.conversations import conversations, play_step
from scripts.picturing import company, day
from scripts.picturing.demo_box import DemoBox
from scripts.picturing.demo_desk import Desk, read_words
from tests.harness.waiting import wait_until

PATIENCE = 240.0


def fill(box: DemoBox, stack: ExitStack) -> Desk:
    """Whatever is opened is closed with the stack."""
    desk = Desk(box, read_words(box.language), stack)
    desk.known |= {"search": desk.words["search"], "nothing": desk.words["nothing"]}
    desk.visits["owner"] = desk.visit()
    desk.owner.sign_in(box.login, box.password)
    company.hire(desk)
    company.arrange(desk)
    wait_for_the_story(desk)
    for person in desk.words["people"]:
        let_write(desk, person)
    day.work(desk)
    return desk


def wait_for_the_story(desk: Desk) -> None:
    """The demo plays its own conversations; the last of them goes on for an hour."""
    names = {one.name: one.customer["first_name"] for one in conversations()}
    inbox = "/inbox?tab=all"
    wait_until(lambda: all(name in desk.owner.read(inbox) for name in names.values()), inbox, PATIENCE, every=1.0)
    desk.known |= {key.replace("-", "_"): desk.find_ticket(name) for key, name in names.items()}
    last = conversations()[-1]
    ticket = desk.known[last.name.replace("-", "_")]
    for reply in (step["reply"] for step in last.steps if "reply" in step):
        begin = str(reply).partition("«")[0]
        wait_until(lambda begin=begin: begin in desk.owner.read(f"/t/{ticket}"), begin, PATIENCE, every=1.0)  # type: ignore[misc]


def let_write(desk: Desk, person: Mapping[str, Any]) -> None:
    """A customer says all of theirs; `known` then has their ticket and their card."""
    key, control = person["key"], desk.box.control
    phone = control.phone(desk.box.bot_id, control.add_customer(**person["customer"])["id"])
    desk.phones[key] = phone
    for step in person["steps"]:
        play_step(phone, step)
    name = f"{person['customer']['first_name']} {person['customer']['last_name']}"
    desk.known[key] = wait_until(lambda: desk.find_ticket(name), f"a ticket of {name}", PATIENCE, every=0.5)
    desk.known[f"{key}_contact"] = desk.find_contact(desk.known[key])
