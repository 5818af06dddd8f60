"""Judging what somebody typed into a channel's connect form, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from appliance import db
from appliance.language import mark, translate
from appliance.models import Connection
from appliance.services import secrets
from appliance.services.channels import Reason, channels, explain
from appliance.values import Account, Channel, ConnectError, ErrorText, Json

TEXTS: Mapping[str, ErrorText] = {
    "field_missing": ErrorText(mark("“{field}” must be filled in.")),
    "already_connected": ErrorText(
        mark("{account} is connected already."), mark("Change it in Settings, Connections.")
    ),
    "other_account": ErrorText(
        mark("These belong to another account, {account}."), mark("Add it as a connection of its own.")
    ),
    "unknown_channel": ErrorText(mark("There is no channel “{channel}”.")),
    "secrets_lost": ErrorText(
        mark("The token cannot be read: the key in data/keys does not belong to this database."),
        mark("Bring the key back from a backup, or enter the token again."),
    ),
    "not_found": ErrorText(mark("There is no such connection.")),
}


class ConnectProblem(Exception):
    """Why it was not connected: `code` is one of TEXTS or of the channel's own. `taken` tells that the account is
    fine but somebody else reads it: connecting can be forced. `account` is known by then."""

    def __init__(
        self,
        code: str,
        params: Json | None = None,
        *,
        channel: str,
        account: Account | None = None,
        taken: bool = False,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params: Json = dict(params or {})
        self.channel = channel
        self.account = account
        self.taken = taken

    def explain(self, language: str) -> Reason:
        return explain_trouble(self.channel, self.code, self.params, language)


@dataclass(frozen=True)
class Judged:
    """`account` None: it could not be checked now, and `later` says why."""

    channel: Channel
    values: Mapping[str, str]
    account: Account | None
    later: ConnectError | None = None

    @property
    def secret(self) -> dict[str, str]:
        return {name: value for name, value in self.values.items() if name in _secret_names(self.channel)}

    @property
    def open(self) -> dict[str, str]:
        return {name: value for name, value in self.values.items() if name not in _secret_names(self.channel)}


def explain_trouble(channel: str, code: str, params: Json, language: str) -> Reason:
    """A code of TEXTS or of the channel's own, in words."""
    text = TEXTS.get(code)
    if text is None:
        return explain(channel, code, params, language)
    # A field's label is a msgid itself.
    filled = {name: translate(str(value), language) if value else "" for name, value in params.items()}
    advice = translate(text.advice, language) if text.advice else ""
    return Reason(translate(text.reason, language, **filled), advice)


def judge(channel_name: str, form: Mapping[str, str], *, check: bool, own: int = 0) -> Judged:
    """Ask the messenger who this is; `own` is the connection being changed. Raises ConnectProblem."""
    channel = channels().get(channel_name)
    if channel is None:
        raise ConnectProblem("unknown_channel", {"channel": channel_name}, channel=channel_name)
    values = _read(channel, form)
    judged = _ask(channel, values) if check else Judged(channel, values, None)
    twin = _find_twin(judged, own)
    if twin is not None:
        raise ConnectProblem("already_connected", {"account": twin.title}, channel=channel_name)
    return judged


def claim(judged: Judged, *, forcibly: bool) -> Judged:
    """Be the only reader. Raises ConnectProblem, `taken` if it can be forced."""
    try:
        judged.channel.claim(judged.values, forcibly=forcibly)
        # What was wrong with the account may just have been put right.
        return replace(judged, account=judged.channel.check(judged.values)) if forcibly else judged
    except ConnectError as error:
        if not error.temporary:
            raise ConnectProblem(
                error.code, error.params, channel=judged.channel.name, account=judged.account, taken=True
            ) from None
        return judged


def _read(channel: Channel, form: Mapping[str, str]) -> dict[str, str]:
    values = {field.name: form.get(field.name, "").strip() for field in channel.form}
    for field in channel.form:
        if field.required and not values[field.name]:
            raise ConnectProblem("field_missing", {"field": field.label}, channel=channel.name)
    return {name: value for name, value in values.items() if value}


def _ask(channel: Channel, values: dict[str, str]) -> Judged:
    try:
        return Judged(channel, values, channel.check(values))
    except ConnectError as error:
        if error.temporary:
            return Judged(channel, values, None, error)
        raise ConnectProblem(error.code, error.params, channel=channel.name) from None


def _find_twin(judged: Judged, own: int) -> Connection | None:
    """Another connection of the same account; or of the same secrets, while the account is not known."""
    query = select(Connection).where(Connection.channel == judged.channel.name, Connection.id != own)
    with db.session() as session:
        others = list(session.scalars(query))
    for other in others:
        if judged.account and other.account.get("external_id") == judged.account.external_id:
            return other
        if judged.secret and secrets_of(other) == judged.secret:
            return other
    return None


def secrets_of(connection: Connection) -> dict[str, str]:
    """In the clear; none when they cannot be opened."""
    try:
        return secrets.decrypt(connection.secrets)
    except secrets.SecretsError:
        return {}


def _secret_names(channel: Channel) -> set[str]:
    return {field.name for field in channel.form if field.secret}
