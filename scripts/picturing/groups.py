"""Somebody adds the bot to a group, which then waits for the owner's yes."""

from __future__ import annotations

from scripts.picturing.demo_desk import Desk
from tests.harness.waiting import wait_until


def let_a_group_ask(desk: Desk) -> None:
    control, bot, person = desk.box.control, desk.box.bot_id, desk.phones["main"].customer_id
    title, words = desk.words["group"]
    group = control.add_group(title, members=[person])
    control.change_membership(bot, group["id"], "join", by=person)
    control.phone(bot, person, group["id"]).write(words)
    wait_until(
        lambda: title in desk.owner.read("/settings/groups/strip"), "the question about the group", 60, every=0.5
    )
