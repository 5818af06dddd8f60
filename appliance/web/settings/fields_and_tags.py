"""The shop's own fields, and its tags."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import contact_templates, fields, tags, ticket_templates
from appliance.services.field_kinds import KINDS
from appliance.services.fields import FieldError
from appliance.services.tags import TagError
from appliance.web import field_errors
from appliance.web.security import only_for
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/fields/")
@only_for("owner", "manager")
def fields_and_tags() -> ResponseReturnValue:
    return _page({})


@blueprint.post("/fields/")
@only_for("owner", "manager")
def define_field() -> ResponseReturnValue:
    form = request.form
    try:
        fields.define(
            form.get("scope", ""), form.get("name", ""), form.get("kind", ""), _choices(), g.actor, _templates()
        )
    except FieldError as error:
        return _page(field_errors.field(error))
    flash(_("Saved."), "ok")
    return _back()


@blueprint.post("/fields/<int:field_id>")
@only_for("owner", "manager")
def change_field(field_id: int) -> ResponseReturnValue:
    form = request.form
    return _do(lambda: fields.change(field_id, form.get("name", ""), _choices(), g.actor, _templates()), "fields")


@blueprint.post("/fields/<int:field_id>/<any(up, down):direction>")
@only_for("owner", "manager")
def move_field(field_id: int, direction: str) -> ResponseReturnValue:
    return _do(lambda: fields.move(field_id, -1 if direction == "up" else 1, g.actor), f"field-{field_id}", told="")


@blueprint.post("/fields/<int:field_id>/retired")
@only_for("owner", "manager")
def retire_field(field_id: int) -> ResponseReturnValue:
    return _do(lambda: fields.retire(field_id, g.actor, request.form.get("retired") == "1"), "fields")


@blueprint.post("/tags/<int:tag_id>")
@only_for("owner", "manager")
def rename_tag(tag_id: int) -> ResponseReturnValue:
    return _do(lambda: tags.rename(tag_id, request.form.get("name", ""), g.actor), "tags")


@blueprint.post("/tags/<int:tag_id>/join")
@only_for("owner", "manager")
def join_tag(tag_id: int) -> ResponseReturnValue:
    return _do(lambda: tags.join(tag_id, request.form.get("into", default=0, type=int), g.actor), "tags")


@blueprint.post("/tags/<int:tag_id>/delete")
@only_for("owner", "manager")
def delete_tag(tag_id: int) -> ResponseReturnValue:
    return _do(lambda: tags.remove(tag_id, g.actor), "tags")


def _do(change: Callable[[], None], anchor: str, told: str | None = None) -> ResponseReturnValue:
    try:
        change()
    except (FieldError, TagError) as error:
        if error.code == "not_found":
            abort(404)
        flash(" ".join(field_errors.any_of(error).values()), "danger")
    else:
        said = _("Saved.") if told is None else told
        if said:
            flash(said, "ok")
    return _back(anchor)


def _page(errors: dict[str, str]) -> ResponseReturnValue:
    return page(
        "fields",
        status=422 if errors else 200,
        scopes=[
            ("ticket", _("Fields of tickets"), fields.every("ticket"), ticket_templates.choices()),
            ("contact", _("Fields of customers"), fields.every("contact"), contact_templates.choices()),
        ],
        kinds=[(kind, _(name)) for kind, name in KINDS],
        tags=tags.every(),
        errors=errors,
        given=request.form if errors else {},
    )


def _choices() -> list[str]:
    return request.form.get("choices", "").splitlines()


def _templates() -> list[int]:
    return request.form.getlist("templates", type=int)


def _back(anchor: str = "fields") -> ResponseReturnValue:
    return redirect(url_for("settings.fields_and_tags", _anchor=anchor), 303)
