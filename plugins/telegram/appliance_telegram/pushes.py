"""What Telegram posts to the box's public address, as rows for the journal."""

from __future__ import annotations

from collections.abc import Mapping

from appliance import ConnectError, Pushed, RawUpdate, Refused
from appliance_telegram.batches import read_pushed
from appliance_telegram.bot_settings import read_settings
from appliance_telegram.hooks import PROOF_HEADER, proves_itself


def receive_push(form: Mapping[str, str], pushed: Pushed) -> tuple[RawUpdate, ...]:
    """One row for each post, whatever it says. Raises Refused unless it is Telegram's."""
    try:
        settings = read_settings(form)
    except ConnectError:
        raise Refused from None
    if not settings.public_url or not proves_itself(pushed.headers.get(PROOF_HEADER, ""), settings):
        raise Refused
    return (read_pushed(pushed.body),)
