"""Answers that are shorter than they promise, and bots whose token is changed."""

from __future__ import annotations

import httpx
import pytest

from appliance_sandbox.control import Control, Phone

from .conftest import Api


def test_it_promises_more_than_it_sends(api: Api, control: Control, phone: Phone, chat: int) -> None:
    control.add_fault("cut_short", methods=["sendMessage"])
    with pytest.raises(httpx.RemoteProtocolError):
        api.call("sendMessage", chat_id=chat, text="worked")
    assert [message["text"] for message in phone.answers()] == ["worked"]


def test_a_renewed_token_makes_the_old_one_unknown(api: Api, control: Control) -> None:
    (bot,) = control.bots()
    renewed = control.change_bot(bot["id"], renew=True)
    assert renewed["token"] != bot["token"]
    assert (renewed["id"], renewed["state"]) == (bot["id"], "active")
    assert api.refusal("getMe")[0] == 401
