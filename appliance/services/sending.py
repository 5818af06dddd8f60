"""The worker's part of a delivery: claim, prepare attachments, send piece by piece, write down how it ended."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from appliance import db
from appliance.models import Connection
from appliance.services import blobs, connections, deliveries, outcomes, turns, uploads, wire
from appliance.services.deliveries import Claim
from appliance.services.letters import OutboxError
from appliance.services.turns import Turn
from appliance.values import Piece, SendError, Sent, StoredFile

UNSURE_WAIT = 3.0
# Looked at again that soon: an attached film is still being encoded.
NOT_YET_SECONDS = 2.0
log = logging.getLogger("appliance.sending")
_ping = threading.Lock()


def deliver(address_id: int) -> None:
    """Send what this address has waiting, in order, until something must wait."""
    while _answers(address_id):
        turn = turns.of_address(address_id)
        if turn is None or turn.must_come_back():
            return
        claim = deliveries.claim(address_id)
        if claim is None:
            return
        try:
            if not _send_all(claim, turn):
                return
        finally:
            deliveries.let_go(claim)


def _send_all(claim: Claim, turn: Turn) -> bool:
    """Whether the next delivery of the address may follow at once."""
    if not claim.pieces:
        outcomes.nothing_left(claim)
        return True
    try:
        claim = _fit(claim)
    except SendError as error:
        outcomes.failed(claim, claim.pieces[0][0], error)
        return True
    except uploads.NotYet:
        outcomes.too_early(claim, claim.pieces[0][0], NOT_YET_SECONDS)
        return False
    for number, (piece_id, piece) in enumerate(claim.pieces):
        following = claim.pieces[number + 1][0] if number + 1 < len(claim.pieces) else None
        if not turn.take(claim, piece_id, piece):
            return False
        try:
            result = _send(claim, piece_id, piece)
        except SendError as error:
            outcomes.failed(claim, piece_id, error)
            # Parked and failed ones let the next pass; one that is tried again does not.
            return error.uncertain or (error.permanent and error.scope == "chat")
        outcomes.sent(claim, piece_id, piece, result, following)
    return True


def _fit(claim: Claim) -> Claim:
    """Only what is sent for the first time brings files."""
    if claim.purpose != "send":
        return claim
    try:
        return uploads.fit(claim)
    except blobs.Gone:
        raise SendError("file_gone", permanent=True) from None
    except OutboxError as error:
        reason = str(error.params.get("reason") or error.code)
        raise SendError(reason, error.params.get("params"), permanent=True) from None


def _send(claim: Claim, piece_id: int, piece: Piece) -> Sent:
    left = threading.Event()

    def leaving() -> None:
        wire.note(piece_id, claim.attempt)
        left.set()

    try:
        channel = connections.channel_of(claim.connection_id)
        files = {name: uploads.to_send(file_id) for name, file_id in piece.files.items()}
        return _through(channel.send, claim, piece, files, leaving)
    except SendError:
        raise
    except blobs.Gone as error:
        raise SendError("file_gone", permanent=True) from error
    except Exception as error:
        # A channel that breaks its word: what had begun to leave may have arrived, the rest has not.
        log.exception("sending piece %s failed", piece_id)
        raise SendError("channel_failed", permanent=not left.is_set(), uncertain=left.is_set()) from error


def _through(
    send: Callable[..., Sent], claim: Claim, piece: Piece, files: Mapping[str, StoredFile], leaving: Callable[[], None]
) -> Sent:
    return send(connections.info(claim.connection_id), claim.address, piece, files, leaving)


def _answers(address_id: int) -> bool:
    """Whether the connection can send at all: not without its plugin, and after a time-out not before the messenger
    has answered a harmless question."""
    with db.session() as session:
        connection = deliveries.connection_of(session, address_id)
    if connection is None or connections.obstacle(connection):
        return False
    if connection.unsure_since is None:
        return True
    if not _ping.acquire(blocking=False):
        return False
    try:
        return _ask(connection)
    finally:
        _ping.release()


def _ask(connection: Connection) -> bool:
    try:
        connections.channel_of(connection.id).ping(connections.info(connection.id))
    except Exception as error:  # noqa: BLE001  (any failure means: not yet)
        log.info("connection %s does not answer yet: %s", connection.id, type(error).__name__)
        outcomes.pause(connection.id, UNSURE_WAIT)
        return False
    outcomes.certain_again(connection.id)
    return True
