"""Services' reasons in the reader's language, for the line below a field."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _

from appliance.language import translate
from appliance.services.agent_words import AGENT_ERRORS
from appliance.services.agents import AgentError
from appliance.services.channels import Reason
from appliance.services.connecting import ConnectProblem
from appliance.services.connection_changes import BehaviourError
from appliance.services.settings import SettingError

# Which field an agent's error belongs below.
_FIELDS = {"login": "login", "password": "password", "name": "name", "role": "role"}


def agent_error(error: AgentError) -> dict[str, str]:
    """{field: words}; '' is the whole form."""
    return {_FIELDS.get(error.code.partition("_")[0], ""): _(AGENT_ERRORS[error.code])}


def setting_error(error: SettingError) -> str:
    if error.code == "not_a_number":
        return _("Please enter a number.")
    if error.code == "not_a_choice":
        return _("Please choose one of these.")
    return _(error.reason) if error.reason else _("There is no such setting.")


def behaviour_error(error: BehaviourError) -> dict[str, str]:
    known = {
        "title_empty": ("title", _("Please enter a name.")),
        "hours": ("reopen_hours", _("Between 0 hours and a year.")),
        "too_long": ("", _("A text is longer than 1000 characters.")),
        "no_template": ("template", _("Please choose one of these.")),
    }
    field, words = known.get(error.code, ("", _("Please choose one of these.")))
    return {field: words}


def connect_problem(problem: ConnectProblem) -> Reason:
    return problem.explain(reader_language())


def reader_language() -> str:
    return str(get_locale() or "en")


def in_words(message: str, **params: object) -> str:
    """A service's msgid with {named} parameters."""
    return translate(message, reader_language(), **params) if message else ""
