"""One-time codes prove whose messenger it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Agent, Event, StartCode, now
from appliance.services import agents, answering, connections, staff_addresses, start_codes
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk


def open_link(desk: Desk, code: str, chat: int = 7) -> None:
    desk.write({"chat": chat, "id": len(code) + chat, "text": f"/start {code}", "again": code[-3:]})


def said(desk: Desk) -> list[str]:
    while answering.follow():
        pass
    return [message.text for message in desk.messages()]


def linked(desk: Desk) -> int | None:
    return staff_addresses.address_of(desk.agent.id or 0, desk.connection_id)


def test_a_code_links_the_agent_and_tells_the_phone(desk: Desk) -> None:
    open_link(desk, start_codes.issue("link", desk.connection_id, desk.agent.id))
    (link,) = staff_addresses.links(desk.agent.id or 0)
    assert (link.address_id, link.name) == (linked(desk), "Anna")
    (told,) = said(desk)
    assert "Ольга" in told
    with db.session() as session:
        kinds = session.scalars(select(Event.kind)).all()
        assert session.scalars(select(StartCode.code_hash)).one() != ""
    assert "contact_started" not in kinds
    assert desk.tickets() == []


def test_a_code_works_once(desk: Desk) -> None:
    code = start_codes.issue("link", desk.connection_id, desk.agent.id)
    open_link(desk, code)
    open_link(desk, code, chat=8)
    (link,) = staff_addresses.links(desk.agent.id or 0)
    assert link.name == "Anna"
    assert start_codes.spent_by(code) == link.address_id
    assert said(desk)[-1].startswith("Эта ссылка")


def test_an_old_code_is_refused_politely(desk: Desk) -> None:
    code = start_codes.issue("link", desk.connection_id, desk.agent.id)
    with db.write() as session:
        session.execute(update(StartCode).values(expires_at=now() - timedelta(seconds=1)))
    open_link(desk, code)
    assert linked(desk) is None
    assert said(desk)[-1].startswith("Эта ссылка")


def test_a_code_is_good_at_its_own_connection_only(desk: Desk) -> None:
    other = connections.connect("plain", {"token": "other"}, "Sales", SYSTEM).id
    open_link(desk, start_codes.issue("link", other, desk.agent.id))
    assert linked(desk) is None


def test_a_group_proves_nobody(desk: Desk) -> None:
    code = start_codes.issue("link", desk.connection_id, desk.agent.id)
    group = {"chat": -5, "chat_kind": "group", "title": "Shift", "person": 7, "text": f"/start {code}", "id": 1}
    desk.write(group)
    assert (linked(desk), start_codes.spent_by(code)) == (None, None)


def test_a_new_code_ends_the_one_before(desk: Desk) -> None:
    first = start_codes.issue("link", desk.connection_id, desk.agent.id)
    start_codes.issue("link", desk.connection_id, desk.agent.id)
    open_link(desk, first)
    assert linked(desk) is None


def test_linking_again_takes_the_place_of_the_earlier_phone(desk: Desk) -> None:
    for chat in (7, 8):
        open_link(desk, start_codes.issue("link", desk.connection_id, desk.agent.id), chat)
    assert len(staff_addresses.links(desk.agent.id or 0)) == 1


def test_one_phone_belongs_to_one_agent(desk: Desk) -> None:
    with db.write() as session:
        colleague = Agent(login="igor", name="Игорь", role="agent", password="-")
        session.add(colleague)
        session.flush()
    open_link(desk, start_codes.issue("link", desk.connection_id, desk.agent.id))
    open_link(desk, start_codes.issue("link", desk.connection_id, colleague.id))
    assert linked(desk) is None
    assert staff_addresses.address_of(colleague.id, desk.connection_id) is not None


def test_unlinking_ends_the_link(desk: Desk) -> None:
    open_link(desk, start_codes.issue("link", desk.connection_id, desk.agent.id))
    staff_addresses.unlink(desk.agent.id or 0, desk.connection_id)
    assert linked(desk) is None


def test_leaving_ends_the_link(desk: Desk) -> None:
    open_link(desk, start_codes.issue("link", desk.connection_id, desk.agent.id))
    agents.change(desk.agent.id or 0, SYSTEM, active=False)
    assert linked(desk) is None


def test_who_has_left_is_not_linked_by_a_code_of_before(desk: Desk) -> None:
    code = start_codes.issue("link", desk.connection_id, desk.agent.id)
    agents.change(desk.agent.id or 0, SYSTEM, active=False)
    open_link(desk, code)
    assert linked(desk) is None


def test_a_trial_code_tells_the_address_and_nothing_is_said(desk: Desk) -> None:
    code = start_codes.issue("doctor", desk.connection_id, desk.agent.id)
    assert start_codes.spent_by(code) is None
    open_link(desk, code)
    assert start_codes.spent_by(code) is not None
    assert (said(desk), linked(desk)) == ([], None)


@pytest.mark.parametrize("payload", ["link-instagram", "LINK-", "doctor", "link-abc", "promo"])
def test_other_peoples_payloads_are_no_codes(desk: Desk, payload: str) -> None:
    open_link(desk, payload)
    assert said(desk)[0].startswith("Здравствуйте")
