"""Templates, fields and tags in the settings."""

from __future__ import annotations

import html

from appliance import db
from appliance.models import Tag
from appliance.services import connection_list, connections, contact_templates, entrance_list, fields, tags
from appliance.services import ticket_templates as templates
from appliance.values import SYSTEM
from tests.integration.conftest import Site

LIST = "/settings/templates/"
FIELDS = "/settings/fields/"


def connect() -> int:
    return connections.connect("plain", {"token": "1:secret"}, "Support", SYSTEM).id


def test_a_template_is_made_changed_and_retired_in_the_browser(site: Site) -> None:
    manager = site.staff("manager")
    order = fields.define("ticket", "Order", "text", [], SYSTEM)
    new = "/settings/templates/tickets/new"
    answer = manager.post(
        new,
        new,
        name="Repairs",
        subject="{name}: {text}",
        tags="repair, vip",
        stages="in diagnosis\r\nready\r\n",
        required=str(order),
        greeting_ru="Здравствуйте, {name}",
        acknowledge="1",
    )
    assert answer.status_code == 303
    made = templates.every()[-1]
    assert (made.form.tags, made.form.stages) == (("repair", "vip"), ("in diagnosis", "ready"))
    assert (made.form.fields, made.form.required) == (frozenset({order}), frozenset({order}))
    assert (made.form.greeting["ru"], made.form.acknowledge) == ("Здравствуйте, {name}", True)
    page = manager.get(answer.location).text
    assert "data-previews" in page
    assert ' style="' not in page
    manager.post(answer.location, answer.location, name="Repairs", subject=" ")
    assert templates.every()[-1].form.subject == "{name}: {text}"
    manager.post(f"/settings/templates/tickets/{made.id}/retired", LIST, retired="1")
    assert templates.every()[-1].retired_at is not None
    assert "Repairs" in manager.get(LIST).text


def test_what_cannot_be_is_said_and_what_was_typed_stays(site: Site) -> None:
    new = "/settings/templates/tickets/new"
    taken = templates.every()[0].form.name.upper()
    answer = site.staff().post(new, new, name=taken, subject="{text}", tags="<i>")
    assert answer.status_code == 422
    assert "There is a template of this name already." in answer.text
    assert 'value="&lt;i&gt;"' in answer.text


def test_a_template_in_use_says_who_uses_it(site: Site) -> None:
    connect()
    owner = site.staff()
    owner.post("/settings/templates/tickets/1/retired", LIST, retired="1")
    assert "Support still begins with it" in owner.get(LIST).text
    assert templates.every()[0].retired_at is None


def test_a_connection_and_a_way_in_choose_their_templates(site: Site) -> None:
    number, owner = connect(), site.staff()
    person = "/settings/templates/customers/new"
    owner.post(person, person, name="Guests", tags="guest", note="Be kind")
    guests = contact_templates.every()[0].id
    ticket = "/settings/templates/tickets/new"
    owner.post(ticket, ticket, name="Repairs", subject="{text}")
    repairs = templates.every()[-1].id
    address = f"/settings/connections/{number}"
    assert "Repairs" in owner.get(address).text
    answer = owner.post(
        address,
        address,
        title="Support",
        contact_word="customer",
        thread_policy="single",
        reopen_hours="24",
        template=str(repairs),
        contact_template=str(guests),
    )
    assert answer.status_code == 303
    view = connection_list.find(number)
    assert view is not None
    assert (view.template_id, view.contact_template_id) == (repairs, guests)
    ways = "/settings/ways-in/"
    owner.post(ways, ways, places="Till 1", connection=str(number), template="1", contact_template=str(guests))
    (way,) = entrance_list.all_entrances()
    assert (way.sorting.template_id, way.sorting.contact_template_id) == (1, guests)
    assert "Guests" in owner.get(ways).text


def test_fields_are_made_ordered_and_retired_in_the_browser(site: Site) -> None:
    owner = site.staff()
    owner.post(FIELDS, FIELDS, scope="ticket", name="Way", kind="choice", choices="courier\r\nshop", templates="1")
    owner.post(FIELDS, FIELDS, scope="ticket", name="Amount", kind="money")
    way, amount = fields.every("ticket")
    assert (way.choices, way.templates, amount.kind) == (("courier", "shop"), (1,), "money")
    owner.post(f"/settings/fields/{amount.id}/up", FIELDS)
    owner.post(f"/settings/fields/{way.id}", FIELDS, name="Delivery", choices="courier\r\npost")
    owner.post(f"/settings/fields/{amount.id}/retired", FIELDS, retired="1")
    found = fields.every("ticket")
    assert [(view.name, view.templates) for view in found] == [("Delivery", ()), ("Amount", ())]
    assert found[1].retired_at is not None
    answer = owner.post(FIELDS, FIELDS, scope="contact", name="Size", kind="choice", choices="")
    assert answer.status_code == 422
    assert "Please name at least one choice." in html.unescape(answer.text)
    assert 'value="Size"' in answer.text


def test_tags_are_arranged_in_the_browser(site: Site) -> None:
    with db.write() as session:
        session.add_all([Tag(id=1, name="refund"), Tag(id=2, name="return"), Tag(id=3, name="<b>")])
    owner = site.staff()
    assert "<b></b>" not in owner.get(FIELDS).text
    owner.post("/settings/tags/1/join", FIELDS, into="2")
    owner.post("/settings/tags/2", FIELDS, name="Returned")
    owner.post("/settings/tags/3/delete", FIELDS)
    assert [tag.name for tag in tags.every()] == ["Returned"]
    assert owner.post("/settings/tags/3/delete", FIELDS).status_code == 404


def test_agents_see_none_of_it(site: Site) -> None:
    agent = site.staff("agent")
    for address in (LIST, FIELDS, "/settings/templates/tickets/new", "/settings/templates/customers/new"):
        assert agent.get(address).status_code == 403
    assert agent.post(FIELDS, "/inbox", scope="ticket", name="x", kind="text").status_code == 403


def test_unknown_templates_are_not_found(site: Site) -> None:
    owner = site.staff()
    for address in ("tickets/77", "customers/77"):
        assert owner.get(f"/settings/templates/{address}").status_code == 404
