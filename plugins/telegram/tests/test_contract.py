"""Telegram keeps to what the core relies on in every channel."""

from __future__ import annotations

import socket
from types import ModuleType
from typing import ClassVar

import pytest

import appliance_telegram
from appliance import ConnectionInfo
from plugins.telegram.tests.local_bot_api import TOKEN
from tests.contract.channel_contract import ChannelContract


class TestTelegramContract(ChannelContract):
    package: ClassVar[ModuleType] = appliance_telegram
    nonsense = (
        {},
        {"token": "nonsense"},
        {"token": TOKEN, "proxy": "nonsense"},
        {"token": TOKEN, "api_url": "nonsense"},
    )

    @pytest.fixture
    def dead(self) -> ConnectionInfo:
        with socket.socket() as reserved:
            reserved.bind(("127.0.0.1", 0))
            port = reserved.getsockname()[1]
        return self.connection({"token": TOKEN, "api_url": f"http://127.0.0.1:{port}"})
