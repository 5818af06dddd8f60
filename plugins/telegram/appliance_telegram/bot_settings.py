"""A bot as the connect form describes it, checked once; nothing that prints it shows the token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from appliance import ConnectError

OFFICIAL = "https://api.telegram.org"
OFFICIAL_HOST = "api.telegram.org"
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{8,128}", re.ASCII)
_HOOK_PORTS = (443, 80, 88, 8443)
_PUBLIC_URL = 200
_PROXIES = ("http", "https", "socks5", "socks5h")


@dataclass(frozen=True)
class BotSettings:
    """`api_url` is what stands before /bot<token>/… and /file/bot<token>/…; `proxy` may carry a password.
    `public_url` is where Telegram reaches this box; '' when the box asks by itself."""

    token: str = field(repr=False)
    api_url: str = OFFICIAL
    proxy: str = field(default="", repr=False)
    public_url: str = ""

    def method_url(self, method: str) -> str:
        return f"{self.api_url}/bot{self.token}/{method}"

    def file_url(self, path: str) -> str:
        return f"{self.api_url}/file/bot{self.token}/{quote(path, safe='/')}"

    @property
    def host(self) -> str:
        return urlsplit(self.api_url).hostname or ""

    @property
    def official(self) -> bool:
        """Telegram's own server, with its limits; any other may be set up for larger files."""
        return self.host == OFFICIAL_HOST

    @property
    def local(self) -> bool:
        """The Bot API server runs on this machine: no proxy of the environment is asked to reach it."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_settings(form: Mapping[str, str]) -> BotSettings:
    """The form's values as settings; raises ConnectError that names the field that cannot be right."""
    token = form.get("token", "").strip()
    if not _TOKEN.fullmatch(token):
        raise ConnectError("token_malformed")
    settings = BotSettings(token, _read_api_url(form.get("api_url", "")), _read_proxy(form.get("proxy", "")))
    return replace(settings, public_url=_read_public_url(form.get("public_url", ""), settings.official))


def _read_api_url(text: str) -> str:
    address = text.strip().rstrip("/")
    if not address:
        return OFFICIAL
    if not _is_address(address, ("http", "https")) or "?" in address or "#" in address:
        raise ConnectError("api_url_malformed")
    return address


def _read_proxy(text: str) -> str:
    address = text.strip()
    if address and not _is_address(address, _PROXIES):
        raise ConnectError("proxy_malformed")
    return address


def _read_public_url(text: str, official: bool) -> str:
    """Telegram itself posts only to HTTPS on these ports; an own server posts anywhere."""
    address = text.strip().rstrip("/")
    if not address:
        return ""
    schemes = ("https",) if official else ("https", "http")
    if not _is_address(address, schemes) or "?" in address or "#" in address or len(address) > _PUBLIC_URL:
        raise ConnectError("public_url_malformed")
    parts = urlsplit(address)
    if parts.username is not None or (official and (parts.port or 443) not in _HOOK_PORTS):
        raise ConnectError("public_url_malformed")
    return address


def _is_address(text: str, schemes: tuple[str, ...]) -> bool:
    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname) and port != 0
