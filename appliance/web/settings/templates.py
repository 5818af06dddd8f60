"""The templates there are: of tickets and of customers."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import contact_templates, ticket_templates
from appliance.services.template_parts import TemplateError
from appliance.values import Actor
from appliance.web import template_words
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/templates/")
@only_for("owner", "manager")
def templates() -> ResponseReturnValue:
    return page("templates", tickets=ticket_templates.every(), contacts=contact_templates.every())


@blueprint.post("/templates/tickets/<int:template_id>/retired")
@only_for("owner", "manager")
def retire_ticket_template(template_id: int) -> ResponseReturnValue:
    return _retire(ticket_templates.retire, template_id)


@blueprint.post("/templates/customers/<int:template_id>/retired")
@only_for("owner", "manager")
def retire_contact_template(template_id: int) -> ResponseReturnValue:
    return _retire(contact_templates.retire, template_id)


def _retire(retire: Callable[[int, Actor, bool], None], template_id: int) -> ResponseReturnValue:
    retired = request.form.get("retired") == "1"
    try:
        retire(template_id, g.actor, retired)
    except TemplateError as error:
        if error.code == "not_found":
            abort(404)
        flash(" ".join(template_words.errors(error).values()), "danger")
    else:
        flash(_("Retired.") if retired else _("In use again."), "ok")
    return redirect(url_for("settings.templates"), 303)
