"""What a process is told from outside: environment variables, read once, checked, frozen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from appliance import paths

VARIABLES: Mapping[str, str] = {
    "APPLIANCE_DATA": "folder of everything that must survive (default: data/ of the checkout)",
    "APPLIANCE_LISTEN": "host:port the desk listens on (default: 0.0.0.0:8080)",
    "APPLIANCE_HOSTS": "further host names the desk answers to, separated by commas",
    "APPLIANCE_TRUSTED_PROXY": "address of a reverse proxy whose X-Forwarded headers are believed",
    "APPLIANCE_LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR (default: INFO)",
    "APPLIANCE_SAFE_MODE": "1 starts without the owner's plugins in data/plugins/",
    "APPLIANCE_UNBUNDLED": "1 lets pages load scripts and styles one by one, for those who work on them",
}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class ConfigError(Exception):
    """A variable that cannot be used; the text says which and what it should look like."""


@dataclass(frozen=True)
class Config:
    data: Path
    listen: tuple[str, int] = ("0.0.0.0", 8080)  # noqa: S104  (a LAN desk; see docs/install.md)
    hosts: tuple[str, ...] = ()
    trusted_proxy: str = ""
    log_level: str = "INFO"
    safe_mode: bool = False
    unbundled: bool = False

    @property
    def database(self) -> Path:
        return self.data / "appliance.db"

    @property
    def queue(self) -> Path:
        return self.data / "queue.db"

    @property
    def files(self) -> Path:
        return self.data / "files"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    @property
    def owner_plugins(self) -> Path:
        return self.data / "plugins"


_YES = ("1", "true", "yes")


def load(environ: Mapping[str, str] | None = None) -> Config:
    """Read APPLIANCE_* variables; raises ConfigError with one clear line."""
    values = os.environ if environ is None else environ
    level = values.get("APPLIANCE_LOG_LEVEL", "INFO").upper()
    if level not in LOG_LEVELS:
        raise ConfigError(f"APPLIANCE_LOG_LEVEL is {level!r}; use one of {', '.join(LOG_LEVELS)}")
    return Config(
        data=Path(values.get("APPLIANCE_DATA") or paths.RELEASE / "data").expanduser().resolve(),
        listen=parse_listen(values.get("APPLIANCE_LISTEN") or "0.0.0.0:8080"),
        hosts=tuple(name.strip().lower() for name in values.get("APPLIANCE_HOSTS", "").split(",") if name.strip()),
        trusted_proxy=values.get("APPLIANCE_TRUSTED_PROXY", "").strip(),
        log_level=level,
        safe_mode=values.get("APPLIANCE_SAFE_MODE", "") in _YES,
        unbundled=values.get("APPLIANCE_UNBUNDLED", "") in _YES,
    )


def parse_listen(text: str) -> tuple[str, int]:
    """'0.0.0.0:8080', '[::]:8080' or ':8080' as (host, port)."""
    host, _, port = text.rpartition(":")
    host = host.strip("[]") or "0.0.0.0"  # noqa: S104  (the documented default)
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise ConfigError(f"APPLIANCE_LISTEN is {text!r}; write it as host:port, for example 0.0.0.0:8080")
    return host, int(port)


def prepare_data(config: Config) -> None:
    """Make the data folder and its rooms, closed to other users of the machine."""
    for folder in (config.data, config.files, config.keys, config.owner_plugins, config.data / "backups"):
        folder.mkdir(parents=True, exist_ok=True)
    config.keys.chmod(0o700)
