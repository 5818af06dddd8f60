"""One ticket template: its form, new or there already."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import attendance, fields, settings, tags, teams, ticket_templates
from appliance.services.template_parts import TemplateError
from appliance.services.ticket_templates import TicketTemplateForm, TicketTemplateView
from appliance.web import fact_words, template_words
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/templates/tickets/new")
@only_for("owner", "manager")
def new_ticket_template() -> ResponseReturnValue:
    """`like`: a template to begin with."""
    like = ticket_templates.find(request.args.get("like", default=0, type=int))
    shown = frozenset(field.id for field in _fields())
    return _form(None, like.form if like else TicketTemplateForm("", fields=shown), {})


@blueprint.post("/templates/tickets/new")
@only_for("owner", "manager")
def make_ticket_template() -> ResponseReturnValue:
    wanted = _posted()
    try:
        made = ticket_templates.make(wanted, g.actor)
    except TemplateError as error:
        return _form(None, wanted, template_words.errors(error))
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.ticket_template", template_id=made), 303)


@blueprint.get("/templates/tickets/<int:template_id>")
@only_for("owner", "manager")
def ticket_template(template_id: int) -> ResponseReturnValue:
    view = _view_or_404(template_id)
    return _form(view, view.form, {})


@blueprint.post("/templates/tickets/<int:template_id>")
@only_for("owner", "manager")
def save_ticket_template(template_id: int) -> ResponseReturnValue:
    view, wanted = _view_or_404(template_id), _posted()
    try:
        ticket_templates.change(template_id, wanted, g.actor)
    except TemplateError as error:
        return _form(view, wanted, template_words.errors(error))
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.ticket_template", template_id=template_id), 303)


def _view_or_404(template_id: int) -> TicketTemplateView:
    view = ticket_templates.find(template_id)
    if view is None:
        abort(404)
    return view


def _form(view: TicketTemplateView | None, form: TicketTemplateForm, errors: dict[str, str]) -> ResponseReturnValue:
    return page(
        "template_of_tickets",
        status=422 if errors else 200,
        view=view,
        form=form,
        errors=errors,
        fields_known=_fields(),
        teams=list(teams.names().items()),
        colleagues=[(one.id, one.name) for one in attendance.colleagues()],
        known_tags=[tag.name for tag in tags.every()],
        priorities=fact_words.priorities() if settings.get("priorities") == "1" else [],
        examples=template_words.examples(),
        subject_examples=template_words.subject_examples(),
        built_in=template_words.built_in(),
    )


def _fields() -> list[fields.FieldView]:
    return [field for field in fields.every("ticket") if field.retired_at is None]


def _posted() -> TicketTemplateForm:
    form = request.form
    return TicketTemplateForm(
        name=form.get("name", ""),
        subject=form.get("subject", ""),
        team_id=form.get("team", type=int) or None,
        assignee_id=form.get("assignee", type=int) or None,
        priority=form.get("priority", default=0, type=int),
        tags=tuple(tags.split(form.get("tags", ""))),
        stages=tuple(form.get("stages", "").splitlines()),
        fields=frozenset(form.getlist("fields", type=int)),
        required=frozenset(form.getlist("required", type=int)),
        acknowledge="acknowledge" in form,
        acknowledgement=template_words.posted("acknowledgement"),
        greeting=template_words.posted("greeting"),
    )
