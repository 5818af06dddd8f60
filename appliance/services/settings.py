"""Settings: a typed registry of what core and plugins declare, stored in the database, every change an event."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy import select

from appliance import db, feed
from appliance.db import upsert
from appliance.models import Setting, now
from appliance.plugins import Plugins, plugins
from appliance.services.core_settings import core_settings
from appliance.values import Actor, SettingField

# With the plugins they came from: one more, or one less, and they are asked again.
_fields: WeakKeyDictionary[Plugins, tuple[tuple[str, ...], dict[str, SettingField]]] = WeakKeyDictionary()


class SettingError(Exception):
    """code: unknown, not_a_choice, not_a_number, refused (then `reason` is the field's own msgid)."""

    def __init__(self, code: str, name: str, reason: str = "") -> None:
        super().__init__(f"{name}: {reason or code}")
        self.code = code
        self.name = name
        self.reason = reason


def fields() -> dict[str, SettingField]:
    """Every setting that exists, by name: the core's first, then each plugin's."""
    asked = tuple(plugins().loaded)
    who, known = _fields.get(plugins(), ((), {}))
    if who != asked or not known:
        known = _collect()
        _fields[plugins()] = asked, known
    return known


def get(name: str) -> str:
    """The stored value, or the default; SettingError('unknown') for a name nobody declared."""
    field = _field(name)
    with db.session() as session:
        stored = session.scalar(select(Setting.value).where(Setting.name == name))
    return field.default if stored is None else stored


def get_number(name: str) -> int:
    return int(get(name) or 0)


def all_values() -> dict[str, str]:
    """Every setting's value, in one query."""
    with db.session() as session:
        stored = {row.name: row.value for row in session.scalars(select(Setting))}
    return {name: stored.get(name, field.default) for name, field in fields().items()}


def is_set(name: str) -> bool:
    """Whether somebody chose a value, be it the default."""
    with db.session() as session:
        return session.get(Setting, name) is not None


def set(name: str, value: str, by: Actor) -> None:  # noqa: A001  (settings.set reads as what it does)
    """Store a checked value; SettingError says why it cannot be."""
    value = check(name, value)
    before = get(name)
    with db.write() as session:
        statement = upsert(Setting).values(name=name, value=value, changed_at=now())
        session.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"value": value, "changed_at": now()})
        )
        if value != before:
            feed.append(session, "setting_changed", by=by, before={name: before}, after={name: value})


def check(name: str, value: str) -> str:
    """The value as it would be stored; raises SettingError."""
    field = _field(name)
    value = value.strip()
    if field.kind == "switch":
        value = "1" if value.lower() in ("1", "on", "yes", "true") else ""
    if field.kind == "choice" and value not in dict(field.choices):
        raise SettingError("not_a_choice", name)
    if field.kind == "number" and value != field.default and not value.removeprefix("-").isdecimal():
        raise SettingError("not_a_number", name)
    reason = field.check(value) if field.check else None
    if reason:
        raise SettingError("refused", name, reason)
    return value


def _field(name: str) -> SettingField:
    field = fields().get(name)
    if field is None:
        raise SettingError("unknown", name)
    return field


def _collect() -> dict[str, SettingField]:
    found = {field.name: field for field in core_settings()}
    for plugin, answer in plugins().ask("register_settings"):
        for field in answer:
            if field.name.startswith(f"{plugin}."):
                found[field.name] = field
            else:
                plugins().note(
                    plugin, "register_settings", ValueError(f"{field.name!r} does not start with '{plugin}.'")
                )
    return found
