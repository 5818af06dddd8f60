"""The core's own settings."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import settings
from appliance.values import SettingField
from appliance.web.security import only_for
from appliance.web.settings import fields
from appliance.web.settings.sections import blueprint, page
from appliance.web.time_zones import choices


@blueprint.get("/company")
@only_for("owner")
def company() -> ResponseReturnValue:
    return _form({})


@blueprint.post("/company")
@only_for("owner")
def save_company() -> ResponseReturnValue:
    errors = fields.save(_own())
    if errors:
        return _form(errors)
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.company"), 303)


def _own() -> list[SettingField]:
    return [field for field in settings.fields().values() if "." not in field.name]


def _form(errors: dict[str, str]) -> ResponseReturnValue:
    values = fields.values(_own(), posted=bool(errors))
    zones = choices(values["time_zone"])
    return page("company", status=422 if errors else 200, form_fields=_own(), values=values, errors=errors, zones=zones)
