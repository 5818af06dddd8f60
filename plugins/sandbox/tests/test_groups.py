"""Groups: who is told what, how the bot stands in them, and what happens to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from appliance_sandbox.control import Control, ControlError, Phone

from .conftest import Api


@dataclass(frozen=True, slots=True)
class Group:
    """A group of Anna and Oleg, who brought the bot along; nothing is pending."""

    id: int
    anna: Phone
    oleg: Phone


def _updates(api: Api) -> list[dict[str, Any]]:
    """What came since the last time."""
    got: list[dict[str, Any]] = api.result("getUpdates")
    if got:
        api.result("getUpdates", offset=got[-1]["update_id"] + 1)
    return got


@pytest.fixture(params=["supergroup"])
def group(request: pytest.FixtureRequest, api: Api, control: Control, bot: int) -> Group:
    anna, oleg = (control.add_customer(name)["id"] for name in ("Анна", "Олег"))
    number = control.add_group("Shop", kind=request.param, members=[anna, oleg])["id"]
    control.change_membership(bot, number, "join", anna)
    _updates(api)
    return Group(number, control.phone(bot, anna, number), control.phone(bot, oleg, number))


basic = pytest.mark.parametrize("group", ["group"], indirect=True)


def test_privacy_hides_what_is_not_meant_for_the_bot(api: Api, group: Group) -> None:
    for hidden in ("lunch?", "/help@other_bot now"):
        assert group.oleg.write(hidden)["update_id"] is None
    for seen in ("/help", "/help@sandbox_bot", "ask @Sandbox_Bot"):
        assert group.oleg.write(seen)["update_id"]
    written = group.oleg.write("lunch!")["message"]["message_id"]
    assert group.oleg.edit(written, text="dinner!")["update_id"] is None
    assert len(_updates(api)) == 3


def test_an_administrator_sees_everything(api: Api, control: Control, bot: int, group: Group) -> None:
    api.result("getUpdates", allowed_updates=["message", "my_chat_member", "message_reaction"])
    own = api.result("sendMessage", chat_id=group.id, text="hello")["message_id"]
    assert group.oleg.react(own, "👍")["update_id"] is None
    control.change_membership(bot, group.id, "promote", group.anna.customer_id)
    assert group.oleg.write("lunch?")["update_id"]
    assert group.oleg.react(own, "❤")["update_id"]
    changed = _updates(api)[0]["my_chat_member"]
    assert (changed["old_chat_member"]["status"], changed["new_chat_member"]["status"]) == ("member", "administrator")
    assert changed["new_chat_member"]["can_delete_messages"] is True
    assert [one["status"] for one in api.result("getChatAdministrators", chat_id=group.id)] == ["administrator"]
    control.change_membership(bot, group.id, "demote", group.anna.customer_id)
    assert group.oleg.write("lunch?")["update_id"] is None
    assert api.result("getChatMember", chat_id=group.id, user_id=bot)["status"] == "member"


def test_privacy_can_be_switched_off(api: Api, control: Control, bot: int, group: Group) -> None:
    assert api.result("getMe")["can_read_all_group_messages"] is False
    control.set_privacy(bot, on=False)
    assert api.result("getMe")["can_read_all_group_messages"] is True
    assert group.oleg.write("lunch?")["update_id"]
    assert group.oleg.chat()["reads_all"] is True


def test_an_anonymous_administrator_speaks_as_the_group(api: Api, group: Group) -> None:
    sent = group.anna.write("/stop", anonymous=True)["message"]
    assert sent["from"]["username"] == "GroupAnonymousBot"
    assert sent["sender_chat"]["id"] == sent["chat"]["id"] == group.id
    assert group.anna.do("edit", message_id=sent["message_id"], text="/go", anonymous=True)["message"]["text"] == "/go"
    with pytest.raises(ControlError, match="not theirs"):
        group.anna.edit(sent["message_id"], text="/mine")


@basic
def test_nobody_is_anonymous_in_a_basic_group(group: Group) -> None:
    with pytest.raises(ControlError, match="only in a supergroup"):
        group.anna.write("/stop", anonymous=True)


def test_coming_going_and_titles_are_announced(api: Api, control: Control, bot: int, group: Group) -> None:
    nina = control.phone(bot, control.add_customer("Нина")["id"], group.id)
    nina.join()
    group.anna.rename("Shop and storehouse")
    nina.leave()
    came, renamed, left = (update["message"] for update in _updates(api))
    assert came["new_chat_members"][0]["first_name"] == "Нина"
    assert (renamed["new_chat_title"], renamed["chat"]["title"]) == ("Shop and storehouse", "Shop and storehouse")
    assert left["left_chat_member"]["id"] == nina.customer_id
    assert api.result("getChat", chat_id=group.id)["title"] == "Shop and storehouse"
    assert api.result("getChatMemberCount", chat_id=group.id) == 3


def test_pins_and_vanishing_messages_are_announced(api: Api, group: Group) -> None:
    own = api.result("sendMessage", chat_id=group.id, text="hello")["message_id"]
    group.anna.pin(own)
    group.anna.set_auto_delete(86_400)
    pinned, timed = (update["message"] for update in _updates(api))
    assert pinned["pinned_message"]["message_id"] == own
    assert timed["message_auto_delete_timer_changed"] == {"message_auto_delete_time": 86_400}


def test_a_bot_leaves_by_itself(api: Api, group: Group) -> None:
    assert api.result("leaveChat", chat_id=group.id) is True
    (left,) = _updates(api)
    assert left["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert left["my_chat_member"]["from"]["is_bot"] is True
    refused = (403, "Forbidden: bot is not a member of the supergroup chat")
    assert api.refusal("sendMessage", chat_id=group.id, text="x") == refused
    assert api.refusal("leaveChat", chat_id=group.id) == refused
    assert api.refusal("getChat", chat_id=group.id) == refused
    with pytest.raises(ControlError, match="the bot is not in this group"):
        group.oleg.write("bot?")


@basic
def test_a_basic_group_also_says_that_the_bot_left(api: Api, control: Control, bot: int, group: Group) -> None:
    control.change_membership(bot, group.id, "kick", group.anna.customer_id)
    told, said = _updates(api)
    assert told["my_chat_member"]["new_chat_member"] == {
        "status": "kicked", "user": told["my_chat_member"]["new_chat_member"]["user"], "until_date": 0,
    }  # fmt: skip
    assert said["message"]["left_chat_member"]["id"] == bot


@basic
def test_an_upgraded_group_goes_on_elsewhere(api: Api, control: Control, bot: int, group: Group) -> None:
    moved = control.change_membership(bot, group.id, "migrate", group.anna.customer_id)
    old, new = (update["message"] for update in _updates(api))
    assert old["migrate_to_chat_id"] == moved["id"]
    assert (new["migrate_from_chat_id"], new["message_id"]) == (group.id, 1)
    assert new["sender_chat"]["id"] == moved["id"]
    for method, fields in (("sendMessage", {"text": "x"}), ("getChat", {}), ("deleteMessage", {"message_id": 1})):
        body = api.call(method, chat_id=group.id, **fields)
        assert body["parameters"] == {"migrate_to_chat_id": moved["id"]}
    with pytest.raises(ControlError, match="became the supergroup"):
        group.oleg.write("here?")
    assert control.phone(bot, group.oleg.customer_id, moved["id"]).write("/here")["update_id"]
    assert [one["group"]["id"] for one in control.groups(bot)] == [moved["id"]]
    assert group.oleg.chat()["moved_to"] == moved["id"]


def test_in_a_group_a_bot_deletes_its_own_and_as_administrator_all(
    api: Api, control: Control, bot: int, group: Group
) -> None:
    theirs = group.oleg.write("/help")["message"]["message_id"]
    own = api.result("sendMessage", chat_id=group.id, text="x")["message_id"]
    refused = api.refusal("deleteMessage", chat_id=group.id, message_id=theirs)
    assert refused == (400, "Bad Request: message can't be deleted")
    assert api.result("deleteMessage", chat_id=group.id, message_id=own) is True
    control.change_membership(bot, group.id, "promote", group.anna.customer_id)
    assert api.result("deleteMessage", chat_id=group.id, message_id=theirs) is True


def test_keys_that_ask_are_for_private_chats(api: Api, group: Group) -> None:
    asks = {"request_contact": "phone number", "request_location": "location", "request_poll": "poll"}
    for key, what in asks.items():
        keyboard = {"keyboard": [[{"text": "Share", key: True}]]}
        refused = api.refusal("sendMessage", chat_id=group.id, text="x", reply_markup=keyboard)
        assert refused == (400, f"Bad Request: {what} can be requested in private chats only")
