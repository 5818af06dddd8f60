"""Under which names the desk answers: a page elsewhere must not reach it by pointing its own name at us."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

from appliance.services import settings
from appliance.web.running import running

View = TypeVar("View", bound=Callable[..., Any])
_ANY_NAME = "_appliance_any_name"
# Names that exist in no public DNS.
_LOCAL_ENDINGS = (".local", ".lan", ".home.arpa", ".localhost")
_HOST = re.compile(r"(\[[0-9a-fA-F:.%\w]+\]|[\w.-]+)(?::\d{1,5})?", re.ASCII)


def under_any_name(view: View) -> View:
    """This address is meant for the internet, under whatever name its owner gave the box there. Only for views that
    neither know a signed-in agent nor show anything."""
    setattr(view, _ANY_NAME, True)
    return view


def init_app(app: Flask) -> None:
    app.before_request(check_host)


def check_host() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, _ANY_NAME, False):
        return
    if not is_ours(request.host, running().config.hosts):
        abort(400, "host")


def is_ours(host: str, further: tuple[str, ...]) -> bool:
    """`host` as the Host header says it; `further` names come from the configuration."""
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    if match[1].startswith("["):
        return _is_address(match[1].strip("[]"))
    name = match[1].rstrip(".").lower()
    return _is_address(name) or _is_local(name) or name in further or name == _base_host()


def _is_address(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_local(name: str) -> bool:
    return "." not in name or name.endswith(_LOCAL_ENDINGS) or name == socket.gethostname().lower()


def _base_host() -> str:
    return (urlsplit(settings.get("base_url")).hostname or "").lower()
