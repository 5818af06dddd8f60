"""One connection: how it is, which ticket gets the next message, what customers are told by themselves."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.language import LANGUAGES, translate
from appliance.services import texts
from appliance.services.channels import channels
from appliance.services.connecting import explain_trouble
from appliance.services.connection_changes import Behaviour, BehaviourError, change
from appliance.services.connection_list import ConnectionView
from appliance.web.connect_form import ConnectForm
from appliance.web.form_errors import behaviour_error, reader_language
from appliance.web.security import only_for
from appliance.web.settings.connections import explain_view, view_or_404
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/connections/<int:connection_id>")
@only_for("owner", "manager")
def connection(connection_id: int) -> ResponseReturnValue:
    view = view_or_404(connection_id)
    return _page(view, _of(view), {})


@blueprint.post("/connections/<int:connection_id>")
@only_for("owner", "manager")
def save_connection(connection_id: int) -> ResponseReturnValue:
    view, wanted = view_or_404(connection_id), _posted()
    try:
        change(connection_id, wanted, g.actor)
    except BehaviourError as error:
        return _page(view, wanted, behaviour_error(error))
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.connection", connection_id=connection_id), 303)


def _page(view: ConnectionView, behaviour: Behaviour, errors: dict[str, str]) -> ResponseReturnValue:
    known = view.account.warnings if view.account else ()
    return page(
        "connection",
        status=422 if errors else 200,
        view=view,
        behaviour=behaviour,
        errors=errors,
        trouble=explain_view(view),
        warnings=[explain_trouble(view.channel, code, params, reader_language()) for code, params in known],
        form=_form(view),
        built_in=_built_in(),
    )


def _built_in() -> dict[str, dict[str, str]]:
    """What customers are told while the owner's own text is empty; shown in the empty field."""
    known = {"greeting": texts.GREETING, "acknowledgement": texts.ACKNOWLEDGEMENT}
    return {name: {each: translate(text, each) for each in LANGUAGES} for name, text in known.items()}


def _form(view: ConnectionView) -> ConnectForm | None:
    """None when the plugin that brought the channel is gone."""
    channel = channels().get(view.channel)
    values = {name: str(value) for name, value in view.settings.items()}
    return ConnectForm(channel, values) if channel else None


def _of(view: ConnectionView) -> Behaviour:
    return Behaviour(
        title=view.title,
        contact_word=view.contact_word,
        thread_policy=view.thread_policy,
        reopen_hours=view.reopen_hours,
        thanks_reopen=view.thanks_reopen,
        acknowledge=view.acknowledge,
        greeting={language: str(view.greeting.get(language, "")) for language in LANGUAGES},
        acknowledgement={language: str(view.acknowledgement.get(language, "")) for language in LANGUAGES},
    )


def _posted() -> Behaviour:
    form = request.form
    return Behaviour(
        title=form.get("title", ""),
        contact_word=form.get("contact_word", ""),
        thread_policy=form.get("thread_policy", ""),
        reopen_hours=form.get("reopen_hours", default=-1, type=int),
        thanks_reopen="thanks_reopen" in form,
        acknowledge="acknowledge" in form,
        greeting={language: form.get(f"greeting_{language}", "") for language in LANGUAGES},
        acknowledgement={language: form.get(f"acknowledgement_{language}", "") for language in LANGUAGES},
    )
