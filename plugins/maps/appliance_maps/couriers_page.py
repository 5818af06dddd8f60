"""/maps/couriers: everyone who shares where they are, on one map and in a list, and the way of one of them on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_decimal, to_user_timezone, to_utc
from flask_babel import gettext as _

from appliance import Actor, KnownPlace, LiveShare, NavLink, box, mark
from appliance_maps import basemap, live
from appliance_maps.couriers import DayTrail, days_of, is_sharing, kept_since, list_couriers, trail_of
from appliance_maps.pages import blueprint

LINK = NavLink(mark("Couriers"), "maps.couriers", "truck")
# The place a distance is measured to stays chosen.
REMEMBERED = "appliance_maps_place"
YEAR = timedelta(days=365)
DIRECTIONS = (
    mark("to the north"),
    mark("to the north-east"),
    mark("to the east"),
    mark("to the south-east"),
    mark("to the south"),
    mark("to the south-west"),
    mark("to the west"),
    mark("to the north-west"),
)


@dataclass(frozen=True)
class Chosen:
    """The courier whose way is shown, on which day, and the days there are."""

    share: LiveShare
    sharing: bool
    day: date
    days: Sequence[date]
    trail: DayTrail | None


@blueprint.get("/couriers")
def couriers() -> ResponseReturnValue:
    """`courier` is the message of one of their live locations, `day` an ISO date, `place` a message with a place. With
    `part` only what changes by itself, for the open page."""
    reader, moment = box().reader(), datetime.now(UTC)
    since = kept_since(moment)
    shares, places = box().live_shares(reader, since), box().known_places(reader, since)
    place = _find_place(places)
    shown = {
        "couriers": list_couriers(shares, reader, place, moment),
        "chosen": _choose(shares, reader, moment),
        "place": place,
        "places": places,
        "directions": DIRECTIONS,
        "distance": _distance,
        "format_day": lambda day: format_date(day, "full"),
        "live": live.attributes,
        "here": _address,
    }
    page = "maps/_couriers.html" if "part" in request.args else "maps/couriers.html"
    answer = make_response(render_template(page, basemap=basemap.attributes(), **shown))
    if "place" in request.args:
        _remember(answer, place)
    return answer


def _remember(answer: Response, place: KnownPlace | None) -> None:
    value = str(place.message_id) if place else ""
    answer.set_cookie(REMEMBERED, value, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)


def _find_place(places: Sequence[KnownPlace]) -> KnownPlace | None:
    """The one asked for, else the one remembered."""
    wanted = request.args.get("place", request.cookies.get(REMEMBERED, ""))
    return next((place for place in places if str(place.message_id) == wanted), None)


def _choose(shares: Sequence[LiveShare], by: Actor, moment: datetime) -> Chosen | None:
    wanted = request.args.get("courier", type=int)
    share = next((share for share in shares if share.message_id == wanted), None)
    if share is None:
        return None
    newest = next(each for each in shares if each.person == share.person)
    days = days_of(shares, share.person, to_user_timezone(kept_since(moment)).date(), to_user_timezone)
    day = _read_day() or days[0]
    start = _midnight(day)
    trail = trail_of(shares, share.person, by, start, _midnight(day + timedelta(days=1)))
    return Chosen(newest, is_sharing(newest, moment), day, days, trail)


def _read_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    """When that day begins where the box is."""
    midnight: datetime = to_utc(datetime.combine(day, time()))
    return midnight.replace(tzinfo=UTC)


def _distance(metres: float) -> str:
    if metres < 1000:
        return _("%(metres)s m", metres=int(round(metres, -1)))
    return _("%(number)s km", number=format_decimal(round(metres / 1000, 1 if metres < 100_000 else None)))


def _address(**changed: object) -> dict[str, object]:
    """The query of this page with something else in it; None takes it out."""
    kept = {name: request.args[name] for name in ("courier", "day", "place") if name in request.args}
    return {name: value for name, value in {**kept, **changed}.items() if value is not None}
