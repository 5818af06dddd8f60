"""Templates on their forms: texts that were posted, what is said without them, what previews fill in, what is wrong."""

from __future__ import annotations

import json

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.language import LANGUAGES, mark, translate
from appliance.services import settings, texts
from appliance.services.template_parts import TemplateError

EXAMPLE_NAME, EXAMPLE_PLACE = mark("Anna"), mark("Till 2")


def posted(name: str) -> dict[str, str]:
    """A text for each language."""
    # Browsers send line breaks of forms as CR LF; messengers count and show them as one.
    return {each: request.form.get(f"{name}_{each}", "").replace("\r\n", "\n") for each in LANGUAGES}


def examples() -> dict[str, str]:
    """What stands in the {named} places of the previews, in each language."""
    company = settings.get("company") or "Appliance"
    return {
        each: json.dumps(
            {
                "name": translate(EXAMPLE_NAME, each),
                "place": translate(EXAMPLE_PLACE, each),
                "number": 1042,
                "company": company,
            },
            ensure_ascii=False,
        )
        for each in LANGUAGES
    }


def built_in() -> dict[str, dict[str, str]]:
    """What customers are told while the owner's own text is empty; shown in the empty field."""
    known = {"greeting": texts.GREETING, "acknowledgement": texts.ACKNOWLEDGEMENT}
    return {name: {each: translate(text, each) for each in LANGUAGES} for name, text in known.items()}


def subject_examples() -> str:
    """For the preview of a subject's pattern, in the reader's language."""
    known = {"text": _("My phone does not charge"), "name": _(EXAMPLE_NAME), "place": _(EXAMPLE_PLACE)}
    return json.dumps(known, ensure_ascii=False)


def errors(error: TemplateError) -> dict[str, str]:
    """{field: words}; '' is the whole form."""
    used = ngettext(
        "%(names)s still begins with it: choose another template there first.",
        "%(names)s still begin with it: choose another template there first.",
        len(error.names),
        names=", ".join(error.names),
    )
    known = {
        "name_empty": ("name", _("Please enter a name.")),
        "name_taken": ("name", _("There is a template of this name already.")),
        "subject_empty": ("subject", _("Please say how a ticket is named.")),
        "too_long": ("", _("A text is too long.")),
        "no_team": ("team", _("Please choose one of these.")),
        "no_agent": ("assignee", _("Please choose one of these.")),
        "bad_priority": ("priority", _("Please choose one of these.")),
        "too_many": ("", _("At most 10 tags and 12 stages.")),
        "in_use": ("", used),
    }
    return dict([known.get(error.code, ("", _("You may not do that.")))])
