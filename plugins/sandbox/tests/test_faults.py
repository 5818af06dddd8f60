"""Faults on command."""

from __future__ import annotations

import json
import time

import httpx
import pytest

from appliance_sandbox.control import Control, Phone
from tests.harness.waiting import wait_until

from .conftest import Api


def test_it_answers_429_with_retry_after(api: Api, control: Control, chat: int) -> None:
    control.add_fault("too_many_requests", times=1, retry_after=7, methods=["sendMessage"])
    body = api.call("sendMessage", chat_id=chat, text="x")
    assert body["error_code"] == 429
    assert body["description"] == "Too Many Requests: retry after 7"
    assert body["parameters"] == {"retry_after": 7}
    assert api.result("sendMessage", chat_id=chat, text="x")
    assert control.requests(method="sendMessage")[0]["fault"] == "too_many_requests"


def test_it_answers_502_with_html(api: Api, control: Control) -> None:
    control.add_fault("bad_gateway")
    answer = api.raw("getMe")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "<html>" in answer.text


@pytest.mark.parametrize(("kind", "code"), [("internal_error", 500), ("conflict", 409), ("unauthorized", 401)])
def test_it_answers_other_errors(api: Api, control: Control, kind: str, code: int) -> None:
    control.add_fault(kind)
    assert api.refusal("getMe")[0] == code
    assert api.result("getMe")


def test_it_drops_the_connection_before_or_after_the_work(api: Api, control: Control, phone: Phone, chat: int) -> None:
    for works in (False, True):
        control.add_fault("drop", works=works)
        with pytest.raises(httpx.RemoteProtocolError):
            api.call("sendMessage", chat_id=chat, text=f"worked: {works}")
    assert [message["text"] for message in phone.answers()] == ["worked: True"]


def test_it_hangs_and_then_drops(api: Api, control: Control, phone: Phone, chat: int) -> None:
    control.add_fault("hang", seconds=1, works=True)
    begun = time.monotonic()
    with pytest.raises(httpx.RemoteProtocolError):
        api.call("sendMessage", chat_id=chat, text="worked")
    assert time.monotonic() - begun > 0.9
    assert len(phone.answers()) == 1
    control.add_fault("hang", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        api.raw("getMe", timeout=0.5)


def test_closing_does_not_wait_for_what_hangs(api: Api, control: Control) -> None:
    control.add_fault("hang", seconds=100, times=3)
    for _ in range(3):
        with pytest.raises(httpx.ReadTimeout):
            api.raw("getMe", timeout=0.1)


def test_it_answers_late(api: Api, control: Control) -> None:
    control.add_fault("delay", seconds=0.5)
    begun = time.monotonic()
    assert api.result("getMe")
    assert time.monotonic() - begun > 0.45


def test_it_cuts_the_answer(api: Api, control: Control, phone: Phone, chat: int) -> None:
    control.add_fault("truncate")
    answer = api.raw("sendMessage", json={"chat_id": chat, "text": "worked"})
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert len(phone.answers()) == 1


def test_it_refuses_connections_and_comes_back_on_the_same_port(
    api: Api, control: Control, phone: Phone, chat: int
) -> None:
    assert api.result("getMe")
    control.refuse(30)
    with pytest.raises(httpx.TransportError):
        api.result("getMe")
    with pytest.raises(httpx.ConnectError):
        api.result("getMe")
    phone.write("customers write on")
    control.clear_faults()
    assert [update["message"]["text"] for update in api.result("getUpdates")] == ["customers write on"]


def test_a_refusal_ends_by_itself(api: Api, control: Control) -> None:
    control.refuse(0.3)
    wait_until(lambda: _answers(api), "connections to be taken again")


def test_a_fault_meets_only_what_it_names(api: Api, control: Control, phone: Phone, chat: int) -> None:
    other = control.add_bot(username="other_bot")
    control.add_fault("internal_error", bot_id=other["id"], times=10)
    control.add_fault("internal_error", chat_id=42, times=10)
    control.add_fault("internal_error", methods=["sendPhoto"], times=10)
    assert api.result("sendMessage", chat_id=chat, text="x")
    assert api.refusal("sendMessage", chat_id=42, text="x")[0] == 500
    assert len(control.faults()) == 3
    control.clear_faults()
    assert control.faults() == []


def test_a_timed_fault_ends(api: Api, control: Control) -> None:
    control.add_fault("internal_error", times=1000, lasts=3)
    assert api.refusal("getMe")[0] == 500
    wait_until(lambda: api.call("getMe")["ok"], "the end of the fault")


def _answers(api: Api) -> bool:
    try:
        return bool(api.call("getMe")["ok"])
    except httpx.TransportError:
        return False


def test_downloads_can_fail_too(api: Api, control: Control, bot: int) -> None:
    path = api.result("getFile", file_id=api.result("getUserProfilePhotos", user_id=bot)["photos"][0][0]["file_id"])
    url = api.base.replace("/bot", "/file/bot") + "/" + path["file_path"]
    control.add_fault("bad_gateway", methods=["file"])
    assert api.client.get(url).status_code == 502
    assert api.client.get(url).status_code == 200
