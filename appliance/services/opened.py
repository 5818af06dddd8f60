"""Whether a person has opened the conversation: most messengers let nobody write to strangers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance.models import Address, AgentAddress, Message
from appliance.services import connections
from appliance.services.connecting import ConnectProblem
from appliance.services.secrets import SecretsError
from appliance.values import Capabilities


def invitation(session: Session, address: Address, limits: Capabilities) -> str | None:
    """None when we may write. Else the link that the person has to follow first, '' if the channel has none."""
    if limits.writes_first or address.kind != "private" or address.started_at is not None:
        return None
    written = select(Message.id).where(Message.address_id == address.id, Message.kind == "incoming").limit(1)
    # One of the staff has opened it to say who they are.
    linked = select(AgentAddress.id).where(AgentAddress.address_id == address.id)
    known = session.scalar(written) is not None or session.scalar(linked) is not None
    return None if known else link_to(address.connection_id)


def link_to(connection_id: int, code: str = "") -> str:
    """The link that opens a conversation with a connection's account; '' when there is none."""
    try:
        account = connections.info(connection_id).account
        return connections.channel_of(connection_id).invite(account, code) if account else ""
    except (ConnectProblem, SecretsError):
        return ""
