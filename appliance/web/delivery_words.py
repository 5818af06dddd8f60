"""How a delivery stands, in words: one tick only, for a messenger tells bots nothing of reading."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import get_locale
from flask_babel import gettext as _

from appliance.language import translate
from appliance.models import now
from appliance.services.channels import explain
from appliance.services.delivery_views import DeliveryView
from appliance.web import times
from appliance.web.core_reasons import CORE_REASONS


@dataclass(frozen=True)
class DeliveryWords:
    """`label` stands in the bubble, `reason` and `advice` below it. `actions`: retry, again, now, leave, cancel.
    `leaves_in`: seconds in which it can be taken back."""

    icon: str
    label: str
    tone: str = ""
    reason: str = ""
    advice: str = ""
    actions: tuple[str, ...] = ()
    leaves_in: float = 0


def describe(delivery: DeliveryView) -> DeliveryWords:
    """Words for every state a delivery can be in."""
    reason, advice = _reason(delivery)
    state = delivery.state
    if state == "sent":
        return DeliveryWords("check", _("sent"))
    if state == "sending":
        return DeliveryWords("loader-circle", _("sending"), "busy")
    if state == "queued":
        return _queued(delivery, reason)
    if state == "uncertain":
        told = reason or _("The connection broke after it was sent.")
        return DeliveryWords("circle-help", _("may have arrived"), "warn", told, advice, ("again", "leave"))
    if state == "blocked":
        return DeliveryWords("ban", _("not delivered"), "danger", reason, advice, ("retry",))
    if state == "cancelled":
        return DeliveryWords("x", _("taken back, not sent"))
    if state == "left":
        return DeliveryWords("circle-help", _("may not have arrived"))
    return DeliveryWords("triangle-alert", _("not sent"), "danger", reason or _("It did not work."), advice, ("retry",))


def _queued(delivery: DeliveryView, reason: str) -> DeliveryWords:
    left = (delivery.not_before - now()).total_seconds() if delivery.not_before else 0
    if left > 0:
        return DeliveryWords("timer", _("about to be sent"), "busy", actions=("cancel", "now"), leaves_in=left)
    waiting = delivery.next_try_at is not None and delivery.next_try_at > now()
    if not (reason and waiting and delivery.next_try_at):
        return DeliveryWords("clock", _("queued"), "busy", actions=("cancel",))
    again = _("We try again at %(time)s.", time=times.moment(delivery.next_try_at, "seconds"))
    return DeliveryWords("clock", _("queued"), "warn", f"{reason} {again}", actions=("retry", "cancel"))


def _reason(delivery: DeliveryView) -> tuple[str, str]:
    """The core's own text for its codes, else the channel's."""
    if not delivery.code:
        return "", ""
    language = str(get_locale() or "en")
    own = CORE_REASONS.get(delivery.code)
    if own is not None:
        return translate(own.reason, language), translate(own.advice, language) if own.advice else ""
    reason = explain(delivery.channel, delivery.code, delivery.params, language)
    return reason.text, reason.advice
