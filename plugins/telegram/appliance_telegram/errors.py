"""Decides what a failure means: what came back, how far the request got, and whose error it was."""

from __future__ import annotations

import ssl
from concurrent.futures import CancelledError
from typing import Literal

import httpx

from appliance import ConnectError, SendError
from appliance_telegram.answers import NotAnAnswer, Refusal
from appliance_telegram.bot_settings import BotSettings
from appliance_telegram.redaction import redact

# (status, words, code): the words are those of the official server's source and of TDLib; 413's are hearsay.
REFUSALS: tuple[tuple[int, str, str], ...] = (
    (403, "blocked by the user", "blocked"),
    (403, "user is deactivated", "deactivated"),
    (403, "can't initiate conversation", "cannot_write_first"),
    (403, "was kicked", "kicked"),
    (403, "not a member", "kicked"),
    (403, "chat was deleted", "kicked"),
    (403, "", "no_rights"),
    (400, "user_is_blocked", "blocked"),
    (400, "input_user_deactivated", "deactivated"),
    (400, "chat not found", "chat_not_found"),
    (400, "peer_id_invalid", "chat_not_found"),
    (400, "is too long", "too_long"),
    (400, "caption_too_long", "too_long"),
    (400, "text is empty", "empty"),
    (400, "text must be non-empty", "empty"),
    (400, "file must be non-empty", "file_empty"),
    (400, "file_parts_invalid", "file_empty"),
    (400, "too big", "too_large"),
    (400, "too large", "too_large"),
    (400, "wrong file_id", "file_gone"),
    (400, "wrong file identifier", "file_gone"),
    (400, "wrong remote file", "file_gone"),
    (400, "can't use file of type", "file_gone"),
    (400, "message to edit not found", "message_gone"),
    (400, "message_id_invalid", "message_gone"),
    (400, "message can't be edited", "cannot_edit"),
    (400, "message_edit_time_expired", "cannot_edit"),
    (400, "in the message to edit", "cannot_edit"),
    (400, "message can't be deleted", "cannot_delete"),
    (400, "message_delete_forbidden", "cannot_delete"),
    (400, "message thread not found", "topic_gone"),
    (400, "topic_closed", "topic_gone"),
    (400, "topic_deleted", "topic_gone"),
    (400, "rights to send", "no_rights"),
    (400, "chat_write_forbidden", "no_rights"),
    (400, "voice_messages_forbidden", "voice_refused"),
    (400, "business_", "business_gone"),
    (400, "business connection", "business_gone"),
    (400, "photo_invalid_dimensions", "bad_picture"),
    (400, "image_process_failed", "bad_picture"),
    (400, "photo_save_file_invalid", "bad_picture"),
    (400, "", "refused"),
    (413, "", "too_large"),
)
NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# What else a request can end with: cut lines, answers that are none, a client that was closed, a loop that ended.
BROKEN = (httpx.HTTPError, httpx.StreamError, NotAnAnswer, TimeoutError, CancelledError, ssl.SSLError, RuntimeError)
FAILURES = (*BROKEN, Refusal)


def explain_refusal(refusal: Refusal, settings: BotSettings) -> SendError:
    """A refusal in the core's terms."""
    params = {"status": refusal.status, "description": redact(refusal.description, settings)[:200]}
    if refusal.migrate_to:
        return SendError("migrated", params, moved_to=refusal.migrate_to)
    if refusal.status == 429:
        wait = refusal.retry_after or 5.0
        # The answer does not tell whether the chat or the whole bot is meant; the next chat will tell.
        return SendError("rate_limited", {**params, "seconds": round(wait)}, retry_after=wait)
    if refusal.status >= 500:
        return SendError("server", params, scope="connection")
    if refusal.status in (401, 404) and refusal.description and "method not found" not in refusal.description.lower():
        return SendError("token_revoked", params, scope="connection", permanent=True)
    code = _code_of(refusal)
    if code is None:
        return SendError("not_telegram", params, scope="connection")
    return SendError(code, params, permanent=True)


def _code_of(refusal: Refusal) -> str | None:
    """None: those words are not the Bot API's, something between us and it has spoken."""
    if not refusal.description and refusal.status != 413:
        return None
    words = refusal.description.lower()
    for status, part, code in REFUSALS:
        if status == refusal.status and part in words:
            return code
    return "refused" if 400 <= refusal.status < 500 else None


def explain_failure(
    error: BaseException, settings: BotSettings, *, arrived: bool, repeatable: bool = False
) -> SendError:
    """A failure without a readable answer. `arrived`: the whole request went out, so the server may have acted;
    `repeatable`: let it, for doing it again comes to the same."""
    if isinstance(error, Refusal):
        return explain_refusal(error, settings)
    if arrived and not isinstance(error, NOTHING_SENT):
        return SendError("unanswered") if repeatable else SendError("uncertain", uncertain=True)
    if isinstance(error, NotAnAnswer):
        return SendError("not_telegram", scope="connection")
    return SendError("network", {"cause": reach_code(error, settings)}, scope="connection")


def explain_connecting(error: BaseException, settings: BotSettings) -> ConnectError:
    """Why a connection could not be checked; temporary unless the settings are to blame."""
    if isinstance(error, NotAnAnswer):
        return ConnectError("not_telegram", temporary=True)
    if not isinstance(error, Refusal):
        return ConnectError(reach_code(error, settings), {"host": settings.host}, temporary=True)
    if error.status == 409:
        return ConnectError(
            "webhook_elsewhere" if "webhook" in error.description.lower() else "second_poller", {"host": "?"}
        )
    sent = explain_refusal(error, settings)
    return ConnectError(sent.code, sent.params, temporary=sent.code in ("server", "rate_limited", "not_telegram"))


Reach = Literal["no_internet", "proxy_unreachable", "tls"]


def reach_code(error: BaseException, settings: BotSettings) -> Reach:
    """Why nothing was reached."""
    if _is_tls(error):
        return "tls"
    if isinstance(error, httpx.ProxyError) or (settings.proxy and isinstance(error, NOTHING_SENT)):
        return "proxy_unreachable"
    return "no_internet"


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE_VERIFY" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
