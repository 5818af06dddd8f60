"""Which language and time zone a page is in."""

from __future__ import annotations

from flask import Blueprint, Flask, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel

from appliance import language
from appliance.services import settings
from appliance.web.addresses import local
from appliance.web.security import public

blueprint = Blueprint("languages", __name__)


@blueprint.post("/language")
@public
def choose() -> ResponseReturnValue:
    """A visitor's own choice, before anybody is signed in."""
    session["language"] = language.supported(request.form.get("language", ""))
    return redirect(local(request.form.get("next")), 303)


def page_language() -> str:
    """The agent's; else what the visitor chose; else the company's; else the browser's."""
    agent = g.get("agent")
    if agent is not None and agent.language:
        return str(agent.language)
    if session.get("language") in language.LANGUAGES:
        return str(session["language"])
    if settings.is_set("language"):
        return settings.get("language")
    return request.accept_languages.best_match(language.LANGUAGES) or settings.get("language")


def page_time_zone() -> str:
    return settings.get("time_zone")


def init_app(app: Flask) -> None:
    Babel(
        app,
        default_translation_directories=";".join(str(folder) for folder in language.folders()),
        locale_selector=page_language,
        timezone_selector=page_time_zone,
    )
