"""The control API from Python: `Control` for the sandbox, `Phone` for one customer's hands.

with Control(url, secret) as control:
    bot = control.add_bot()
    anna = control.add_customer("Anna", language_code="ru")
    phone = control.phone(bot["id"], anna["id"])
    phone.start()
    phone.write("Добрый день!")
"""

from __future__ import annotations

from appliance_sandbox.control.client import Control, ControlError
from appliance_sandbox.control.phone import Phone
from appliance_sandbox.control.upload import Upload

__all__ = ["Control", "ControlError", "Phone", "Upload"]
