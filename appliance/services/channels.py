"""The ways to reach people that plugins have brought, and their reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from appliance.language import mark, translate
from appliance.plugins import Plugins, plugins
from appliance.values import Channel, ErrorText, Json

_channels: WeakKeyDictionary[Plugins, dict[str, Channel]] = WeakKeyDictionary()
UNKNOWN = ErrorText(mark("Something went wrong ({code})."))


@dataclass(frozen=True)
class Reason:
    """Why, and what to do about it, in the reader's language."""

    text: str
    advice: str = ""


def channels() -> dict[str, Channel]:
    """Every channel by its name; one instance each for the life of the process."""
    known = _channels.get(plugins())
    if known is None:
        answers = plugins().ask("register_channels")
        known = _channels[plugins()] = {channel.name: channel for _, answer in answers for channel in answer}
    return known


def explain(channel: str, code: str, params: Json, language: str) -> Reason:
    """A channel's code in words; a code nobody knows is shown as it is."""
    brought = channels().get(channel)
    text = (brought.texts.get(code) if brought else None) or UNKNOWN
    filled = {"code": code, **params}
    advice = translate(text.advice, language, **filled) if text.advice else ""
    return Reason(translate(text.reason, language, **filled), advice)
