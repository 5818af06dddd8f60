"""How much one browser may ask of the box."""

from __future__ import annotations

# Fifty megabytes are the most a bot can send; the form around the file needs a little.
BODY_LIMIT = 60 << 20
# Open streams at once; who comes later is told to poll.
STREAMS = 40
