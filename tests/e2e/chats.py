"""A chat that stands open on the desk while its customer holds the phone."""

from __future__ import annotations

from appliance_sandbox.control import Phone
from tests.e2e.browsers import Browsers
from tests.e2e.customers import open_ticket
from tests.e2e.desk import Desk
from tests.harness.box import OWNER
from tests.harness.shop import Shop


def open_chat(shop: Shop, browsers: Browsers, name: str = "Clara", language: str = "en") -> tuple[Desk, Phone]:
    """The owner's desk at the ticket of a new customer, who has written and was acknowledged. `language` is theirs."""
    phone, ticket = open_ticket(shop, name, language=language)
    desk = browsers.open(OWNER)
    desk.open(ticket)
    return desk, phone
