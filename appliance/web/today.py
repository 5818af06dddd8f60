"""/today: how the day goes, for managers; every figure opens its list."""

from __future__ import annotations

from babel.dates import get_day_names
from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from appliance.services import busy_hours, today
from appliance.web.security import only_for

blueprint = Blueprint("today", __name__)
# So many shades tell an hour from another; more are not told apart.
SHADES = 5


@blueprint.get("/today")
@only_for("owner", "manager")
def index() -> ResponseReturnValue:
    found = today.overview(g.actor)
    most = today.strongest(found.hours)
    names = get_day_names("abbreviated", locale=get_locale() or "en")
    days = [
        (
            names[weekday],
            [(count, _shade(count, most), busy_hours.spell(weekday, hour)) for hour, count in enumerate(row)],
        )
        for weekday, row in enumerate(found.hours)
    ]
    return render_template("today/index.html", found=found, days=days, most=most)


def _shade(count: int, most: int) -> int:
    """0 for none, then 1 to SHADES."""
    return 0 if not count else max(1, round(count / most * SHADES))
