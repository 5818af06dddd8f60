"""The cookies. Their names are ours alone: browsers do not keep the cookies of two ports of one host apart."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from appliance.services import secrets
from appliance.services.sign_in import ABSOLUTE

SIGN_IN, PAGES, THEME = "appliance_sign_in", "appliance_pages", "appliance_theme"
YEAR = timedelta(days=365)


def token() -> str:
    return request.cookies.get(SIGN_IN, "")


def give_token(response: Response, value: str) -> None:
    _set(response, SIGN_IN, value, ABSOLUTE)


def take_token(response: Response) -> None:
    response.delete_cookie(SIGN_IN, httponly=True, samesite="Lax", secure=request.is_secure)


def give_theme(response: Response, value: str) -> None:
    """So that the first byte of the sign-in page is in the right colours, too."""
    _set(response, THEME, value, YEAR)


def theme() -> str:
    value = request.cookies.get(THEME, "auto")
    return value if value in ("light", "dark") else "auto"


class PagesCookie(SecureCookieSessionInterface):
    """Flask's signed cookie: CSRF, messages shown once, the wizard's claim. Secure only under HTTPS: a browser
    does not store a Secure cookie of a plain-HTTP page at all."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified:
            # It must outlive the browser's window: restored tabs still send their token.
            session.permanent = True
        super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    app.session_interface = PagesCookie()
    app.config.update(
        SECRET_KEY=secrets.signing_key(),
        SESSION_COOKIE_NAME=PAGES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=ABSOLUTE,
    )


def _set(response: Response, name: str, value: str, lasts: timedelta) -> None:
    # Lax and not Strict: a link to a ticket, followed from a chat, must arrive signed in.
    response.set_cookie(name, value, max_age=lasts, httponly=True, samesite="Lax", secure=request.is_secure, path="/")
