"""A channel's connect form in a page: the wizard and the settings show the same one."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import abort, g, request

from appliance.services import accounts, connections, secrets
from appliance.services.channels import Reason, channels
from appliance.services.connecting import ConnectProblem
from appliance.values import Account, Channel, FormField
from appliance.web.form_errors import connect_problem


@dataclass(frozen=True)
class ConnectForm:
    """The form as it is shown. `sealed` are the values of a try that can be forced, readable to this box alone,
    so that a token need not be typed, shown or stored before it is wanted."""

    channel: Channel
    values: dict[str, str] = field(default_factory=dict)
    reason: Reason | None = None
    account: Account | None = None
    sealed: str = ""

    @property
    def needed(self) -> list[FormField]:
        return [known for known in self.channel.form if known.required]

    @property
    def further(self) -> list[FormField]:
        return [known for known in self.channel.form if not known.required]

    @property
    def further_used(self) -> bool:
        """What was filled in stays in sight."""
        return any(self.values.get(known.name) for known in self.further)

    @property
    def picture(self) -> accounts.Picture | None:
        return accounts.picture_of(self.account)


def channel_or_404(name: str) -> Channel:
    channel = channels().get(name)
    if channel is None:
        abort(404)
    return channel


def submit(channel: Channel) -> connections.Connected | ConnectForm:
    """Connect with what was posted; the form to be shown again if that does not work."""
    values = _posted(channel)
    try:
        return connections.connect(
            channel.name, values, request.form.get("title", ""), g.actor, take_over="take_over" in request.form
        )
    except ConnectProblem as problem:
        shown = {known.name: values.get(known.name, "") for known in channel.form if not known.secret}
        sealed = secrets.encrypt(values) if problem.taken else ""
        return ConnectForm(channel, shown, connect_problem(problem), problem.account, sealed)


def _posted(channel: Channel) -> dict[str, str]:
    sealed = request.form.get("sealed", "")
    if sealed:
        try:
            return secrets.decrypt(sealed)
        except secrets.SecretsError:
            abort(400)
    return {known.name: request.form.get(known.name, "") for known in channel.form}
