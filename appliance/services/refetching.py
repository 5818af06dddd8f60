"""A person asks for a file: it waits for a click, could not be fetched, or could not be prepared."""

from __future__ import annotations

from sqlalchemy import ColumnElement, update

from appliance import db, queue
from appliance.models import File
from appliance.services import blobs, fetching, files, preparing_again, reach
from appliance.values import Actor


def ask_for(file_id: int, by: Actor) -> None:
    """Fetch it now, or prepare it again; one that is on its way, or is here, is left alone. Raises blobs.Gone for a
    file this person may not see, ConnectProblem and SecretsError."""
    with db.session() as session:
        file = files.visible(session, file_id, by)
        if file is None:
            raise blobs.Gone(str(file_id))
    if file.state == "ready":
        preparing_again.retry(file_id)
    elif _can_be_had(file):
        _wait_anew(file_id)
        queue.wake("fetch", file_id, priority=5)


def ask_for_all(which: ColumnElement[bool]) -> None:
    """Everything that could not be fetched, of the files that meet a condition; the sweep finds it at once."""
    anew = update(File).where(File.state == "failed", File.connection_id.is_not(None), which)
    with db.write() as session:
        session.execute(
            anew.values(state="waiting", attempts=0, next_try_at=None, error_code=""),
            execution_options={"synchronize_session": False},
        )


def _can_be_had(file: File) -> bool:
    """A file that was too large can be fetched once the connection has a server of its own."""
    if file.state == "too_large":
        return file.connection_id is not None and not reach.of_connection(file.connection_id).is_over_limit(file.size)
    return file.state in ("on_click", "failed", "waiting")


def _wait_anew(file_id: int) -> None:
    with db.write() as session:
        file = session.get_one(File, file_id)
        # Somebody else may have been quicker.
        if file.state in ("on_click", "failed", "too_large", "waiting"):
            file.state, file.attempts, file.next_try_at, file.error_code = "waiting", 0, None, ""
            fetching.tell(session, file)
