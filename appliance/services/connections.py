"""Connections: configured accounts of channels. Their secrets are encrypted at rest and decrypted only here."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Connection, Delivery, now
from appliance.services import accounts, secrets, settings, templates
from appliance.services.channels import channels
from appliance.services.connecting import ConnectProblem, Judged, claim, judge, secrets_of
from appliance.values import Account, Actor, Capabilities, Channel, ConnectError, ConnectionInfo

# A change made by another process is seen after this long at most.
FRESH_SECONDS = 1.0
_known: WeakKeyDictionary[Engine, dict[int, tuple[float, Channel, ConnectionInfo]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Connected:
    """`unverified`: stored, but it could not be checked now; `reason` is the channel's code for why."""

    id: int
    account: Account | None
    unverified: bool
    reason: ConnectError | None = None


def connect(
    channel_name: str,
    form: Mapping[str, str],
    title: str,
    by: Actor,
    *,
    check: bool = True,
    take_over: bool = False,
) -> Connected:
    """Check, claim and store a new connection. Raises ConnectProblem, and then nothing is stored."""
    judged = judge(channel_name, form, check=check)
    if judged.account is not None:
        judged = claim(judged, forcibly=take_over)
    language = settings.get("language")
    with db.write() as session:
        connection = Connection(
            channel=channel_name,
            title=_title(title, judged),
            template_id=templates.first_id(session, language),
        )
        _fill(connection, judged)
        session.add(connection)
        session.flush()
        feed.append(session, "connection_changed", by=by, after={"connection": connection.id, "enabled": True})
        return Connected(connection.id, judged.account, judged.account is None, judged.later)


def replace(connection_id: int, form: Mapping[str, str], by: Actor, cleared: Collection[str] = ()) -> Connected:
    """Give a connection new form values. A secret left empty stays, unless it is named in `cleared`.
    The account must be the same one."""
    before = info(connection_id)
    channel = channel_of(connection_id)
    kept = {field.name for field in channel.form if field.secret and not form.get(field.name, "").strip()}
    given = {name: value for name, value in form.items() if name not in kept}
    values = {name: value for name, value in {**before.settings, **given}.items() if name not in cleared}
    judged = judge(channel.name, values, check=True, own=connection_id)
    if before.account and judged.account and before.account.external_id != judged.account.external_id:
        raise ConnectProblem("other_account", {"account": judged.account.title}, channel=channel.name)
    with db.write() as session:
        connection = _find(session, connection_id)
        if judged.account is not None and connection.trouble_code:
            _go_on(session, connection)
        _fill(connection, judged)
        feed.append(session, "connection_changed", by=by, after={"connection": connection_id, "secrets": True})
    forget(connection_id)
    return Connected(connection_id, judged.account, judged.account is None, judged.later)


def verify(connection_id: int, by: Actor) -> Connected:
    """Ask the messenger again who a stored connection is."""
    return replace(connection_id, {}, by)


def take_over(connection_id: int, by: Actor) -> None:
    """Make ours the only reader of an account that somebody else has taken. Raises ConnectProblem."""
    judged = claim(Judged(channel_of(connection_id), info(connection_id).settings, None), forcibly=True)
    with db.write() as session:
        _fill(_find(session, connection_id), judged)
        feed.append(session, "connection_changed", by=by, after={"connection": connection_id, "claimed": True})


def info(connection_id: int) -> ConnectionInfo:
    """The connection as its channel sees it, secrets in the clear. Raises ConnectProblem, SecretsError."""
    return _look_up(connection_id)[1]


def channel_of(connection_id: int) -> Channel:
    """Raises ConnectProblem when the connection, or the plugin that brought its channel, is gone."""
    return _look_up(connection_id)[0]


def limits(connection_id: int) -> Capabilities:
    """What this very connection can carry. Raises ConnectProblem, SecretsError."""
    channel, known = _look_up(connection_id)
    return channel.limits(known)


def abilities(connection_id: int) -> Capabilities | None:
    """The same; None when the connection cannot be asked (its plugin or its key is gone)."""
    try:
        return limits(connection_id)
    except (ConnectProblem, secrets.SecretsError):
        return None


def enabled() -> list[int]:
    """Ids of the connections that are to be served, without those that cannot be (`obstacle` says why)."""
    with db.session() as session:
        rows = list(session.scalars(select(Connection).where(Connection.enabled).order_by(Connection.id)))
    return [row.id for row in rows if not obstacle(row)]


def fingerprint(connection_id: int) -> str:
    """Changes when the connection has to be served anew: another token, another proxy."""
    with db.session() as session:
        row = _find(session, connection_id)
    return hashlib.sha256(f"{row.channel}\n{sorted(row.settings.items())}\n{row.secrets}".encode()).hexdigest()


def obstacle(connection: Connection) -> str:
    """Why the box cannot serve this row at all, a code of connecting.TEXTS; '' when it can."""
    if connection.channel not in channels():
        return "unknown_channel"
    try:
        secrets.decrypt(connection.secrets)
    except secrets.SecretsError:
        return "secrets_lost"
    return ""


def set_enabled(connection_id: int, wanted: bool, by: Actor) -> None:
    """Pause a connection or let it go on. What waits at the messenger is fetched then."""
    with db.write() as session:
        connection = _find(session, connection_id)
        if connection.enabled != wanted:
            connection.enabled = wanted
            connection.trouble_code, connection.trouble_since = "", None
            feed.append(session, "connection_changed", by=by, after={"connection": connection_id, "enabled": wanted})


def _look_up(connection_id: int) -> tuple[Channel, ConnectionInfo]:
    cache = _known.setdefault(db.engine(), {})
    found = cache.get(connection_id)
    if found is None or time.monotonic() - found[0] > FRESH_SECONDS:
        with db.session() as session:
            connection = _find(session, connection_id)
        channel = channels().get(connection.channel)
        if channel is None:
            raise ConnectProblem("unknown_channel", {"channel": connection.channel}, channel=connection.channel)
        found = cache[connection_id] = (time.monotonic(), channel, _open(connection))
    return found[1], found[2]


def _open(connection: Connection) -> ConnectionInfo:
    return ConnectionInfo(
        id=connection.id,
        settings={**connection.settings, **secrets.decrypt(connection.secrets)},
        account=accounts.from_json(connection.account),
        title=connection.title,
    )


def forget(connection_id: int) -> None:
    """Look at the row the next time: what is remembered may be older than a change by another process."""
    _known.get(db.engine(), {}).pop(connection_id, None)


def _find(session: Session, connection_id: int) -> Connection:
    connection = session.get(Connection, connection_id)
    if connection is None:
        raise ConnectProblem("not_found", channel="")
    return connection


def _fill(connection: Connection, judged: Judged) -> None:
    """Form values and, when it was checked, who that is. A new try starts without the old trouble."""
    connection.settings = judged.open
    if secrets_of(connection) != judged.secret:  # the same ones encrypted anew would look like others
        connection.secrets = secrets.encrypt(judged.secret)
    connection.trouble_code = judged.later.code if judged.later else ""
    connection.trouble_params = dict(judged.later.params) if judged.later else {}
    connection.trouble_since = now() if judged.later else None
    if judged.account is not None:
        connection.account = accounts.to_json(judged.account)
        connection.verified_at = now()


def _go_on(session: Session, connection: Connection) -> None:
    """It has just answered: what waited because of the trouble that is over now leaves at once."""
    waiting = (
        Delivery.connection_id == connection.id,
        Delivery.state == "queued",
        Delivery.error_code == connection.trouble_code,
    )
    if session.scalar(select(Delivery.id).where(*waiting).limit(1)) is not None:
        session.execute(update(Delivery).where(*waiting).values(next_try_at=None))
        connection.paused_until = None


def _title(title: str, judged: Judged) -> str:
    return (title.strip() or (judged.account.title if judged.account else judged.channel.title))[:120]
