"""Telegram: customers write to the company's bot, the answer arrives as the bot."""

from __future__ import annotations

from collections.abc import Sequence

from appliance import Channel, SettingField, hookimpl
from appliance_telegram.channel import TelegramChannel
from appliance_telegram.redaction import quiet_libraries
from appliance_telegram.timeouts import FIELDS

quiet_libraries()


@hookimpl
def register_channels() -> Sequence[Channel]:
    return (TelegramChannel(),)


@hookimpl
def register_settings() -> Sequence[SettingField]:
    return FIELDS
