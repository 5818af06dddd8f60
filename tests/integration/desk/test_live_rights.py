"""The live feed tells an agent nothing of a closed team's work, except that a ticket has just left their lists."""

from __future__ import annotations

from appliance import feed
from appliance.services import presence, taking, teams, tickets
from tests.integration.desk.conftest import Browser, House


def news(browser: Browser, after: int) -> list[tuple[str, int]]:
    answer = browser.get(f"/live/since?after={after}").json
    assert answer is not None
    assert answer["last"] == feed.last_id()
    return [(event["kind"], event["ticket"]) for event in answer["events"]]


def test_what_is_hidden_is_heard_by_those_who_see_it(house: House, owner: Browser) -> None:
    olga, anton = house.hire("olga"), house.hire("anton")
    closed = teams.add("Accounts", owner.actor)
    teams.set_members(closed, [anton.agent_id], owner.actor)
    house.write({"chat": 1, "id": 1, "text": "help"})
    before = feed.last_id()
    taking.give_to_team(1001, closed, owner.actor)
    given = feed.last_id()
    tickets.rename(1001, "The wages", anton.actor)
    presence.beat(1001, "reply", anton.actor)
    assert news(olga, before) == [("ticket_changed", 1001)]
    assert news(olga, given) == []
    assert news(anton, given) == news(owner, given) == [("ticket_changed", 1001)]
    told = [browser.get("/live/since").json for browser in (olga, owner)]
    assert [len(each["presence"]) for each in told if each is not None] == [0, 1]
