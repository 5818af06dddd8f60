"""What the Bot API takes, as published for version 10.3. Texts are counted in UTF-16 units, files in bytes."""

from __future__ import annotations

from appliance import Pace

TEXT = 4096
CAPTION = 1024
ENTITIES = 100
UPLOAD = 50 << 20
PHOTO_UPLOAD = 10 << 20
DOWNLOAD = 20 << 20
# An own Bot API server takes more; what it hands out is bounded only by what Telegram stores as one file.
OWN_SERVER_UPLOAD = 2000 << 20
OWN_SERVER_DOWNLOAD = 4096 << 20
# Wider, taller or longer pictures are refused as photos; they go as documents.
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
ALBUM = 10
# What the FAQ advises; the exact limits are not published.
PACE = Pace(per_address_seconds=1.0, overall_per_second=30, group_per_minute=20)
DELETIONS = 100
DELETE_HOURS = 48
# Ours, not Telegram's: what a phone shows of a button, and of several beside each other.
BUTTON = 40
BUTTONS = 3
BUTTONS_IN_A_ROW = 24
POLL_QUESTION = 300
POLL_OPTION = 100
POLL_OPTIONS = 12
LONG_POLL_SECONDS = 50
BATCH = 100
