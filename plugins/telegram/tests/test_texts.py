"""Whatever goes wrong is said in words, in both languages, with what to do about it."""

from __future__ import annotations

import gettext
import re
from pathlib import Path
from typing import get_args

import httpx
import pytest

import appliance_telegram
from appliance import Account, ConnectionInfo, SendError
from appliance_telegram.answers import NotAnAnswer, Refusal
from appliance_telegram.bot_settings import BotSettings
from appliance_telegram.errors import REFUSALS, Reach, explain_failure, explain_refusal
from appliance_telegram.texts import SENDING, TEXTS
from plugins.telegram.tests.desk import Desk, text
from plugins.telegram.tests.local_bot_api import LocalBotApi, refusal

SETTINGS = BotSettings("1:x")
RUSSIAN = gettext.translation("messages", Path(str(appliance_telegram.__file__)).parent / "translations", ["ru"])
# Refusals that need more than their words.
OTHERS = (
    Refusal(429, "Too Many Requests: retry after 3000", retry_after=3000.0),
    Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to="-1009"),
    Refusal(401, "Unauthorized"),
    Refusal(404, "Not Found"),
    Refusal(418, "I'm a teapot"),
    Refusal(403, ""),
    Refusal(502, ""),
)


def shown(error: SendError) -> list[str]:
    """Reason and advice as the two languages say them, with the parameters that the error brings."""
    words = TEXTS[error.code]
    params = {"link": "https://t.me/tea_shop_bot", **error.params}
    return [
        say(template).format(**params) for template in (words.reason, words.advice) for say in (str, RUSSIAN.gettext)
    ]


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_reason_comes_with_an_advice(code: str) -> None:
    assert TEXTS[code].reason
    assert TEXTS[code].advice


@pytest.mark.parametrize(("status", "words", "code"), REFUSALS)
def test_every_refusal_can_be_said(status: int, words: str, code: str) -> None:
    error = explain_refusal(Refusal(status, words or "Something new"), SETTINGS)
    assert (error.code, error.permanent) == (code, True)
    assert all(shown(error))


@pytest.mark.parametrize("refused", OTHERS, ids=lambda refused: f"{refused.status} {refused.description}")
def test_other_refusals_can_be_said(refused: Refusal) -> None:
    assert all(shown(explain_refusal(refused, SETTINGS)))


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize("repeatable", [True, False])
@pytest.mark.parametrize("failure", [httpx.ReadTimeout(""), httpx.ConnectError(""), NotAnAnswer(), TimeoutError()])
def test_every_failure_can_be_said(failure: Exception, arrived: bool, repeatable: bool) -> None:
    error = explain_failure(failure, SETTINGS, arrived=arrived, repeatable=repeatable)
    assert all(shown(error))
    assert not (error.uncertain and repeatable)


def test_every_way_not_to_reach_telegram_can_be_said() -> None:
    assert set(get_args(Reach)) <= set(TEXTS)


def test_who_has_to_write_first_is_told_where(api: LocalBotApi, desk: Desk, connection: ConnectionInfo) -> None:
    desk.connection = ConnectionInfo(1, connection.settings, Account("7", "Tea", "@tea_bot", "https://t.me/tea_bot"))
    api.script["sendMessage"].append(refusal(403, "Forbidden: bot can't initiate conversation with a user"))
    error = desk.fail(text())
    assert SENDING[error.code].advice.format(**error.params).endswith(": https://t.me/tea_bot")


def test_parameters_are_plain_names() -> None:
    named = {name for words in TEXTS.values() for name in re.findall(r"{([^}]*)}", words.reason + words.advice)}
    assert all(name.isidentifier() for name in named)
