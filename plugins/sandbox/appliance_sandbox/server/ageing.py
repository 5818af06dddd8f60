"""Time passes in one chat at a word: for limits of hours and days."""

from __future__ import annotations

from appliance_sandbox.server.state import Sandbox


def make_older(sandbox: Sandbox, bot_id: int, chat_id: int, seconds: int) -> None:
    """What was said and pressed there seems `seconds` older from now on."""
    with sandbox.database.transaction():
        for stored in sandbox.messages.last(bot_id, chat_id, -1):
            body = {**stored.body, "date": stored.body["date"] - seconds}
            sandbox.messages.replace(bot_id, body)
        sandbox.database.run(
            "UPDATE presses SET at = at - ? WHERE bot_id = ? AND chat_id = ?", seconds, bot_id, chat_id
        )
