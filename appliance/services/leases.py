"""One holder for what only one process may do, such as polling a bot."""

from __future__ import annotations

from sqlalchemy import delete

from appliance import db
from appliance.models import Lease, now
from appliance.services import instance


def take(name: str) -> bool:
    """Hold the lease, unless another living instance does."""
    with db.write() as session:
        lease = session.get(Lease, name)
        if lease is None:
            session.add(Lease(name=name, owner=instance.me()))
            return True
        if lease.owner != instance.me() and instance.alive(lease.owner):
            return False
        lease.owner = instance.me()
        lease.taken_at = now()
        return True


def release(name: str) -> None:
    """Let go, if it is ours."""
    with db.write() as session:
        session.execute(delete(Lease).where(Lease.name == name, Lease.owner == instance.me()))
