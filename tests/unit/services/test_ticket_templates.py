"""Templates: what new tickets and contacts start with."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select

from appliance import db
from appliance.models import Agent, Connection, Contact, Event, Team, Ticket, TicketTemplate
from appliance.services import (
    answering,
    connection_list,
    connections,
    contact_templates,
    entrance_list,
    entrances,
    field_values,
    fields,
    settings,
    tags,
    templates,
    ticket_facts,
    ticket_templates,
)
from appliance.services.connection_changes import Behaviour, BehaviourError, change
from appliance.services.contact_templates import ContactTemplateForm
from appliance.services.entrances import Sorting
from appliance.services.template_parts import TemplateError
from appliance.services.ticket_templates import TicketTemplateForm
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk

OWNER = Actor("agent", 1, "owner", "Petra")


def behaviour(**wanted: Any) -> Behaviour:
    said = {"greeting": {"en": "Hi"}, "acknowledgement": {}, "acknowledge": True}
    return Behaviour(
        title="Support",
        contact_word="customer",
        thread_policy="single",
        reopen_hours=24,
        thanks_reopen=False,
        **{**said, **wanted},
    )


def team(name: str) -> int:
    with db.write() as session:
        made = Team(name=name)
        session.add(made)
        session.flush()
        return made.id


def on_ticket(number: int = 1001) -> list[str]:
    with db.session() as session:
        return tags.names_on(session, "ticket", number)


def contact() -> Contact:
    with db.session() as session:
        return session.scalars(select(Contact).order_by(Contact.id)).one()


def automatic(desk: Desk) -> list[str]:
    while answering.follow():
        pass
    return [message.text for message in desk.messages() if message.kind == "auto"]


def test_a_new_ticket_starts_as_its_template_says(desk: Desk) -> None:
    repair = team("Repair")
    wanted = TicketTemplateForm(
        "Repairs",
        "{name}: {text}",
        repair,
        desk.agent.id,
        3,
        ("repair", "Garantie"),
        ("in diagnosis", "ready"),
        acknowledgement={"ru": "No. {number}, thank you"},
    )
    made = ticket_templates.make(wanted, OWNER)
    change(desk.connection_id, behaviour(template_id=made), OWNER)
    desk.write({"chat": 7, "id": 1, "text": "it is {name}\nand dead"})
    (ticket,) = desk.tickets()
    assert (ticket.template_id, ticket.team_id, ticket.assignee_id) == (made, repair, desk.agent.id)
    assert (ticket.priority, ticket.step) == (3, "in diagnosis")
    assert ticket.subject == f"{contact().name}: it is {{name}} and dead"
    assert on_ticket() == ["Garantie", "repair"]
    assert automatic(desk) == ["No. 1001, thank you"]
    with db.session() as session:
        created = session.scalars(select(Event).where(Event.kind == "ticket_created")).one()
        assert created.after["assignee_id"] == desk.agent.id
        assert created.after["given"] == {"template": "Repairs", "team": repair, "agent": desk.agent.id}


def test_the_team_of_a_way_in_is_not_told_as_the_templates(desk: Desk) -> None:
    made = ticket_templates.make(TicketTemplateForm("Tills", team_id=team("Repair")), OWNER)
    change(desk.connection_id, behaviour(template_id=made), OWNER)
    entrances.make(desk.connection_id, ["Till 2"], Sorting(team_id=team("Tills")), OWNER)
    (till,) = entrance_list.all_entrances()
    desk.write({"chat": 7, "id": 900, "text": f"/start {till.code}"}, {"chat": 7, "id": 1, "text": "dead"})
    with db.session() as session:
        created = session.scalars(select(Event).where(Event.kind == "ticket_created")).one()
    assert "given" not in created.after


@pytest.mark.parametrize(("language", "name"), [("en", "General ticket"), ("ru", "Обычная заявка")])
def test_the_first_template_is_called_in_the_companys_language_once_the_box_begins_to_work(
    desk: Desk, language: str, name: str
) -> None:
    with db.write() as session:
        session.execute(delete(Connection))
        session.get_one(TicketTemplate, 1).name = templates.PLANTED
    settings.set("language", language, SYSTEM)
    connections.connect("plain", {"token": "t"}, "Support", SYSTEM)
    assert [each for _number, each in ticket_templates.choices()] == [name]
    settings.set("language", "en" if language == "ru" else "ru", SYSTEM)
    connections.connect("plain", {"token": "t2"}, "Sales", SYSTEM)
    assert [each for _number, each in ticket_templates.choices()] == [name]


def test_who_left_is_given_nothing(desk: Desk) -> None:
    made = ticket_templates.make(TicketTemplateForm("Mine", assignee_id=desk.agent.id), OWNER)
    change(desk.connection_id, behaviour(template_id=made), OWNER)
    with db.write() as session:
        session.get_one(Agent, desk.agent.id).active = False
    desk.write({"chat": 7, "id": 1, "text": "hello"})
    assert desk.tickets()[0].assignee_id is None


def test_the_place_names_the_ticket_and_leaves_no_joint_behind(desk: Desk) -> None:
    made = ticket_templates.make(TicketTemplateForm("Tills", "{place}: {text}"), OWNER)
    change(desk.connection_id, behaviour(template_id=made), OWNER)
    entrances.make(desk.connection_id, ["Till 2"], Sorting(), OWNER)
    (till,) = entrance_list.all_entrances()
    desk.write({"chat": 7, "id": 900, "text": f"/start {till.code}"}, {"chat": 7, "id": 1, "text": "dead"})
    desk.write({"chat": 8, "id": 2, "text": "also dead"})
    assert [ticket.subject for ticket in desk.tickets()] == ["Till 2: dead", "also dead"]


def test_a_new_contact_starts_as_the_connection_says(desk: Desk) -> None:
    birthday = fields.define("contact", "Birthday", "date", [], OWNER)
    fields.define("contact", "Size", "text", [], OWNER)
    wanted = ContactTemplateForm("Wholesale", ("b2b",), "Pays by invoice.", frozenset({birthday}))
    made = contact_templates.make(wanted, OWNER)
    change(desk.connection_id, behaviour(contact_template_id=made), OWNER)
    desk.write({"chat": 7, "id": 1, "text": "hello"}, {"chat": 7, "id": 2, "text": "again"})
    person = contact()
    assert (person.template_id, person.note) == (made, "Pays by invoice.")
    with db.session() as session:
        assert tags.names_on(session, "contact", person.id) == ["b2b"]
        shown = field_values.of_contact(session, person.id, person.template_id)
    assert [each.field.name for each in shown] == ["Birthday"]
    assert [view.contacts for view in contact_templates.every()] == [1]


def test_a_way_in_has_the_last_word_on_a_new_contact(desk: Desk) -> None:
    usual = contact_templates.make(ContactTemplateForm("Usual", ("usual",)), OWNER)
    special = contact_templates.make(ContactTemplateForm("Guest", ("guest",)), OWNER)
    change(desk.connection_id, behaviour(contact_template_id=usual), OWNER)
    entrances.make(desk.connection_id, ["Door"], Sorting(contact_template_id=special), OWNER)
    (door,) = entrance_list.all_entrances()
    desk.write({"chat": 7, "id": 900, "text": f"/start {door.code}"})
    assert contact().template_id == special
    with db.session() as session:
        assert tags.names_on(session, "contact", contact().id) == ["guest"]


def test_somebody_known_keeps_what_staff_wrote(desk: Desk) -> None:
    desk.write({"chat": 7, "id": 1, "text": "hello"})
    made = contact_templates.make(ContactTemplateForm("Guest", (), "From the template"), OWNER)
    change(desk.connection_id, behaviour(contact_template_id=made), OWNER)
    desk.write({"chat": 7, "id": 2, "text": "again"})
    assert (contact().template_id, contact().note) == (None, "")


def test_one_in_use_is_not_retired(desk: Desk) -> None:
    made = ticket_templates.make(TicketTemplateForm("Repairs"), OWNER)
    change(desk.connection_id, behaviour(template_id=made), OWNER)
    with pytest.raises(TemplateError) as error:
        ticket_templates.retire(made, OWNER)
    assert (error.value.code, error.value.names) == ("in_use", ("Support",))
    change(desk.connection_id, behaviour(template_id=1), OWNER)
    ticket_templates.retire(made, OWNER)
    assert [name for _number, name in ticket_templates.choices()] == ["General ticket"]
    ticket_templates.retire(made, OWNER, retired=False)
    assert len(ticket_templates.choices()) == 2


def test_choosing_another_template_leaves_its_texts_alone(desk: Desk) -> None:
    made = ticket_templates.make(TicketTemplateForm("Repairs", greeting={"en": "Broken?"}), OWNER)
    change(desk.connection_id, behaviour(template_id=made), OWNER)
    view = connection_list.find(desk.connection_id)
    assert view is not None
    assert (view.template_id, view.greeting["en"]) == (made, "Broken?")
    with pytest.raises(BehaviourError, match="no_template"):
        change(desk.connection_id, behaviour(template_id=99), OWNER)


def test_a_shared_template_is_left_when_its_texts_are_changed_for_one(desk: Desk) -> None:
    order = fields.define("ticket", "Order", "text", [], OWNER)
    shown = TicketTemplateForm("Shop", tags=("shop",), fields=frozenset({order}), required=frozenset({order}))
    made = ticket_templates.make(shown, OWNER)
    entrances.make(desk.connection_id, ["Door"], Sorting(template_id=made), OWNER)
    change(desk.connection_id, behaviour(template_id=made), OWNER)
    same = behaviour(template_id=made, greeting={"en": "", "ru": ""})
    change(desk.connection_id, same, OWNER)
    assert len(ticket_templates.every()) == 2
    change(desk.connection_id, behaviour(template_id=made, greeting={"en": "Hello"}), OWNER)
    own = ticket_templates.every()[-1]
    assert (own.form.name, own.form.tags, own.form.required) == ("Support", ("shop",), frozenset({order}))
    shared = ticket_templates.find(made)
    assert shared is not None
    assert shared.form.greeting == {"en": "", "ru": ""}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "name_empty"),
        ({"name": "general ticket"}, "name_taken"),
        ({"subject": " "}, "subject_empty"),
        ({"greeting": {"en": "x" * 1001}}, "too_long"),
        ({"team_id": 99}, "no_team"),
        ({"assignee_id": 99}, "no_agent"),
        ({"priority": 7}, "bad_priority"),
        ({"stages": tuple("abcdefghijklm")}, "too_many"),
    ],
)
def test_it_refuses_what_cannot_be(desk: Desk, wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(TemplateError, match=code):
        ticket_templates.make(TicketTemplateForm(**{"name": "New", **wrong}), OWNER)
    assert len(ticket_templates.every()) == 1


def test_agents_change_no_template(desk: Desk) -> None:
    with pytest.raises(TemplateError, match="not_allowed"):
        ticket_templates.make(TicketTemplateForm("New"), desk.agent)
    with pytest.raises(TemplateError, match="not_allowed"):
        contact_templates.make(ContactTemplateForm("New"), desk.agent)


def test_a_reworded_stage_is_reworded_on_its_tickets(desk: Desk) -> None:
    ticket_templates.change(1, TicketTemplateForm("Default", stages=("new", "ready")), OWNER)
    desk.write({"chat": 7, "id": 1, "text": "hello"})
    ticket_facts.set_step(1001, "ready", desk.agent)
    ticket_templates.change(1, TicketTemplateForm("Default", stages=("new", "ready to collect")), OWNER)
    assert desk.tickets()[0].step == "ready to collect"


def test_a_template_that_is_gone_leaves_the_built_in_one(desk: Desk) -> None:
    with db.write() as session:
        session.get_one(Connection, desk.connection_id).template_id = None
    desk.write({"chat": 7, "id": 1, "text": "hello"})
    with db.session() as session:
        row = session.get_one(Ticket, 1001)
    assert (row.subject, row.template_id, row.step) == ("hello", None, "")
    assert connection_list.find(desk.connection_id) is not None
    change(desk.connection_id, behaviour(), SYSTEM)
