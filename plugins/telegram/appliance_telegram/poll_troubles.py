"""What to tell the desk, and how long to wait, when a question for updates fails."""

from __future__ import annotations

from dataclasses import dataclass, field

from appliance import Json
from appliance_telegram.answers import NotAnAnswer, Refusal
from appliance_telegram.bot_settings import BotSettings
from appliance_telegram.errors import explain_refusal, reach_code
from appliance_telegram.pauses import Pauses

# Our own restart can cause two; a third means that another box runs this bot.
_CONFLICTS_BY_CHANCE = 2
# A revoked token comes back only when a person enters a new one, which starts the service anew.
_REVOKED_SECONDS = 60.0


@dataclass(frozen=True)
class Trouble:
    """`code` is '' as long as there is nothing worth telling: one cut line is no disturbance."""

    code: str
    seconds: float
    params: Json = field(default_factory=dict)


class Troubles:
    """Counts failures in a row; `over` when an answer came."""

    def __init__(self, settings: BotSettings) -> None:
        self._settings = settings
        self._pauses = Pauses()
        self._failures = 0
        self._conflicts = 0

    def over(self) -> None:
        self._pauses.reset()
        self._failures = self._conflicts = 0

    def judge(self, error: Exception) -> Trouble:
        self._failures += 1
        if isinstance(error, Refusal):
            return self._judge_refusal(error)
        code = "not_telegram" if isinstance(error, NotAnAnswer) else reach_code(error, self._settings)
        return self._told_twice(code, {"host": self._settings.host})

    def unreadable(self) -> Trouble:
        """The answer is Telegram's but cannot be taken apart, and nothing in it says how to get past it."""
        self._failures += 1
        return Trouble("unreadable_answer", self._pauses.take())

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
        self._conflicts += 1
        seconds = self._pauses.take()
        if "webhook" in refusal.description.lower():
            return Trouble("webhook_elsewhere", seconds, {"host": "?"})
        return Trouble("second_poller" if self._conflicts > _CONFLICTS_BY_CHANCE else "", seconds)

    def _told_twice(self, code: str, params: Json) -> Trouble:
        return Trouble(code if self._failures > 1 else "", self._pauses.take(), params)
