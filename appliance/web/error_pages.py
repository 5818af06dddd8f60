"""What people see when something goes wrong: a sentence in their language, and never a stack trace."""

from __future__ import annotations

import logging

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

log = logging.getLogger("appliance.web")


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, on_stale_page)
    app.register_error_handler(HTTPException, on_refusal)
    app.register_error_handler(InternalServerError, on_failure)


def on_stale_page(_error: CSRFError) -> Response:
    text = _("This page is out of date. Open it again and repeat what you did.")
    return _show(400, _("Please try again"), text)


def on_refusal(error: HTTPException) -> Response:
    """Errors that were meant: a view's abort(), a wrong address."""
    if error.response is not None:
        return make_response(error.response)
    code = error.code or 500
    if error.description == "host":
        return _show(400, _("Not under this name"), _host_text())
    title, text = _words(code)
    answer = _show(code, title, text)
    for name, value in error.get_headers():
        if name in ("Allow", "Content-Range", "Retry-After"):
            answer.headers[name] = value
    return answer


def on_failure(error: InternalServerError) -> Response:
    """Errors nobody meant; Flask has written them to the log."""
    try:
        return _show(500, *_words(500))
    except Exception:
        # What broke the page (the database, the disk) may break this page as well.
        log.exception("the error page failed, too")
        return make_response("The box has a problem. Its log says more.\n", 500, {"Content-Type": "text/plain"})


def _words(code: int) -> tuple[str, str]:
    known = {
        400: (_("That was not understood"), _("The browser sent something this page cannot use.")),
        403: (_("You may not do that"), _("Ask an owner of this box if you need it.")),
        404: (_("There is nothing here"), _("The page has moved, or it never existed.")),
        405: (_("That is not possible here"), _("Open the page again and use its buttons.")),
        413: (_("That is too large"), _("At most 50 MB can be sent at once.")),
        429: (_("Too many tries"), _("Wait a little and try again.")),
        500: (_("Something went wrong"), _("It was written to the log of the box. Please try again.")),
    }
    return known.get(code, known[500] if code >= 500 else known[400])


def _host_text() -> str:
    return _(
        "The desk does not answer to %(host)s. Open it by its IP address, or allow the name with APPLIANCE_HOSTS.",
        host=request.host[:100],
    )


def _show(code: int, title: str, text: str) -> Response:
    if request.headers.get("HX-Request"):
        # The desk shows one line of plain text as a toast.
        return make_response(f"{text}\n", code, {"Content-Type": "text/plain; charset=utf-8"})
    return make_response(render_template("errors/error.html", code=code, title=title, text=text), code)
