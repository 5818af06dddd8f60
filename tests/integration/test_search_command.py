"""`appliance search rebuild`"""

from __future__ import annotations

import os
import subprocess
import sys

from appliance import db
from appliance.models import Contact, Message, Ticket
from appliance.services import search
from appliance.values import SYSTEM
from appliance.web.running import NAME
from tests.harness.processes import ROOT
from tests.integration.conftest import Site


def test_it_takes_in_what_was_there_before(site: Site) -> None:
    with db.write() as session:
        session.add(Contact(id=1, name="Анна"))
        session.flush()
        session.add(Ticket(id=1001, contact_id=1))
        session.flush()
        session.add(Message(id=1, ticket_id=1001, kind="incoming", text="кофемолка"))
    environ = {**os.environ, "APPLIANCE_DATA": str(site.app.extensions[NAME].config.data)}
    command = [sys.executable, "-m", "appliance", "search", "rebuild"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=environ, cwd=ROOT, timeout=120)
    assert "everything is findable again" in said.stdout
    assert [group.kind for group in search.find(SYSTEM, "кофемолки").groups] == ["message"]
