"""An address's turn at its messenger's pace: taken before every piece, or waited for elsewhere than in a thread."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from appliance import db, queue
from appliance.models import Address
from appliance.services import connections, deliveries, outcomes
from appliance.services.deliveries import Claim
from appliance.services.pacing import CLOCK, Place
from appliance.values import Pace, Piece

# Not worth a way through the queue.
SHORT = 0.05
SOON = 2.0
MARGIN = 0.005


@dataclass(frozen=True)
class Turn:
    place: Place
    pace: Pace

    def must_come_back(self) -> bool:
        """Whether it is too early; what waits is then woken in time."""
        seconds = CLOCK.wait(self.place, self.pace)
        if seconds <= SHORT:
            return False
        if deliveries.postpone(self.place.address_id, seconds):
            self._wake(seconds)
        return True

    def take(self, claim: Claim, piece_id: int, piece: Piece) -> bool:
        """Whether this piece may leave now; if not, the delivery waits with what is left of it."""
        while (seconds := CLOCK.take(self.place, self.pace, max(1, len(piece.files)))) > 0:
            if seconds > SHORT:
                outcomes.too_early(claim, piece_id, seconds)
                self._wake(seconds)
                return False
            time.sleep(seconds)
        return True

    def _wake(self, seconds: float) -> None:
        if seconds > SOON:
            queue.wake("deliver", self.place.address_id, delay=seconds)
            return
        # The queue looks once a second for what is due: a long text would take twice as long as it has to.
        timer = threading.Timer(seconds + MARGIN, queue.wake, ("deliver", self.place.address_id))
        timer.daemon = True
        timer.start()


def of_address(address_id: int) -> Turn | None:
    """None when the address or its connection is gone."""
    with db.session() as session:
        address = session.get(Address, address_id)
    can = connections.abilities(address.connection_id) if address else None
    if address is None or can is None:
        return None
    return Turn(Place(address.connection_id, address.id, address.kind == "group"), can.pace)
