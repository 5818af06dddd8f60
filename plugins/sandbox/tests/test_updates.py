"""getUpdates and webhooks."""

from __future__ import annotations

import threading
import time
from typing import Any

from appliance_sandbox.control import Control, Phone
from appliance_sandbox.server import RunningServer
from appliance_sandbox.server.bots import FIRST_UPDATE_ID
from tests.harness.waiting import wait_until

from .conftest import Api


def _texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def _write(phone: Phone, count: int) -> None:
    for number in range(count):
        phone.write(f"text {number}")


def test_an_update_stays_until_a_higher_offset_confirms_it(api: Api, phone: Phone, chat: int) -> None:
    _write(phone, 2)
    first = api.result("getUpdates")
    assert _texts(first) == ["text 0", "text 1"]
    assert api.result("getUpdates") == first
    assert _texts(api.result("getUpdates", offset=first[1]["update_id"])) == ["text 1"]
    assert api.result("getUpdates", offset=first[1]["update_id"] + 1) == []


def test_update_ids_rise_by_one(api: Api, phone: Phone) -> None:
    _write(phone, 2)
    ids = [update["update_id"] for update in api.result("getUpdates")]
    assert ids == [FIRST_UPDATE_ID, FIRST_UPDATE_ID + 1, FIRST_UPDATE_ID + 2]


def test_limit_is_between_1_and_100(api: Api, control: Control, bot: int, phone: Phone, chat: int) -> None:
    control.act_many(bot, [{"customer": phone.customer_id, "act": "text", "text": "x"} for _ in range(150)])
    assert len(api.result("getUpdates", limit=1)) == 1
    assert len(api.result("getUpdates", limit=1000)) == 100
    assert len(api.result("getUpdates")) == 100


def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(api: Api, phone: Phone, chat: int) -> None:
    _write(phone, 5)
    assert _texts(api.result("getUpdates", offset=-2)) == ["text 3", "text 4"]
    assert _texts(api.result("getUpdates")) == ["text 3", "text 4"]


def test_an_offset_it_does_not_know_falls_back_to_the_head(api: Api, phone: Phone, chat: int) -> None:
    _write(phone, 1)
    assert _texts(api.result("getUpdates", offset=FIRST_UPDATE_ID + 10**6)) == ["text 0"]
    assert _texts(api.result("getUpdates", offset=5)) == ["text 0"]


def test_a_long_poll_ends_when_something_arrives(api: Api, phone: Phone, chat: int) -> None:
    writing = threading.Timer(0.4, phone.write, ("late",))
    writing.start()
    assert _texts(api.result("getUpdates", timeout=50)) == ["late"]
    writing.join(5)


def test_a_long_poll_ends_with_its_timeout(api: Api, chat: int) -> None:
    begun = time.monotonic()
    assert api.result("getUpdates", timeout=1) == []
    assert time.monotonic() - begun > 0.9


def test_a_second_poller_ends_the_first_with_a_conflict(
    api: Api, server: RunningServer, bot: int, phone: Phone, chat: int
) -> None:
    first: list[dict[str, Any]] = []
    polling = threading.Thread(target=lambda: first.append(api.call("getUpdates", timeout=20)))
    polling.start()
    wait_until(lambda: server.sandbox.updates.is_polled(bot), "the long poll")
    assert api.result("getUpdates", timeout=0) == []
    polling.join(30)
    assert first[0]["error_code"] == 409
    assert first[0]["description"].startswith("Conflict: terminated by other getUpdates request; make sure")


def test_polling_conflicts_with_a_webhook(api: Api, chat: int) -> None:
    assert api.refusal("setWebhook", url="http://plain.example")[0] == 400
    assert api.result("setWebhook", url="https://shop.example/hook") is True
    code, text = api.refusal("getUpdates")
    assert code == 409
    assert "can't use getUpdates method while webhook is active" in text
    assert api.result("getWebhookInfo")["url"] == "https://shop.example/hook"
    assert api.result("deleteWebhook") is True
    assert api.result("getUpdates") == []
    assert api.result("getWebhookInfo") == {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


def test_setting_a_webhook_ends_a_long_poll(api: Api, server: RunningServer, bot: int, chat: int) -> None:
    first: list[dict[str, Any]] = []
    polling = threading.Thread(target=lambda: first.append(api.call("getUpdates", timeout=20)))
    polling.start()
    wait_until(lambda: server.sandbox.updates.is_polled(bot), "the long poll")
    api.result("setWebhook", url="https://shop.example/hook", drop_pending_updates=True)
    polling.join(30)
    assert first[0]["description"] == "Conflict: terminated by setWebhook request"


def test_reactions_come_only_when_asked_for(api: Api, phone: Phone, chat: int) -> None:
    message_id = phone.write("hi")["message"]["message_id"]
    assert phone.react(message_id, "👍")["update_id"] is None
    api.result("getUpdates", allowed_updates=["message_reaction", "not_yet_invented"])
    assert phone.react(message_id, "❤")["update_id"]
    assert phone.write("not asked for")["update_id"] is None
    api.result("getUpdates", limit=1)  # leaves the setting as it was
    assert phone.react(message_id)["update_id"]
    api.result("getUpdates", allowed_updates=[])
    assert phone.write("asked for again")["update_id"]


def test_an_update_over_64_kib_is_dropped(api: Api, control: Control, bot: int, phone: Phone, chat: int) -> None:
    assert control.inject(bot, {"message": {"text": "x" * 70_000}}) is None
    phone.write("flows on")
    assert _texts(api.result("getUpdates")) == ["flows on"]


def test_any_update_can_be_injected(api: Api, control: Control, bot: int, chat: int) -> None:
    update_id = control.inject(bot, {"update_id": 1, "brand_new_kind": {"x": 1}})
    kept = control.inject(bot, {"update_id": 990_000_000, "chat_boost": {}}, keep_id=True)
    assert kept == 990_000_000
    assert api.result("getUpdates") == [
        {"update_id": update_id, "brand_new_kind": {"x": 1}},
        {"update_id": kept, "chat_boost": {}},
    ]


def test_bytes_that_are_no_json_can_be_injected(api: Api, control: Control, bot: int, chat: int) -> None:
    update_id = control.inject(bot, b'{"update_id": __UPDATE_ID__, "message": \xff\xfe')
    assert f'"update_id": {update_id}, "message": '.encode() in api.raw("getUpdates").content
    assert "raw" in control.pending(bot)[0]


def test_a_thousand_updates_cost_little(api: Api, control: Control, bot: int, phone: Phone, chat: int) -> None:
    acts = [{"customer": phone.customer_id, "act": "text", "text": f"text {number}"} for number in range(1000)]
    begun = time.process_time()  # of both sides, and not of whatever else the machine does
    control.act_many(bot, acts)
    got: list[str] = []
    offset = 0
    while len(got) < 1000:
        batch = api.result("getUpdates", offset=offset, timeout=1)
        got += _texts(batch)
        offset = batch[-1]["update_id"] + 1
    assert got == [act["text"] for act in acts]
    assert time.process_time() - begun < 4
