"""How a delivery stands, in words: one tick only, for a messenger tells bots nothing of reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import get_locale
from flask_babel import gettext as _

from appliance.language import translate
from appliance.models import now
from appliance.services.channels import explain
from appliance.services.delivery_views import DeliveryView
from appliance.web import times
from appliance.web.core_reasons import CORE_REASONS

# Who looks at the bubble must be able to read it before it is over.
WORTH_TELLING = timedelta(seconds=2)
LONG = timedelta(minutes=30)


@dataclass(frozen=True)
class DeliveryWords:
    """`label` stands in the bubble, `reason` and `advice` below it. `actions`: retry, again, now, leave, cancel, each
    for the delivery it was made of. `leaves_in`: seconds in which it can be taken back."""

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
    if delivery.purpose != "send":
        return _revision(delivery, reason, advice)
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
    return _ended(state, reason, advice)


def _ended(state: str, reason: str, advice: str) -> DeliveryWords:
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
    until = _waits_until(delivery)
    # What has partly left cannot be taken back; between its pieces it is still being sent.
    back: tuple[str, ...] = () if delivery.begun else ("cancel",)
    if not until:
        label = _("sending") if delivery.begun else _("queued")
        return DeliveryWords("clock", label, "busy", actions=back)
    if not reason:
        paused = _("Sending is paused until %(time)s.", time=until)
        return DeliveryWords("clock", _("queued"), "warn", paused, actions=back)
    again = _("We try again at %(time)s.", time=until)
    # A pause that the messenger asked for is kept, whoever is in a hurry.
    asked_for = delivery.held_until is not None and delivery.held_until == delivery.next_try_at
    actions = back if asked_for else ("retry", *back)
    return DeliveryWords("clock", _("queued"), "warn", f"{reason} {again}", actions=actions)


def _revision(delivery: DeliveryView, reason: str, advice: str) -> DeliveryWords:
    """A change or a removal at the customer's end that has not simply happened."""
    edit = delivery.purpose == "edit"
    if delivery.state in ("queued", "sending"):
        label = _("changing at the customer's end") if edit else _("taking away at the customer's end")
        until = _waits_until(delivery) if delivery.state == "queued" else ""
        again = _("We try again at %(time)s.", time=until) if until else ""
        return DeliveryWords("loader-circle", label, "warn" if again else "busy", f"{reason} {again}".strip())
    still = _("The customer still sees the earlier words.") if edit else _("The customer still sees the message.")
    label = _("not changed") if edit else _("not taken away")
    told = f"{still} {reason}".strip()
    return DeliveryWords("triangle-alert", label, "danger", told, advice, ("retry", "leave"))


def _waits_until(delivery: DeliveryView) -> str:
    """Until when it does not leave, in words; '' when that is about now."""
    moments = [until for until in (delivery.next_try_at, delivery.held_until) if until is not None]
    until = max(moments, default=None)
    if until is None or until - now() < WORTH_TELLING:
        return ""
    return times.moment_with_day(until) if until - now() > LONG else times.moment(until, "seconds")


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
