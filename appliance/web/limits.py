"""How much one browser may ask of the box."""

from __future__ import annotations

from flask import Flask, request

# Fifty megabytes are the most a bot can send; the form around the file needs a little.
BODY_LIMIT = 60 << 20
# A form without a file is read into memory in one go.
FORM_LIMIT = 1 << 20
# Open streams at once; who comes later is told to poll.
STREAMS = 40


def init_app(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    app.before_request(limit_form)


def limit_form() -> None:
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = FORM_LIMIT
