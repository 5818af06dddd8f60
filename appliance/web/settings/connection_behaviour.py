"""One connection: how it is, which ticket gets the next message, what customers are told by themselves."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.language import LANGUAGES
from appliance.services import contact_templates, groups, ticket_templates
from appliance.services.channels import channels
from appliance.services.connecting import explain_trouble
from appliance.services.connection_changes import Behaviour, BehaviourError, change
from appliance.services.connection_list import ConnectionView
from appliance.web import template_words
from appliance.web.connect_form import ConnectForm
from appliance.web.form_errors import behaviour_error, reader_language
from appliance.web.security import only_for
from appliance.web.settings.connections import explain_view, view_or_404
from appliance.web.settings.sections import blueprint, page

# Codes of an account's warnings that speak of groups begin so.
ABOUT_GROUPS = "group"


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
    return page(
        "connection",
        status=422 if errors else 200,
        view=view,
        behaviour=behaviour,
        errors=errors,
        trouble=explain_view(view),
        warnings=_warnings(view, of_groups=False),
        form=_form(view),
        built_in=template_words.built_in(),
        examples=template_words.examples(),
        templates=ticket_templates.choices(),
        contact_templates=contact_templates.choices(),
        groups=_groups(view),
        group_warnings=_warnings(view, of_groups=True),
    )


def _warnings(view: ConnectionView, *, of_groups: bool) -> list[object]:
    """What the messenger told of the account; what concerns groups stands with the groups."""
    known = view.account.warnings if view.account else ()
    return [
        explain_trouble(view.channel, code, params, reader_language())
        for code, params in known
        if code.startswith(ABOUT_GROUPS) == of_groups
    ]


def _groups(view: ConnectionView) -> list[groups.GroupView] | None:
    """None where there are none and can be none."""
    channel, found = channels().get(view.channel), groups.of_connection(view.id)
    return found if found or (channel is not None and channel.capabilities.groups) else None


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
        signature=view.signature,
        privacy_notice={language: str(view.privacy_notice.get(language, "")) for language in LANGUAGES},
        template_id=view.template_id,
        contact_template_id=view.contact_template_id,
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
        greeting=template_words.posted("greeting"),
        acknowledgement=template_words.posted("acknowledgement"),
        signature="signature" in form,
        privacy_notice=template_words.posted("privacy_notice"),
        template_id=form.get("template", type=int) or None,
        contact_template_id=form.get("contact_template", type=int) or None,
    )
