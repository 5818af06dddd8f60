"""A desk with a bot, its customers, and staff in browsers, for the tests that want them."""

from __future__ import annotations

from tests.integration.inbound.conftest import Browser, House, anna, bot, empty_box, house, owner

__all__ = ["Browser", "House", "anna", "bot", "empty_box", "house", "owner"]
