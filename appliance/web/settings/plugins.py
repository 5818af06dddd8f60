"""The plugins: which there are, how they are, their settings."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.plugins import plugins as loaded_plugins
from appliance.services import plugin_failures, settings
from appliance.values import SettingField
from appliance.web.running import running
from appliance.web.security import only_for
from appliance.web.settings import fields
from appliance.web.settings.sections import blueprint, page


@blueprint.get("/plugins/")
@only_for("owner")
def plugins() -> ResponseReturnValue:
    known = loaded_plugins()
    return page(
        "plugins",
        plugins=[found for found in known.loaded.values() if found.origin != "core"],
        broken=list(known.broken.values()),
        failures=plugin_failures.lately(),
        with_settings={found for found in known.loaded if _fields(found)},
        safe_mode=running().config.safe_mode,
    )


@blueprint.get("/plugins/<name>")
@only_for("owner")
def plugin(name: str) -> ResponseReturnValue:
    return _form(name, {})


@blueprint.post("/plugins/<name>")
@only_for("owner")
def save_plugin(name: str) -> ResponseReturnValue:
    errors = fields.save(_fields_or_404(name))
    if errors:
        return _form(name, errors)
    flash(_("Saved."), "ok")
    return redirect(url_for("settings.plugin", name=name), 303)


def _form(name: str, errors: dict[str, str]) -> ResponseReturnValue:
    known = _fields_or_404(name)
    values = fields.values(known, posted=bool(errors))
    return page("plugin", status=422 if errors else 200, name=name, form_fields=known, values=values, errors=errors)


def _fields(name: str) -> list[SettingField]:
    return [field for field in settings.fields().values() if field.name.startswith(f"{name}.")]


def _fields_or_404(name: str) -> list[SettingField]:
    found = _fields(name)
    if not found:
        abort(404)
    return found
