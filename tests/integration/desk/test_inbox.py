"""Lists over HTTP: filters, orders, views, many tickets at once."""

from __future__ import annotations

from appliance.services import bulk, fields
from appliance.values import SYSTEM
from tests.integration.desk.conftest import Browser, House


def write(house: House, number: int) -> None:
    house.write(*({"chat": chat, "id": 1, "text": "help"} for chat in range(1, number + 1)))


def rows(page: str) -> int:
    return page.count('class="row-item"')


def test_a_filter_narrows_the_list_and_stands_as_a_chip_that_takes_itself_away(house: House, owner: Browser) -> None:
    write(house, 2)
    owner.post("/t/1001/take")
    page = owner.get("/inbox?tab=all&assignee=me&due=never&shelf=x").get_data(as_text=True)
    assert rows(page) == 1
    assert page.count("filter-chip") == 1
    assert 'data-query="tab=all&amp;assignee=me"' in page
    assert "Nothing fits these filters." in owner.get("/inbox?tab=all&priority=4").get_data(as_text=True)


def test_the_filter_dialog_offers_what_there_is(house: House, owner: Browser) -> None:
    form = owner.fragment("/inbox/filter?tab=all&assignee=none").get_data(as_text=True)
    assert 'name="assignee" value="none" checked' in form
    assert "Petra" in form


def test_an_order_is_kept_for_the_agent_and_the_list(house: House, owner: Browser) -> None:
    write(house, 2)
    answer = owner.post("/inbox/sort?tab=all", sort="oldest").get_data(as_text=True)
    assert answer.index('id="row-1001"') < answer.index('id="row-1002"')
    again = owner.get("/inbox?tab=all").get_data(as_text=True)
    assert again.index('id="row-1001"') < again.index('id="row-1002"')
    assert owner.post("/inbox/sort?tab=all", sort="odd").status_code == 400


def test_a_view_is_saved_shown_counted_and_thrown_away(house: House, owner: Browser) -> None:
    write(house, 2)
    owner.post("/t/1001/take")
    saved = owner.post("/views/", name="On my desk", query="tab=waiting&assignee=me", shared="1")
    assert saved.location == "/inbox?view=1"
    page = owner.get("/inbox?view=1").get_data(as_text=True)
    assert "On my desk" in page
    assert rows(page) == 1
    assert owner.get("/inbox/counts").json["view-1"] == 1  # type: ignore[index]
    anna = house.hire("anna")
    assert rows(anna.get("/inbox?view=1").get_data(as_text=True)) == 0
    assert "On my desk" in owner.get("/views/").get_data(as_text=True)
    removed = owner.post("/views/1/remove")
    assert rows(owner.get("/inbox?view=1").get_data(as_text=True)) == 2
    assert "/views/1/restore" in owner.get(removed.location).get_data(as_text=True)
    assert anna.post("/views/1/restore").location == "/views/"
    owner.post("/views/1/restore")
    assert rows(owner.get("/inbox?view=1").get_data(as_text=True)) == 1


def test_a_job_is_begun_followed_and_taken_back(house: House, owner: Browser) -> None:
    write(house, 3)
    begun = owner.post("/bulk/", action="finish", value="solved", all="1", query="tab=unclaimed")
    assert "Done: 0 of 3" in begun.get_data(as_text=True)
    bulk.run(1)
    assert "Done: 3 tickets." in owner.fragment("/bulk/1").get_data(as_text=True)
    owner.post("/bulk/1/undo")
    bulk.run(1)
    assert "Taken back: 3 tickets." in owner.fragment("/bulk/1").get_data(as_text=True)


def test_a_job_nobody_can_do_is_refused_in_words(house: House, owner: Browser) -> None:
    write(house, 1)
    assert owner.post("/bulk/", action="explode", tickets="1001").status_code == 400
    assert owner.post("/bulk/", action="finish", value="eaten", tickets="1001").status_code == 409
    nothing = owner.post("/bulk/", action="trash", tickets="x,,7")
    assert nothing.get_data(as_text=True) == "No ticket is selected."
    assert owner.fragment("/bulk/9").status_code == 404


def test_the_menus_of_the_bar_offer_people_teams_and_tags(house: House, owner: Browser) -> None:
    for what in ("assign", "team", "tag", "untag"):
        assert owner.fragment(f"/bulk/choices/{what}").status_code == 200


def test_done_for_many_asks_about_open_subtasks_before_anything_is_done(house: House, owner: Browser) -> None:
    write(house, 2)
    owner.post("/t/1001/subtasks", what="Check it")
    what = {"action": "finish", "value": "solved", "tickets": "1001,1002"}
    asked = owner.post("/bulk/", **what)
    assert (asked.status_code, asked.headers["X-Question"]) == (409, "1")
    page = asked.get_data(as_text=True)
    assert "1 of the chosen tickets has open subtasks" in page
    assert 'data-value="solved" data-subtasks="leave"' in page
    assert bulk.unfinished() == []
    assert owner.post("/bulk/", **what, subtasks="skip").status_code == 200
    (job,) = bulk.unfinished()
    bulk.run(job)
    assert owner.get("/inbox?tab=done").get_data(as_text=True).count('class="row-item"') == 1
    assert owner.post("/bulk/", action="finish", value="solved", tickets="1002").status_code == 200


def test_a_field_that_is_measured_is_filtered_by_a_span(house: House, owner: Browser) -> None:
    number = fields.define("ticket", "Amount", "money", [], SYSTEM, [1])
    form = owner.fragment(f"/inbox/filter?tab=all&field-{number}-from=1200.5").get_data(as_text=True)
    assert f'type="number" step="any" name="field-{number}-from" value="1200.5"' in form
    assert f'name="field-{number}-to" value=""' in form
    page = owner.get(f"/inbox?tab=all&field-{number}-from=1200.5").get_data(as_text=True)
    assert "Amount: from 1,200.5" in page
