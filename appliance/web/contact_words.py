"""What the card says of a customer, in the reader's words."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _

from appliance.language import LANGUAGES
from appliance.services import field_kinds, settings
from appliance.services.contact_card import AddressView
from appliance.services.field_values import FieldValue


def address_line(address: AddressView) -> str:
    """Which account of ours it is, where there are several."""
    if address.connection_title == address.channel_title:
        return address.channel_title
    return f"{address.channel_title} · {address.connection_title}"


def field_shown(value: FieldValue) -> str:
    """As it stands in its input; a date's input wants it as it is kept."""
    currency = settings.get("currency") if value.field.kind == "money" else ""
    return field_kinds.show(value.field.kind, value.value, str(get_locale() or "en"), currency)


def choices_of(value: FieldValue) -> list[tuple[str, str]]:
    """Nothing, its words, and what stands in it though it is offered no more."""
    offered = dict.fromkeys((*value.field.choices, *([value.value] if value.value else ())))
    return [("", "—"), *((word, word) for word in offered)]


def language_choices(chosen: str) -> list[tuple[str, str]]:
    """(tag, its name): ours, and what the messenger said."""
    tags = dict.fromkeys(("", *LANGUAGES, *([chosen] if chosen else ())))
    return [(tag, _language_name(tag)) for tag in tags]


def _language_name(tag: str) -> str:
    if not tag:
        return _("not known")
    locale = get_locale()
    return (locale.languages.get(tag.replace("-", "_").split("_")[0]) if locale else None) or tag
