"""Who may call what: tokens, methods, parameters."""

from __future__ import annotations

import httpx
import pytest

from appliance_sandbox.control import Control
from appliance_sandbox.server import RunningServer, specification
from appliance_sandbox.server.calls import METHODS
from appliance_sandbox.server.reactions import EMOJI, is_reaction

from .conftest import Api


def test_it_refuses_an_unknown_token(server: RunningServer, client: httpx.Client) -> None:
    answer = client.get(f"{server.url}/bot123456:unknown-unknown/getMe")
    assert answer.status_code == 401
    assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize("token", ["nonsense", "1:short", "12345"])
def test_it_does_not_find_a_malformed_token(server: RunningServer, client: httpx.Client, token: str) -> None:
    assert client.get(f"{server.url}/bot{token}/getMe").status_code == 404


def test_any_other_address_is_not_found(server: RunningServer, client: httpx.Client) -> None:
    for path in ("", "/getMe", "/bot7001:sandbox-test-token/"):
        assert client.get(server.url + path).json() == {"ok": False, "error_code": 404, "description": "Not Found"}


def test_it_refuses_a_revoked_token(api: Api, control: Control, bot: int) -> None:
    control.change_bot(bot, state="revoked")
    assert api.refusal("getMe") == (401, "Unauthorized")
    control.change_bot(bot, state="active")
    assert api.result("getMe")["id"] == bot


def test_it_does_not_find_an_unknown_method(api: Api) -> None:
    assert api.refusal("sendNonsense") == (404, "Not Found: method not found")


def test_it_names_a_missing_parameter(api: Api) -> None:
    assert api.refusal("sendMessage", text="x") == (400, "Bad Request: chat_id is empty")
    assert api.refusal("sendLocation", chat_id=1, latitude=1)[1].endswith('"longitude" is required')
    assert api.refusal("sendPhoto", chat_id=1)[1] == "Bad Request: there is no photo in the request"


def test_it_says_what_it_does_not_implement(api: Api) -> None:
    missing = api.refusal("sendInvoice", chat_id=1, title="x", description="x", payload="x", currency="XTR", prices=[])
    assert missing == (400, "Bad Request: the sandbox does not implement sendInvoice")


def test_it_does_not_look_at_the_case_of_a_method(api: Api) -> None:
    assert api.result("GETME")["username"] == "sandbox_bot"


def test_every_method_it_does_is_a_published_one() -> None:
    assert set(METHODS) <= set(specification.methods())


def test_parameters_come_as_form_json_query_or_multipart(api: Api, chat: int) -> None:
    sent = {"chat_id": str(chat), "text": "hello"}
    for options in ({"data": sent}, {"json": sent}, {"params": sent}, {"data": sent, "files": {"x": b"y"}}):
        assert api.raw("sendMessage", **options).json()["result"]["text"] == "hello"


def test_it_refuses_a_body_that_is_no_json_object(api: Api) -> None:
    for content in (b"[1]", b"{broken"):
        answer = api.raw("getMe", content=content, headers={"content-type": "application/json"})
        assert answer.status_code == 400


def test_logging_out_ends_the_service(api: Api) -> None:
    assert api.result("close") is True
    assert api.result("logOut") is True
    assert api.refusal("getMe") == (400, "Logged out")


def test_the_allowed_reactions_are_the_published_ones() -> None:
    from telegram.constants import ReactionEmoji  # noqa: PLC0415 - half a second only this test needs

    assert all(is_reaction(emoji.value) for emoji in ReactionEmoji)
    assert len(ReactionEmoji) == len(EMOJI)
