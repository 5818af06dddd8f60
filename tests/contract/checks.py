"""What several parts of the contract ask alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, settings

from appliance import Piece, PlanError, SendError

# The suite is inherited, and its channels keep nothing between examples.
bounded = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def check_survival(pieces: Sequence[Piece]) -> None:
    """They come out of the database as they went in."""
    for piece in pieces:
        assert json.loads(json.dumps(piece.payload)) == piece.payload
        assert json.loads(json.dumps(piece.files)) == piece.files
        assert 0 < len(piece.kind) <= 20


def reason_against(action: Callable[[], object]) -> str:
    """The code with which a channel refuses; '' when it does what it is asked."""
    try:
        action()
    except (PlanError, SendError) as error:
        return error.code
    return ""
