"""What happened to a customer, in words for the timeline of their ticket."""

from __future__ import annotations

from flask_babel import gettext as _

from appliance.services.timeline import EventView


def describe(event: EventView, reader_id: int | None) -> str:
    after = event.after
    if "joined" in after:
        return _("%(name)s opened the invitation: we can write to them now", name=after["joined"])
    if "barred" in after:
        by = _("You") if event.actor_id == reader_id else (event.actor or _("Someone"))
        said = _("blocked this person") if after["barred"] else _("unblocked this person")
        return f"{by}: {said}"
    if "note" in after:
        return " ".join(filter(None, (str(after.get("name") or ""), _(str(after["note"])))))
    if after.get("group"):
        return _("The bot is no longer in the group") if after.get("blocked") else _("The bot is in the group again")
    if after.get("blocked"):
        return _("The customer has blocked us")
    return _("The customer can be reached again")
