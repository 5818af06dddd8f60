"""What to tell the desk, and how long to wait, when a question for updates fails."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from appliance import Json
from appliance_telegram.answers import NotAnAnswer, Refusal
from appliance_telegram.bot_settings import BotSettings
from appliance_telegram.errors import explain_refusal, reach_code
from appliance_telegram.pauses import Pauses

# Our own restart can cause two; a third means that another box runs this bot.
_CONFLICTS_BY_CHANCE = 2
# Another box asks again within this time. Between its questions ours are answered: that alone is no peace.
_QUIET_SECONDS = 20.0
# Two boxes that end each other's questions must not spin, but the customers' messages still have to come.
_LONGEST_CONFLICT_PAUSE = 5.0
# A revoked token comes back only when a person enters a new one, which starts the service anew.
_REVOKED_SECONDS = 60.0


@dataclass(frozen=True)
class Trouble:
    """`code` is '' as long as there is nothing worth telling: one cut line is no disturbance."""

    code: str
    seconds: float
    params: Json = field(default_factory=dict)


class Troubles:
    """Counts failures in a row, and conflicts until they are over for a while."""

    def __init__(self, settings: BotSettings) -> None:
        self._settings = settings
        self._pauses = Pauses()
        self._conflict_pauses = Pauses(longest=_LONGEST_CONFLICT_PAUSE)
        self._failures = 0
        self._conflicts = 0
        self._last_conflict = 0.0

    def over(self) -> bool:
        """An answer came. Whether all is well now: not while another box still asks between our questions."""
        self._pauses.reset()
        self._failures = 0
        if self._conflicts and time.monotonic() - self._last_conflict >= _QUIET_SECONDS:
            self._conflicts = 0
            self._conflict_pauses.reset()
        return self._conflicts <= _CONFLICTS_BY_CHANCE

    def judge(self, error: Exception) -> Trouble:
        self._failures += 1
        if isinstance(error, Refusal):
            return self._judge_refusal(error)
        code = "not_telegram" if isinstance(error, NotAnAnswer) else reach_code(error, self._settings)
        return self._told_twice(code, {"host": self._settings.host})

    def unreadable(self) -> Trouble:
        """The answer is Telegram's but cannot be taken apart; it may only have been cut on its way."""
        self._failures += 1
        return self._told_twice("unreadable_answer", {})

    def _judge_refusal(self, refusal: Refusal) -> Trouble:
        if refusal.status == 409:
            return self._judge_conflict(refusal)
        error = explain_refusal(refusal, self._settings)
        if error.code == "token_revoked":
            return Trouble(error.code, _REVOKED_SECONDS, error.params)
        if error.retry_after is not None:
            return Trouble(error.code, error.retry_after, error.params)
        return self._told_twice(error.code, error.params)

    def _judge_conflict(self, refusal: Refusal) -> Trouble:
        if "webhook" in refusal.description.lower():
            return Trouble("webhook_elsewhere", self._pauses.take(), {"host": "?"})
        self._conflicts += 1
        self._last_conflict = time.monotonic()
        code = "second_poller" if self._conflicts > _CONFLICTS_BY_CHANCE else ""
        return Trouble(code, self._conflict_pauses.take())

    def _told_twice(self, code: str, params: Json) -> Trouble:
        return Trouble(code if self._failures > 1 else "", self._pauses.take(), params)
