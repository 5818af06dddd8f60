"""Groups on the practice phone's page, over a messenger that really runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from appliance_sandbox import rooms, service
from appliance_sandbox.control import Control
from appliance_sandbox.phone.line import line

from .box import opened_box
from .test_service import free_port

HTMX = {"HX-Request": "true"}


class GroupPage:
    """The page of a group that Anna founded with the bot in it, as a browser without scripts uses it."""

    def __init__(self, desk: FlaskClient, control: Control, kind: str) -> None:
        self.desk, self.control = desk, control
        self.bot_id = int(control.bots()[0]["id"])
        self.anna = int(control.add_customer("Anna")["id"])
        form = {"title": "Shop", "kind": kind, "person": str(self.anna)}
        self.group = self.where(desk.post("/sandbox/groups", data=form))["group"]

    def where(self, answer: Any) -> dict[str, int]:
        """Customer and group of the page an answer leads to."""
        assert answer.status_code == 303, answer.get_data(as_text=True)
        found = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {name: int(values[0]) for name, values in found.items()}

    def write(self, text: str, person: int = 0, **voice: str) -> str:
        """Answers the chat as it is shown then."""
        query = {"group": self.group, **voice}
        address = f"/sandbox/{person or self.anna}/text"
        shown: str = self.desk.post(address, query_string=query, data={"text": text}, headers=HTMX).get_data(
            as_text=True
        )
        return shown

    def change(self, what: str, value: str = "") -> dict[str, int]:
        address = f"/sandbox/{self.anna}/group"
        form = {"what": what, "value": value}
        return self.where(self.desk.post(address, query_string={"group": self.group}, data=form))

    def page(self, **query: object) -> str:
        answer = self.desk.get("/sandbox/", query_string={"group": self.group, **query})
        return str(answer.get_data(as_text=True))

    def told(self) -> list[dict[str, Any]]:
        """What the bot was told of this group, oldest first."""
        return [update for update in self.control.pending(self.bot_id) if self.group == _chat_of(update)]

    def statuses(self) -> list[str]:
        """How the bot stood in it, one after the other."""
        changes = [update["my_chat_member"] for update in self.told() if "my_chat_member" in update]
        return [change["new_chat_member"]["status"] for change in changes]


def _chat_of(update: dict[str, Any]) -> int:
    (happened,) = (value for name, value in update.items() if name != "update_id")
    return int(happened["chat"]["id"])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """One for all tests here: each has a group of its own."""
    with opened_box(tmp_path_factory.mktemp("box")) as box:
        box.app.config["WTF_CSRF_ENABLED"] = False
        server = service.start(port := free_port())
        box.switch_on(port)
        yield box.client()
        line.close()
        server.close()


@pytest.fixture(params=["supergroup"])
def group(request: pytest.FixtureRequest, desk: FlaskClient) -> Iterator[GroupPage]:
    from appliance_sandbox.phone.line import practice_url  # noqa: PLC0415 - known once the messenger runs

    with Control(practice_url(), rooms.control_secret()) as control:
        yield GroupPage(desk, control, request.param)


basic = pytest.mark.parametrize("group", ["group"], indirect=True)


def test_the_bot_is_told_of_a_new_group(group: GroupPage) -> None:
    assert [set(update) - {"update_id"} for update in group.told()] == [{"my_chat_member"}, {"message"}]
    page = group.page()
    assert "1 person and the bot" in page
    assert "Privacy is on" in page


def test_several_people_write_each_as_themselves(group: GroupPage) -> None:
    added = group.desk.post("/sandbox/customers", query_string={"group": group.group}, data={"name": "Oleg"})
    oleg = group.where(added)["customer"]
    group.write("lunch?")
    shown = group.write("/help", person=oleg)
    assert '<p class="bubble-author">Anna</p>' in shown
    assert "Oleg joined the group" in shown
    texts = [update["message"].get("text") for update in group.told() if "message" in update]
    assert texts[-1] == "/help"
    assert "lunch?" not in texts


def test_who_is_known_is_brought_along(group: GroupPage) -> None:
    nina = group.control.add_customer("Nina")["id"]
    assert f'<option value="{nina}">' in group.page()
    assert group.change("bring", str(nina)) == {"customer": nina, "group": group.group}
    assert f'<option value="{nina}">' not in group.page()


def test_an_anonymous_administrator_writes_as_the_group(group: GroupPage) -> None:
    assert "Anonymous administrator" in group.page()
    shown = group.write("/closed today", anonymous="1")
    assert "said-mine" in shown
    assert group.told()[-1]["message"]["sender_chat"]["title"] == "Shop"


def test_the_bot_rises_falls_goes_and_comes_back(group: GroupPage) -> None:
    group.change("promote")
    assert "The bot reads everything here" in group.page()
    group.change("demote")
    group.change("kick")
    assert "The bot is not in this group" in group.page()
    assert "the bot is not in this group" in group.write("anybody?")
    group.change("join")
    assert group.statuses() == ["member", "administrator", "member", "kicked", "member"]


def test_privacy_is_switched_for_every_group(group: GroupPage) -> None:
    group.change("privacy_off")
    group.write("lunch?")
    assert group.told()[-1]["message"]["text"] == "lunch?"
    group.change("privacy_on")
    group.write("dinner?")
    assert group.told()[-1]["message"]["text"] == "lunch?"


def test_titles_change_and_people_leave(group: GroupPage) -> None:
    group.change("rename", "Shop and storehouse")
    assert "The group is now called “Shop and storehouse”" in group.page()
    assert group.change("leave") == {"customer": group.anna}
    assert group.told()[-1]["message"]["left_chat_member"]["id"] == group.anna


@basic
def test_a_group_turns_into_a_supergroup(group: GroupPage) -> None:
    moved = group.change("migrate")["group"]
    assert moved != group.group
    assert "This group became a supergroup: go there" in group.page(customer=group.anna)
    assert "The group became a supergroup" in group.desk.get(f"/sandbox/?group={moved}").get_data(as_text=True)


@basic
def test_what_the_messenger_refuses_is_shown(group: GroupPage) -> None:
    group.change("migrate")
    group.change("kick")
    assert "the bot is not in this group" in group.page(customer=group.anna)


def test_the_panel_is_sent_only_when_it_changed(group: GroupPage) -> None:
    address = f"/sandbox/{group.anna}/group"
    shown = group.desk.get(address, query_string={"group": group.group}).get_data(as_text=True)
    mark = shown.partition("mark=")[2].partition("&")[0].partition('"')[0]
    again = {"group": group.group, "mark": mark}
    assert group.desk.get(address, query_string=again).status_code == 204
    group.change("promote")
    assert group.desk.get(address, query_string=again).status_code == 200


def test_nonsense_is_refused(group: GroupPage) -> None:
    address = f"/sandbox/{group.anna}/group"
    assert group.desk.post(address, query_string={"group": group.group}, data={"what": "explode"}).status_code == 400
    assert group.desk.post(address, data={"what": "promote"}).status_code == 400
    assert group.desk.get("/sandbox/?group=-5", headers=HTMX).status_code == 204
