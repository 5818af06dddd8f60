"""The self-test in the worker, for when the choice is missing, cannot be read, or is out of date."""

from __future__ import annotations

import logging
import os
from threading import Event

from appliance_media import choice, gate, room, trial
from appliance_media.reasons import Refused

# Who has just started has better things to do.
FIRST_LOOK_SECONDS = 300.0
LOOK_SECONDS = 60.0
log = logging.getLogger("appliance.media")


def serve(stop: Event) -> None:
    """Look now and then, until told to stop."""
    wait = FIRST_LOOK_SECONDS
    while not stop.wait(wait):
        renew()
        wait = LOOK_SECONDS


def renew() -> None:
    """Choose anew, if that is due and the box has nothing else to do."""
    folder = room.folder()
    if folder is None or choice.stored() is not None or not _is_calm():
        return
    try:
        chosen = trial.choose(folder)[-1].choice
        log.info("films are encoded with %s, %s times real time", chosen.words, chosen.speed)
    except gate.Busy:
        log.debug("no self-test while something is encoded")
    except Refused as refused:
        log.warning("the encoder's self-test failed: %s", refused)


def _is_calm() -> bool:
    return os.getloadavg()[0] <= choice.processors() / 2
