"""Step two: language, company, time zone."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from appliance.services import settings, setup
from appliance.services.settings import SettingError
from appliance.values import SYSTEM
from appliance.web.form_errors import setting_error
from appliance.web.languages import page_language
from appliance.web.security import public
from appliance.web.setup.steps import blueprint, claimed, show
from appliance.web.time_zones import choices

FIELDS = ("language", "company", "time_zone")


@blueprint.get("/company")
@public
@claimed
def company() -> ResponseReturnValue:
    return _form({**settings.all_values(), "language": page_language()})


@blueprint.post("/company")
@public
@claimed
def save_company() -> ResponseReturnValue:
    given = {name: request.form.get(name, "") for name in FIELDS}
    errors = _check(given)
    if errors:
        return _form(given, errors)
    for name, value in given.items():
        settings.set(name, value, SYSTEM)
    session["language"] = given["language"]
    setup.go_to("owner")
    return redirect(url_for("setup.owner"))


def _check(given: dict[str, str]) -> dict[str, str]:
    errors = {}
    for name, value in given.items():
        try:
            settings.check(name, value)
        except SettingError as error:
            errors[name] = setting_error(error)
    return errors


def _form(values: dict[str, str], errors: dict[str, str] | None = None) -> ResponseReturnValue:
    return show(
        "company",
        status=422 if errors else 200,
        values=values,
        errors=errors or {},
        zones=choices(values["time_zone"]),
        # Until somebody has chosen, the browser knows better than the box.
        guess_zone=not settings.is_set("time_zone") and not errors,
    )
