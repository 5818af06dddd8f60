"""setWebhook, deleteWebhook, getWebhookInfo."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.courier import is_near
from appliance_sandbox.server.errors import ApiError, bad_request
from appliance_sandbox.server.methods.polling import remember_allowed_updates

ENDED = "Conflict: terminated by setWebhook request"
PORTS = frozenset({80, 88, 443, 8443})
SECRET = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET = 256
SHOWN = ("url", "max_connections", "ip_address", "last_error_date", "last_error_message")


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    url, secret = call.parameters.text("url"), call.parameters.text("secret_token")
    if not url:
        return _forget_webhook(call)
    if problem := _trouble_with(url, secret):
        raise problem
    remember_allowed_updates(call)
    webhook: Json = {"url": url, "max_connections": call.parameters.integer("max_connections", 40)}
    webhook |= {"secret_token": secret} if secret else {}
    if address := call.parameters.text("ip_address"):
        webhook["ip_address"] = address
    call.sandbox.bots.set_webhook(call.bot.id, webhook)
    call.sandbox.updates.interrupt(call.bot.id, ENDED)
    _drop_pending(call)
    call.sandbox.couriers.change(call.bot.id)
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    return _forget_webhook(call)


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    webhook = call.sandbox.bots.webhook(call.bot.id) or {"url": ""}
    waiting = call.sandbox.updates.count(call.bot.id)
    known = {name: webhook[name] for name in SHOWN if name in webhook}
    info: Json = {**known, "has_custom_certificate": False, "pending_update_count": waiting}
    allowed = call.sandbox.bots.allowed_updates(call.bot.id)
    return {**info, "allowed_updates": allowed} if allowed else info


def _trouble_with(url: str, secret: str) -> ApiError | None:
    """What the server has against such a webhook. Plain HTTP on this machine is the sandbox's own exception."""
    if len(secret) > LONGEST_SECRET:
        return bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        return bad_request("secret token contains unallowed characters")
    if is_near(url):
        return None
    if not url.startswith("https://"):
        return bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (urlsplit(url).port or 443) not in PORTS:
        return bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return None


def _forget_webhook(call: Call) -> bool:
    call.sandbox.bots.set_webhook(call.bot.id, None)
    call.sandbox.couriers.change(call.bot.id)
    _drop_pending(call)
    return True


def _drop_pending(call: Call) -> None:
    if call.parameters.flag("drop_pending_updates"):
        call.sandbox.updates.forget(call.bot.id)
