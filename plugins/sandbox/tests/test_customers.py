"""What customers do and what the bot is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from appliance_sandbox.control import Control, ControlError, Phone

from .conftest import Api
from .samples import sample


def _updates(api: Api) -> list[dict[str, Any]]:
    got: list[dict[str, Any]] = api.result("getUpdates")
    return got


def test_start_carries_its_payload(api: Api, phone: Phone, chat: int) -> None:
    phone.start("order-5518")
    message = _updates(api)[0]["message"]
    assert message["text"] == "/start order-5518"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "ru"
    assert message["chat"]["id"] == message["from"]["id"] == chat


def test_every_kind_of_media_arrives(api: Api, phone: Phone, chat: int) -> None:
    sent = {
        "photo": "receipt.jpg", "video": "paper-jam.mp4", "video_note": "round-greeting.mp4",
        "voice": "voice-ru.ogg", "audio": "till-beep.mp3", "document": "invoice.pdf",
        "animation": "waving.mp4", "sticker": "smile.webp",
    }  # fmt: skip
    for kind, name in sent.items():
        phone.send(kind, sample(name), caption="see")
    got = [update["message"] for update in _updates(api)]
    assert all(kind in message for kind, message in zip(sent, got, strict=True))
    assert got[1]["video"]["duration"] == 3
    assert got[0]["caption"] == "see"


def test_an_album_arrives_as_updates_of_one_group(api: Api, phone: Phone, chat: int) -> None:
    phone.album([("photo", sample("shelf-1.jpg"), ""), ("video", sample("waving.mp4"), "both")])
    one, two = (update["message"] for update in _updates(api))
    assert one["media_group_id"] == two["media_group_id"]
    assert two["caption"] == "both"


def test_places_contacts_polls_and_dice_arrive(api: Api, phone: Phone, chat: int) -> None:
    phone.location(55.75, 37.61)
    phone.do("venue", latitude=1, longitude=2, title="Shop", address="Lenina 14")
    phone.do("contact", own=True)
    phone.do("contact", phone_number="+7900", first_name="Olga")
    phone.do("poll", question="Ok?", options=["yes", "no"])
    phone.do("dice")
    place, venue, own, other, poll, dice = (update["message"] for update in _updates(api))
    assert place["location"] == {"latitude": 55.75, "longitude": 37.61}
    assert venue["venue"]["title"] == "Shop"
    assert own["contact"]["user_id"] == chat
    assert other["contact"] == {"phone_number": "+7900", "first_name": "Olga"}
    assert poll["poll"]["question"] == "Ok?"
    assert dice["dice"]["emoji"] == "🎲"


def test_a_live_location_moves_and_ends(api: Api, phone: Phone, chat: int) -> None:
    message_id = phone.location(1.0, 2.0, live_period=900)["message"]["message_id"]
    phone.move(message_id, 1.5, 2.5)
    phone.stop(message_id)
    begun, moved, ended = _updates(api)
    assert begun["message"]["location"]["live_period"] == 900
    assert moved["edited_message"]["location"] == {"latitude": 1.5, "longitude": 2.5, "live_period": 900}
    assert "live_period" not in ended["edited_message"]["location"]
    assert "edit_date" in ended["edited_message"]


def test_edits_replies_and_forwards_arrive(api: Api, phone: Phone, chat: int) -> None:
    first = phone.write("helo")["message"]["message_id"]
    phone.edit(first, text="hello")
    phone.edit(first)
    phone.write("and?", reply_to=first)
    origin = {"type": "hidden_user", "sender_user_name": "Oleg", "date": 1}
    phone.write("seen elsewhere", extra={"forward_origin": origin}, date=1_700_000_000)
    _, edited, unchanged, reply, forwarded = _updates(api)
    assert edited["edited_message"]["text"] == unchanged["edited_message"]["text"] == "hello"
    assert reply["message"]["reply_to_message"]["message_id"] == first
    assert forwarded["message"]["forward_origin"] == origin
    assert forwarded["message"]["date"] == 1_700_000_000


def test_a_run_is_forwarded_in_one_go(api: Api, phone: Phone, chat: int) -> None:
    texts = [f"line {number}" for number in range(5)]
    for origin in ("user", "hidden_user", "channel", "chat"):
        assert len(phone.forward(texts, origin=origin, name="Borya")["update_ids"]) == 5
    origins = [update["message"]["forward_origin"] for update in _updates(api)]
    assert [one["type"] for one in origins[::5]] == ["user", "hidden_user", "channel", "chat"]
    person, hidden, channel, group = origins[::5]
    assert person["sender_user"]["first_name"] == hidden["sender_user_name"] == "Borya"
    assert (channel["chat"]["type"], group["sender_chat"]["title"]) == ("channel", "Borya")
    assert [one["message_id"] for one in origins[10:15]] == [1000, 1001, 1002, 1003, 1004]
    with pytest.raises(ControlError, match="an origin is one of"):
        phone.forward(texts, origin="nobody")


def test_kinds_not_invented_yet_arrive(api: Api, phone: Phone, chat: int) -> None:
    phone.send_content({"hologram": {"depth": 3}, "caption": "look"})
    message = _updates(api)[0]["message"]
    assert (message["hologram"], message["caption"]) == ({"depth": 3}, "look")


def test_a_deleted_chat_is_empty_on_the_phone_only(api: Api, phone: Phone, chat: int) -> None:
    phone.write("before")
    api.result("sendMessage", chat_id=chat, text="?", reply_markup={"keyboard": [["Yes"]]})
    assert phone.delete_chat()["update_id"] is None
    shown = phone.chat()
    assert (shown["messages"], shown["keyboard"], shown["state"]) == ([], None, "started")
    api.result("sendMessage", chat_id=chat, text="after")
    assert [message["text"] for message in phone.messages()] == ["after"]
    assert len(_updates(api)) == 1


def test_a_reaction_names_what_was_and_what_is(api: Api, phone: Phone, chat: int) -> None:
    api.result("getUpdates", allowed_updates=["message_reaction"])
    answer = api.result("sendMessage", chat_id=chat, text="done")["message_id"]
    phone.react(answer, "👍")
    phone.react(answer, "❤")
    second = _updates(api)[1]["message_reaction"]
    assert second["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert second["new_reaction"] == [{"type": "emoji", "emoji": "❤"}]


def test_who_blocked_the_bot_cannot_write_but_may_start_again(api: Api, phone: Phone, chat: int) -> None:
    phone.block()
    with pytest.raises(ControlError, match="blocked"):
        phone.write("x")
    phone.start()
    assert [set(update) - {"update_id"} for update in _updates(api)] == [
        {"my_chat_member"}, {"my_chat_member"}, {"message"},
    ]  # fmt: skip


def test_a_group_shows_a_private_bot_only_what_is_meant_for_it(api: Api, control: Control, bot: int) -> None:
    anna, oleg = (control.add_customer(name)["id"] for name in ("Анна", "Олег"))
    group = control.add_group("Shop", members=[anna, oleg])["id"]
    control.change_membership(bot, group, "join", anna)
    phone = control.phone(bot, oleg, group)
    assert phone.write("lunch?")["update_id"] is None
    assert phone.write("@sandbox_bot help")["update_id"]
    answer = api.result("sendMessage", chat_id=group, text="yes?")["message_id"]
    assert phone.write("thanks", reply_to=answer)["update_id"]
    control.change_bot(bot, reads_groups=True)
    assert phone.write("lunch?")["update_id"]
    joined, arrived, *_ = _updates(api)
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert arrived["message"]["new_chat_members"][0]["id"] == bot
    assert api.result("getChatMemberCount", chat_id=group) == 3
    assert api.result("getChatMember", chat_id=group, user_id=oleg)["user"]["first_name"] == "Олег"


def test_a_bot_that_was_kicked_is_refused(api: Api, control: Control, bot: int) -> None:
    anna = control.add_customer("Анна")["id"]
    group = control.add_group("Shop")["id"]
    refused = api.refusal("sendMessage", chat_id=group, text="x")
    assert refused == (403, "Forbidden: bot is not a member of the supergroup chat")
    control.change_membership(bot, group, "join", anna)
    control.change_membership(bot, group, "kick", anna)
    refused = api.refusal("sendMessage", chat_id=group, text="x")
    assert refused == (403, "Forbidden: bot was kicked from the supergroup chat")


def test_a_group_that_became_a_supergroup_says_where_it_went(api: Api, control: Control, bot: int) -> None:
    anna = control.add_customer("Анна")["id"]
    group = control.add_group("Shop", kind="group", members=[anna])["id"]
    control.change_membership(bot, group, "join", anna)
    supergroup = control.change_membership(bot, group, "migrate", anna)["id"]
    body = api.call("sendMessage", chat_id=group, text="x")
    assert body["error_code"] == 400
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": supergroup}
    assert api.result("sendMessage", chat_id=supergroup, text="x")
    old, new = (update["message"] for update in _updates(api)[-2:])
    assert (old["migrate_to_chat_id"], new["migrate_from_chat_id"]) == (supergroup, group)


def test_requests_are_recorded_without_bytes(api: Api, control: Control, chat: int) -> None:
    control.clear_requests()
    api.result("sendMessage", chat_id=chat, text="noted")
    api.raw("sendDocument", data={"chat_id": str(chat)}, files={"document": ("a.txt", b"bytes")})
    first, second = control.requests()
    assert (first["method"], first["chat_id"], first["parameters"]["text"]) == ("sendMessage", str(chat), "noted")
    assert second["parameters"]["document"] == {"upload": "a.txt"}
    assert control.requests(method="sendDocument", after=first["id"]) == [second]


def test_the_control_api_needs_its_secret(api: Api) -> None:
    base = api.base.partition("/bot")[0]
    assert api.client.get(f"{base}/control").status_code == 403
    assert api.client.get(f"{base}/control", headers={"X-Control-Secret": "wrong"}).status_code == 403


def test_the_control_api_says_what_is_wrong(control: Control, phone: Phone, bot: int) -> None:
    with pytest.raises(ControlError, match="no act 'nonsense'"):
        phone.do("nonsense")
    with pytest.raises(ControlError, match="no customer 42"):
        control.phone(bot, 42).write("x")
    with pytest.raises(ControlError, match="unknown fault"):
        control.add_fault("nonsense")
    with pytest.raises(ControlError, match="has no nonsense"):
        control.add_fault("hang", nonsense=1)
    with pytest.raises(ControlError, match="a bot token looks like"):
        control.add_bot("malformed")
    with pytest.raises(ControlError, match="no message 999"):
        phone.edit(999, text="x")
