"""Tags: made by using them, renamed, joined, deleted."""

from __future__ import annotations

import pytest

from appliance import db
from appliance.services import tags, ticket_facts, ticket_templates
from appliance.services.tags import TagError
from appliance.services.ticket_templates import TicketTemplateForm
from appliance.services.tickets import TicketError
from appliance.values import Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 1, "owner", "Petra")


def on(ticket_id: int) -> list[str]:
    with db.session() as session:
        return tags.names_on(session, "ticket", ticket_id)


def known() -> dict[str, int]:
    return {tag.name: tag.id for tag in tags.every()}


@pytest.fixture
def two(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "one"}, {"chat": 8, "id": 2, "text": "two"})


def test_upper_and_lower_case_are_one_tag(desk: Desk, two: None) -> None:
    ticket_facts.put_tags(1001, ["Возврат"], desk.agent)
    ticket_facts.put_tags(1002, ["возврат", "счёт"], desk.agent)
    assert (on(1001), on(1002)) == (["Возврат"], ["Возврат", "счёт"])
    assert {tag.name: tag.tickets for tag in tags.every()} == {"Возврат": 2, "счёт": 1}


@pytest.mark.parametrize(
    ("typed", "names"),
    [("#vip", ["vip"]), ("a,  b  c ,A", ["a", "b c"]), (" , ", []), ("x" * 70, ["x" * 60])],
)
def test_what_is_typed_becomes_names(typed: str, names: list[str]) -> None:
    assert tags.split(typed) == names


def test_two_are_joined_into_one_everywhere(desk: Desk, two: None) -> None:
    ticket_facts.put_tags(1001, ["refund", "return"], desk.agent)
    ticket_facts.put_tags(1002, ["refund"], desk.agent)
    template = ticket_templates.make(TicketTemplateForm("Shop", tags=("refund", "return")), OWNER)
    tags.join(known()["refund"], known()["return"], OWNER)
    assert (on(1001), on(1002), list(known())) == (["return"], ["return"], ["return"])
    view = ticket_templates.find(template)
    assert view is not None
    assert view.form.tags == ("return",)


def test_a_renamed_one_is_renamed_in_templates(desk: Desk, two: None) -> None:
    ticket_facts.put_tags(1001, ["bill", "vip"], desk.agent)
    template = ticket_templates.make(TicketTemplateForm("Shop", tags=("bill",)), OWNER)
    tags.rename(known()["bill"], "Invoice", OWNER)
    view = ticket_templates.find(template)
    assert view is not None
    assert (on(1001), view.form.tags) == (["Invoice", "vip"], ("Invoice",))
    with pytest.raises(TagError, match="name_taken"):
        tags.rename(known()["vip"], "invoice", OWNER)


def test_a_deleted_one_is_off_everything(desk: Desk, two: None) -> None:
    ticket_facts.put_tags(1001, ["bill", "vip"], desk.agent)
    tags.remove(known()["bill"], OWNER)
    assert (on(1001), list(known())) == (["vip"], ["vip"])


def test_only_managers_arrange_them(desk: Desk, two: None) -> None:
    ticket_facts.put_tags(1001, ["bill"], desk.agent)
    with pytest.raises(TagError, match="not_allowed"):
        tags.remove(known()["bill"], desk.agent)


def test_a_ticket_takes_so_many_and_no_more(desk: Desk, two: None) -> None:
    with pytest.raises(TicketError, match="too_many_tags"):
        ticket_facts.put_tags(1001, [str(number) for number in range(31)], desk.agent)
    assert on(1001) == []
