"""The fields a shop adds: defined, ordered, retired, filled in."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from appliance import db
from appliance.models import Field, TicketField
from appliance.services import field_values, fields, ticket_facts, ticket_templates, tickets
from appliance.services.fields import FieldError
from appliance.services.ticket_templates import TicketTemplateForm
from appliance.services.tickets import TicketError
from appliance.values import Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 1, "owner", "Petra")


def define(name: str, kind: str = "text", *choices: str, scope: str = "ticket") -> int:
    return fields.define(scope, name, kind, choices, OWNER, [1])


def on_card(ticket_id: int = 1001) -> list[tuple[str, str]]:
    with db.session() as session:
        return [(each.field.name, each.value) for each in field_values.of_ticket(session, ticket_id, 1)]


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "it is dead"})
    return 1001


def test_they_stand_on_the_card_in_their_order(desk: Desk, ticket: int) -> None:
    define("Order")
    amount = define("Amount", "money")
    fields.move(amount, -1, OWNER)
    assert on_card() == [("Amount", ""), ("Order", "")]
    fields.move(amount, -1, OWNER)
    fields.move(amount, 5, OWNER)
    assert on_card() == [("Order", ""), ("Amount", "")]


def test_only_those_of_the_template_are_shown(desk: Desk, ticket: int) -> None:
    fields.define("ticket", "Elsewhere", "text", [], OWNER)
    define("Here")
    define("Of customers", scope="contact")
    assert on_card() == [("Here", "")]


def test_a_retired_one_keeps_what_stands_in_it(desk: Desk, ticket: int) -> None:
    order = define("Order")
    empty = define("Empty")
    ticket_facts.fill(ticket, order, "5518", "en", desk.agent)
    for number in (order, empty):
        fields.retire(number, OWNER)
    assert on_card() == [("Order", "5518")]
    assert [view.retired_at is None for view in fields.every("ticket")] == [False, False]
    define("order")
    with pytest.raises(FieldError, match="name_taken"):
        fields.retire(order, OWNER, retired=False)


def test_a_choice_that_is_reworded_takes_its_tickets_along(desk: Desk, ticket: int) -> None:
    way = define("Way", "choice", "courier", "shop")
    ticket_facts.fill(ticket, way, "courier", "en", desk.agent)
    fields.change(way, "Delivery", ["our courier", "shop"], OWNER, [1])
    assert on_card() == [("Delivery", "our courier")]
    fields.change(way, "Delivery", ["shop"], OWNER, [1])
    assert on_card() == [("Delivery", "our courier")]


@pytest.mark.parametrize(
    ("name", "kind", "choices", "code"),
    [
        (" ", "text", [], "name_empty"),
        ("ORDER", "text", [], "name_taken"),
        ("x", "colour", [], "kind_unknown"),
        ("x", "choice", [" "], "choices_empty"),
        ("x", "choice", [str(number) for number in range(101)], "too_many"),
    ],
)
def test_it_refuses_what_cannot_be(desk: Desk, name: str, kind: str, choices: list[str], code: str) -> None:
    define("Order")
    with pytest.raises(FieldError, match=code):
        fields.define("ticket", name, kind, choices, OWNER)
    assert len(fields.every("ticket")) == 1


def test_agents_define_nothing(desk: Desk) -> None:
    with pytest.raises(FieldError, match="not_allowed"):
        fields.define("ticket", "Order", "text", [], desk.agent)


def test_money_is_kept_with_its_number(desk: Desk, ticket: int) -> None:
    amount = define("Amount", "money")
    ticket_facts.fill(ticket, amount, "4 390 ₽", "ru", desk.agent)
    with db.session() as session:
        row = session.scalars(select(TicketField)).one()
        assert (row.value, row.number) == ("4390.00", 4390.0)
    ticket_facts.fill(ticket, amount, " ", "ru", desk.agent)
    assert on_card() == [("Amount", "")]


def test_a_refused_value_names_its_field(desk: Desk, ticket: int) -> None:
    amount = define("Amount", "money")
    with pytest.raises(TicketError) as error:
        ticket_facts.fill(ticket, amount, "a lot", "en", desk.agent)
    assert (error.value.code, error.value.params["name"]) == ("field_not_a_number", "Amount")
    with pytest.raises(TicketError, match="no_field"):
        ticket_facts.fill(ticket, 99, "x", "en", desk.agent)


def test_a_ticket_is_not_done_before_what_is_required_is_there(desk: Desk, ticket: int) -> None:
    order, model = define("Order"), define("Model")
    wanted = TicketTemplateForm("Default", fields=frozenset({order, model}), required=frozenset({order}))
    ticket_templates.change(1, wanted, OWNER)
    with pytest.raises(TicketError) as error:
        tickets.finish(ticket, "solved", desk.agent)
    assert (error.value.code, error.value.params["names"]) == ("fields_missing", ["Order"])
    ticket_facts.fill(ticket, order, "5518", "en", desk.agent)
    tickets.finish(ticket, "solved", desk.agent)
    assert desk.tickets()[0].stage == "done"


def test_nobody_is_asked_for_a_duplicate(desk: Desk, ticket: int) -> None:
    order = define("Order")
    ticket_templates.change(1, TicketTemplateForm("Default", required=frozenset({order})), OWNER)
    tickets.finish(ticket, "duplicate", desk.agent)
    assert desk.tickets()[0].outcome == "duplicate"


def test_what_stands_in_contacts_is_kept_apart(desk: Desk, ticket: int) -> None:
    birthday = define("Birthday", "date", scope="contact")
    contact = desk.tickets()[0].contact_id
    with db.write() as session:
        field_values.put(session, "contact", contact, session.get_one(Field, birthday), "5.3.1990", "ru")
    with db.session() as session:
        (value,) = field_values.of_contact(session, contact, None)
    assert (value.field.name, value.value) == ("Birthday", "1990-03-05")
    assert on_card() == []
