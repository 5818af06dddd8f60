"""What the owner puts elsewhere for a way in: a text to paste, a button for the website, the words of a printed sheet.

Customers read it, so it speaks the company's language; the sheet speaks both."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

from appliance.language import mark, translate
from appliance.services import settings
from appliance.services.entrance_list import EntranceView

PASTED = mark("Write to us in {channel}, a video or a photo says it fastest: {link}")
BUTTON = mark("Write to us in {channel}")
HEADLINE = mark("Show us the problem")
STEPS = (
    mark("Point your phone's camera at the code."),
    mark("Press Start."),
    mark("Send a video, a photo or a voice message: we see it at once."),
)
# It stands on the company's own page, which knows none of our styles.
_STYLE = (
    "display:inline-block;padding:12px 20px;border-radius:8px;background:#0B6E84;color:#fff;"
    "font:600 16px/1.2 sans-serif;text-decoration:none"
)


@dataclass(frozen=True)
class WayInTexts:
    pasted: str
    button: str


def of(view: EntranceView) -> WayInTexts:
    language = settings.get("language")
    words = translate(BUTTON, language, channel=view.channel_title)
    button = f'<a href="{escape(view.link)}" target="_blank" rel="noopener" style="{_STYLE}">{escape(words)}</a>'
    return WayInTexts(translate(PASTED, language, channel=view.channel_title, link=view.link), button)
