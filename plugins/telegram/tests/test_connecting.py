"""The check tells apart what a person can do something about."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from appliance import ConnectError, ConnectionInfo, SendError
from appliance_telegram import connect
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.local_bot_api import Answer, LocalBotApi, Refuse, conflict, refusal, result


def failure(channel: TelegramChannel, settings: Mapping[str, str]) -> tuple[str, bool]:
    with pytest.raises(ConnectError) as caught:
        channel.check(settings)
    return caught.value.code, caught.value.temporary


def test_it_shows_who_the_bot_is(api: LocalBotApi, channel: TelegramChannel) -> None:
    api.files["face"] = b"\xff\xd8 a face"
    account = channel.check(api.settings)
    assert (account.external_id, account.title, account.handle) == ("7000000001", "Tea Shop", "@tea_shop_bot")
    assert account.link == "https://t.me/tea_shop_bot"
    assert account.photo == b"\xff\xd8 a face"
    assert account.warnings == ()


def test_a_bot_without_a_picture_is_as_good(api: LocalBotApi, channel: TelegramChannel) -> None:
    api.script["getUserProfilePhotos"].extend([result({"total_count": 0, "photos": []}), refusal(500, "no")])
    assert channel.check(api.settings).photo is None
    assert channel.check(api.settings).photo is None


@pytest.mark.parametrize("token", ["", "hello", "123456", "12345:short", "12345:with space in it", "x:" + "A" * 35])
def test_a_malformed_token_is_told_without_asking(api: LocalBotApi, channel: TelegramChannel, token: str) -> None:
    assert failure(channel, {**api.settings, "token": token}) == ("token_malformed", False)
    assert api.calls == []


@pytest.mark.parametrize("status", [401, 404])
def test_a_revoked_token_is_told(api: LocalBotApi, channel: TelegramChannel, status: int) -> None:
    api.script["getMe"].append(refusal(status, {401: "Unauthorized", 404: "Not Found"}[status]))
    assert failure(channel, api.settings) == ("token_revoked", False)


def test_no_internet_is_temporary(api: LocalBotApi, channel: TelegramChannel) -> None:
    api.close()
    assert failure(channel, api.settings) == ("no_internet", True)


def test_a_dead_proxy_is_not_taken_for_no_internet(api: LocalBotApi, channel: TelegramChannel) -> None:
    settings = {**api.settings, "proxy": "socks5://127.0.0.1:9"}
    assert failure(channel, settings) == ("proxy_unreachable", True)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal(429, "Too Many Requests: retry after 5", retry_after=5), ("rate_limited", True)),
        (Answer(502, b"<html>502</html>"), ("server", True)),
        (Answer(200, b"<html>Sign in</html>"), ("not_telegram", True)),
        (Answer(404, b"<html>no such page</html>"), ("not_telegram", True)),
        (result({"id": None}), ("not_telegram", True)),
    ],
)
def test_other_answers_are_temporary(
    api: LocalBotApi, channel: TelegramChannel, answer: Answer, expected: tuple[str, bool]
) -> None:
    api.script["getMe"].append(answer)
    assert failure(channel, api.settings) == expected


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("api_url", "ftp://x", "api_url_malformed"),
        ("api_url", "https://", "api_url_malformed"),
        ("api_url", "https://a.example/?q", "api_url_malformed"),
        ("api_url", "http://[::1", "api_url_malformed"),
        ("api_url", "http://a.example:99999999", "api_url_malformed"),
        ("proxy", "host:1080", "proxy_malformed"),
        ("proxy", "socks4://host:1080", "proxy_malformed"),
        ("proxy", "socks5://ho st:1080", "proxy_malformed"),
    ],
)
def test_addresses_that_cannot_be_right_are_told(
    api: LocalBotApi, channel: TelegramChannel, field: str, value: str, code: str
) -> None:
    assert failure(channel, {**api.settings, field: value}) == (code, False)


def test_spaces_around_what_was_pasted_do_no_harm(api: LocalBotApi, channel: TelegramChannel) -> None:
    settings = {"token": f" {api.settings['token']}\n", "api_url": f"{api.url}/ ", "proxy": " "}
    assert channel.check(settings).title == "Tea Shop"


def test_the_owner_is_warned_of_what_will_surprise(api: LocalBotApi, channel: TelegramChannel) -> None:
    api.me |= {"can_join_groups": True, "can_read_all_group_messages": False, "has_topics_enabled": True}
    api.webhook = "https://old-desk.example/hook?secret=1"
    assert channel.check(api.settings).warnings == (
        ("webhook_elsewhere", {"host": "old-desk.example"}),
        ("topics_enabled", {}),
        ("group_privacy", {}),
    )


def test_a_foreign_webhook_is_taken_away_only_by_force(api: LocalBotApi, channel: TelegramChannel) -> None:
    api.webhook = "https://old-desk.example/hook"
    with pytest.raises(ConnectError) as caught:
        channel.claim(api.settings)
    assert (caught.value.code, caught.value.params) == ("webhook_elsewhere", {"host": "old-desk.example"})
    channel.claim(api.settings, forcibly=True)
    assert api.webhook == ""
    assert api.of("deleteWebhook")[0].params == {"drop_pending_updates": False}


def test_a_second_reader_is_found(api: LocalBotApi, channel: TelegramChannel) -> None:
    api.script["getUpdates"].append(conflict())
    with pytest.raises(ConnectError) as caught:
        channel.claim(api.settings)
    assert caught.value.code == "second_poller"


def test_looking_for_a_second_reader_acknowledges_nothing(
    api: LocalBotApi, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "RIVAL_SECONDS", 0)
    api.add_update({"update_id": 5})
    channel.claim(api.settings)
    assert "offset" not in api.of("getUpdates")[0].params
    assert "allowed_updates" not in api.of("getUpdates")[0].params
    assert len(api.updates) == 1


def test_a_ping_tells_whether_telegram_answers(
    api: LocalBotApi, channel: TelegramChannel, connection: ConnectionInfo
) -> None:
    channel.ping(connection)
    api.script["getMe"].append(Refuse())
    with pytest.raises(SendError) as caught:
        channel.ping(connection)
    assert (caught.value.code, caught.value.scope, caught.value.uncertain) == ("network", "connection", False)
