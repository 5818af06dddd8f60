"""A page of registered settings: shown, checked, stored, whoever declared them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import g, request

from appliance.services import settings
from appliance.services.settings import SettingError
from appliance.values import SettingField
from appliance.web.form_errors import setting_error


def save(fields: Iterable[SettingField]) -> dict[str, str]:
    """Store what was posted, all of it or nothing; {name: words} for what cannot be."""
    given = {field.name: request.form.get(field.name, "") for field in fields}
    errors = check(given)
    if not errors:
        for name, value in given.items():
            settings.set(name, value, g.actor)
    return errors


def check(given: Mapping[str, str]) -> dict[str, str]:
    """{name: words} for what cannot be."""
    errors = {}
    for name, value in given.items():
        try:
            settings.check(name, value)
        except SettingError as error:
            errors[name] = setting_error(error)
    return errors


def values(fields: Iterable[SettingField], *, posted: bool) -> dict[str, str]:
    """What the page shows: what was typed, when it has to be shown again."""
    if posted:
        return {field.name: request.form.get(field.name, "") for field in fields}
    stored = settings.all_values()
    return {field.name: stored[field.name] for field in fields}
