"""Customers of a test: new ones each time, so that tests share a shop without meeting."""

from __future__ import annotations

from typing import Any

from appliance_sandbox.control import Phone
from tests.harness.shop import Shop
from tests.harness.waiting import wait_until


def add_customer(shop: Shop, name: str, language: str = "en", bot_id: int = 0) -> Phone:
    """Somebody who has not written yet; to the shop's bot, unless another is named."""
    person = shop.sandbox.control.add_customer(name, language_code=language)
    return shop.sandbox.control.phone(bot_id or shop.bot_id, person["id"])


def open_ticket(
    shop: Shop, name: str = "Clara", words: str = "Good morning", language: str = "en"
) -> tuple[Phone, int]:
    """Somebody who has written and was acknowledged, and the number of their ticket."""
    phone = add_customer(shop, name, language)
    phone.write(words)
    wait_until(phone.answers, "the acknowledgement")
    return phone, shop.tickets([phone])[phone.chat_id]


def requests_for(shop: Shop, phone: Phone) -> list[dict[str, Any]]:
    """What the bot has asked the messenger to do in this chat, oldest first: `method`, `parameters`, …"""
    asked = shop.sandbox.control.requests(bot_id=shop.bot_id, limit=10_000)
    return [request for request in asked if str(request["chat_id"]) == str(phone.chat_id)]
