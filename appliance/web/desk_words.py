"""The small questions desk templates ask about rows, events and deliveries, answered in the reader's words."""

from __future__ import annotations

from flask import Blueprint, g

from appliance.services.timeline import EventView
from appliance.web import (
    arranged_words,
    delivery_words,
    event_words,
    fact_words,
    kind_words,
    outcome_words,
    parts,
    presence_words,
    rich_text,
    row_words,
    snooze,
)


def offer(blueprint: Blueprint) -> None:
    """Names for the templates of the whole app; plugins' templates may use them, too."""
    blueprint.app_context_processor(_names)
    blueprint.add_app_template_filter(rich_text.rich_text, "rich_text")


def _names() -> dict[str, object]:
    return {
        "chips_of": row_words.chips,
        "date_of": row_words.date,
        "delivery_of": delivery_words.describe,
        "describe_event": _describe_event,
        "kind_icon": kind_words.kind_icon,
        "kind_line": kind_words.kind_line,
        "kind_name": kind_words.kind_name,
        "line_of": row_words.line,
        "lookers_of": presence_words.lookers,
        "offer_of": row_words.offer,
        "outcome_name": outcome_words.outcome,
        "outcomes": outcome_words.outcomes,
        "place_of": row_words.place,
        "render_bare": parts.render_bare,
        "render_caption": parts.render_caption,
        "render_part": parts.render,
        "split_album": parts.split_album,
        "snooze_choices": snooze.choices,
        "stage_name": outcome_words.stage,
        **arranged_words.names(),
        **fact_words.names(),
    }


def _describe_event(event: EventView, channel_title: str = "") -> str:
    return event_words.describe(event, channel_title, g.actor.id)
