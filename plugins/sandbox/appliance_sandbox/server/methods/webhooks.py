"""setWebhook, deleteWebhook, getWebhookInfo: kept and shown; the sandbox calls nobody."""

from __future__ import annotations

from appliance_sandbox.server.calls import Call, Json, method
from appliance_sandbox.server.errors import bad_request
from appliance_sandbox.server.methods.polling import remember_allowed_updates

ENDED = "Conflict: terminated by setWebhook request"


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    url = call.parameters.text("url")
    if not url:
        return _forget_webhook(call)
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    remember_allowed_updates(call)
    webhook: Json = {"url": url, "max_connections": call.parameters.integer("max_connections", 40)}
    if address := call.parameters.text("ip_address"):
        webhook["ip_address"] = address
    call.sandbox.bots.set_webhook(call.bot.id, webhook)
    call.sandbox.updates.interrupt(call.bot.id, ENDED)
    _drop_pending(call)
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    return _forget_webhook(call)


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    webhook = call.sandbox.bots.webhook(call.bot.id) or {"url": ""}
    waiting = call.sandbox.updates.count(call.bot.id)
    info = {**webhook, "has_custom_certificate": False, "pending_update_count": waiting}
    allowed = call.sandbox.bots.allowed_updates(call.bot.id)
    return {**info, "allowed_updates": allowed} if allowed else info


def _forget_webhook(call: Call) -> bool:
    call.sandbox.bots.set_webhook(call.bot.id, None)
    _drop_pending(call)
    return True


def _drop_pending(call: Call) -> None:
    if call.parameters.flag("drop_pending_updates"):
        call.sandbox.updates.forget(call.bot.id)
