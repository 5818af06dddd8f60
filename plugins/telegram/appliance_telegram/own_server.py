"""What a Bot API server of one's own changes: larger files, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from appliance import Capabilities, ConnectError
from appliance_telegram import limits
from appliance_telegram.bot_settings import read_settings


def limits_of(usual: Capabilities, form: Mapping[str, str]) -> Capabilities:
    """The capabilities of a connection with these settings. What may be fetched from an own server, it decides."""
    try:
        official = read_settings(form).official
    except ConnectError:
        return usual
    return usual if official else replace(usual, upload_limit=limits.OWN_SERVER_UPLOAD, download_limit=0)
