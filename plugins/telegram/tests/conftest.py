"""What the plugin's tests share: a local Bot API, a channel that talks to it, a connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from appliance import Account, ConnectionInfo
from appliance_telegram.channel import TelegramChannel
from plugins.telegram.tests.desk import Desk
from plugins.telegram.tests.local_bot_api import LocalBotApi, running


@pytest.fixture
def api() -> Iterator[LocalBotApi]:
    with running() as server:
        yield server


@pytest.fixture
def channel() -> Iterator[TelegramChannel]:
    made = TelegramChannel()
    yield made
    made.close()


@pytest.fixture
def connection(api: LocalBotApi) -> ConnectionInfo:
    return ConnectionInfo(1, api.settings, Account("7000000001", "Tea Shop"))


@pytest.fixture
def desk(channel: TelegramChannel, connection: ConnectionInfo) -> Desk:
    return Desk(channel, connection)
