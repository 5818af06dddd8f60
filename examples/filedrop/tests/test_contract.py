"""The file drop keeps to what the core relies on in every channel."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

import appliance_filedrop
from appliance import Channel, ConnectionInfo
from tests.contract.channel_contract import ChannelContract


class TestFileDropContract(ChannelContract):
    package: ClassVar[ModuleType] = appliance_filedrop
    nonsense = (
        {},
        {"folder": "relative"},
        {"folder": "/no/such/folder"},
        {"folder": "\x00"},
    )

    @pytest.fixture
    def channel(self) -> Channel:
        return appliance_filedrop.FileDrop()

    @pytest.fixture
    def dead(self, tmp_path: Path) -> ConnectionInfo:
        return self.connection({"folder": str(tmp_path / "gone")})
