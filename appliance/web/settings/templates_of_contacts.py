"""One customer template: its form, new or there already."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import contact_templates, fields, tags
from appliance.services.contact_templates import ContactTemplateForm, ContactTemplateView
from appliance.services.template_parts import TemplateError
from appliance.web import template_words
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/templates/customers/new")
@only_for("owner", "manager")
def new_contact_template() -> ResponseReturnValue:
    shown = frozenset(field.id for field in _fields())
    return _form(None, ContactTemplateForm("", fields=shown), {})


@blueprint.post("/templates/customers/new")
@only_for("owner", "manager")
def make_contact_template() -> ResponseReturnValue:
    wanted = _posted()
    try:
        made = contact_templates.make(wanted, g.actor)
    except TemplateError as error:
        return _form(None, wanted, template_words.errors(error))
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.contact_template", template_id=made), 303)


@blueprint.get("/templates/customers/<int:template_id>")
@only_for("owner", "manager")
def contact_template(template_id: int) -> ResponseReturnValue:
    view = _view_or_404(template_id)
    return _form(view, view.form, {})


@blueprint.post("/templates/customers/<int:template_id>")
@only_for("owner", "manager")
def save_contact_template(template_id: int) -> ResponseReturnValue:
    view, wanted = _view_or_404(template_id), _posted()
    try:
        contact_templates.change(template_id, wanted, g.actor)
    except TemplateError as error:
        return _form(view, wanted, template_words.errors(error))
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.contact_template", template_id=template_id), 303)


def _view_or_404(template_id: int) -> ContactTemplateView:
    view = contact_templates.find(template_id)
    if view is None:
        abort(404)
    return view


def _form(view: ContactTemplateView | None, form: ContactTemplateForm, errors: dict[str, str]) -> ResponseReturnValue:
    return page(
        "template_of_contacts",
        status=422 if errors else 200,
        view=view,
        form=form,
        errors=errors,
        fields_known=_fields(),
        known_tags=[tag.name for tag in tags.every()],
    )


def _fields() -> list[fields.FieldView]:
    return [field for field in fields.every("contact") if field.retired_at is None]


def _posted() -> ContactTemplateForm:
    form = request.form
    note = form.get("note", "").replace("\r\n", "\n")
    shown = frozenset(form.getlist("fields", type=int))
    return ContactTemplateForm(form.get("name", ""), tuple(tags.split(form.get("tags", ""))), note, shown)
