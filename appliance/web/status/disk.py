"""/status/disk: what fills the disk, what the keep-rules let go, and a dry run before they are switched on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_date
from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from appliance.services import disk_use, keep_rules, room, settings
from appliance.values import SettingField
from appliance.web.form_errors import reader_language
from appliance.web.running import running
from appliance.web.security import only_for
from appliance.web.settings import fields
from appliance.web.status.overview import blueprint


@blueprint.get("/disk")
@only_for("owner", "manager")
def disk() -> ResponseReturnValue:
    """With days in the address: what would go if they were the rules."""
    stored = settings.all_values()
    values = {field.name: request.args.get(field.name, stored[field.name]) for field in rules()}
    errors = fields.check(values)
    return _page(values, errors, tried=bool(request.args) and not errors)


@blueprint.post("/disk")
@only_for("owner")
def save_rules() -> ResponseReturnValue:
    errors = fields.save(rules())
    if errors:
        return _page(fields.values(rules(), posted=True), errors, tried=False)
    flash(_("Saved."), "ok")
    return redirect(url_for("status.disk"), 303)


def rules() -> list[SettingField]:
    return [settings.fields()[keep_rules.setting(group)] for group in keep_rules.GROUPS]


def _page(values: Mapping[str, str], errors: Mapping[str, str], *, tried: bool) -> ResponseReturnValue:
    use = disk_use.measure(running().config.data, g.actor)
    days = {group: int(values[keep_rules.setting(group)] or 0) for group in keep_rules.GROUPS} if tried else {}
    page = render_template(
        "status/disk.html",
        use=use,
        group_name=group_name,
        month_name=month_name,
        reserve=room.reserve(),
        rules=rules(),
        values=values,
        errors=errors,
        plan=keep_rules.plan(days) if tried else None,
        active=any(keep_rules.chosen().values()),
    )
    return page, 422 if errors else 200


def month_name(month: datetime) -> str:
    """A month of our own reckoning, in no time zone: 'March 2026'."""
    return str(format_date(month.date(), "LLLL y", locale=reader_language()))


def group_name(group: str) -> str:
    known = {
        "video": _("Videos"),
        "photo": _("Photos and stickers"),
        "voice": _("Voices and sounds"),
        "document": _("Documents"),
        disk_use.RENDITIONS: _("What was made to be shown"),
    }
    return known.get(group, _("Other"))
