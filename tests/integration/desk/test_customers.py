"""The pages of customers, over HTTP."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from appliance import db
from appliance.models import Contact, Ticket
from tests.integration.desk.conftest import Browser, House


@pytest.fixture
def anna(house: House) -> int:
    """A customer who wrote."""
    house.write({"chat": 7, "id": 1, "text": "hello <b>", "name": "Anna & Co"})
    with db.session() as session:
        return session.query(Contact).one().id


def ticket() -> Ticket:
    with db.session() as session:
        return session.query(Ticket).order_by(Ticket.id).first()


def news(response: object) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(response.headers["HX-Trigger"])  # type: ignore[attr-defined]
    return found


def test_the_list_shows_searches_and_pages(owner: Browser, anna: int) -> None:
    page = owner.get("/customers").text
    assert "Anna &amp; Co" in page
    assert f"/customers/{anna}" in page
    assert "Nobody is called" in owner.get("/customers?q=zoe").text
    found = owner.fragment("/customers?q=anna").text
    assert "<html" not in found
    assert "Anna &amp; Co" in found
    for address in ("/customers?after=1~x&sort=name", "/customers?organisation=9", "/customers?sort=odd"):
        assert owner.get(address).status_code == 200


@pytest.mark.parametrize("show", ["", "tickets", "files", "notes", "odd"])
def test_one_customer_has_everything(owner: Browser, anna: int, show: str) -> None:
    owner.post(f"/t/{ticket().id}/write", mode="note", text="be kind")
    page = owner.get(f"/customers/{anna}?show={show}").text
    assert "Anna &amp; Co" in page
    assert owner.get("/customers/9999").status_code == 404


def test_a_line_of_the_card_is_saved_and_taken_back(owner: Browser, anna: int) -> None:
    number = ticket().id
    answer = owner.post(f"/customers/{anna}/change", what="note", value="rings twice", ticket=number)
    assert answer.status_code == 204
    assert "rings twice" in owner.get(f"/t/{number}/card").text
    undo = news(answer)["desk:toast"]["undo"]
    assert owner.post(undo).status_code == 204
    assert "rings twice" not in owner.get(f"/t/{number}/card").text
    assert owner.post(f"/customers/{anna}/change", what="phone", value="no").text.startswith("Give a phone number")


def test_the_card_has_everything_to_be_changed_and_an_invitation(owner: Browser, anna: int) -> None:
    made = owner.post("/new", name="Boris", subject="Lamp", assignee=str(owner.agent_id))
    assert made.status_code == 303
    page = owner.get(made.headers["Location"]).text
    for name in ("name", "phone", "language", "organisation", "note", "tags"):
        assert f'id="person-{name}"' in page
    assert "Invite to Plain" in page
    assert "Invite to Plain" not in owner.get(f"/t/{ticket().id}/card").text


def test_an_invitation_is_a_link_and_a_picture(owner: Browser, anna: int) -> None:
    number = int(owner.post("/new", name="Boris", subject="Lamp").headers["Location"].rpartition("/")[2])
    with db.session() as session:
        contact = session.get_one(Ticket, number).contact_id
    shown = owner.post(f"/customers/{contact}/invite", connection="1", ticket=str(number)).text
    assert "https://plain.test/me?start=join-" in shown
    assert "data:image/svg+xml" in shown
    assert owner.post(f"/customers/{anna}/invite", connection="1").status_code == 404


def test_a_ticket_by_hand_says_what_is_missing_and_keeps_what_was_typed(owner: Browser, anna: int) -> None:
    answer = owner.post("/new", name="Boris", phone="no", subject="Lamp", note="at nine")
    assert answer.status_code == 422
    assert "Give a phone number" in answer.text
    assert "at nine" in answer.text
    assert "Anna &amp; Co" in owner.get(f"/new?contact={anna}").text
    assert "Anna &amp; Co" in owner.get("/new/people?name=ann&phone=").text
    assert owner.get("/new").status_code == 200


def test_blocking_is_told_and_can_be_taken_back(owner: Browser, house: House, anna: int) -> None:
    answer = owner.post(f"/customers/{anna}/bar", barred="1")
    assert "is blocked" in news(answer)["desk:toast"]["text"]
    house.write({"chat": 7, "id": 2, "text": "more"})
    page = owner.get(f"/t/{ticket().id}").text
    assert "Blocked by us" in page
    assert "1 message was turned away" in page
    assert "Unblock this person" in page
    owner.post(news(answer)["desk:toast"]["undo"])
    assert "Blocked by us" not in owner.get(f"/customers/{anna}").text


def test_a_shelved_ticket_offers_a_new_start_and_the_end(owner: Browser, anna: int) -> None:
    number = ticket().id
    owner.post(f"/t/{number}/shelve", shelf="trash", quiet="1")
    page = owner.get(f"/t/{number}").text
    assert "Let them start anew" in page
    assert "Delete for good" in page
    owner.post(f"/t/{number}/anew")
    assert not ticket().quiet
    owner.post(f"/t/{number}/quiet")
    assert ticket().quiet
    assert owner.post(f"/t/{number}/delete", typed="7").status_code == 409
    gone = owner.post(f"/t/{number}/delete", typed=str(number))
    assert "is deleted for good" in news(gone)["desk:toast"]["text"]
    assert owner.get(f"/t/{number}").status_code == 404


def test_agents_neither_delete_nor_erase_nor_hand_out(house: House, owner: Browser, anna: int) -> None:
    boris = house.hire("boris")
    manager = house.hire("maria", "manager")
    owner.post(f"/t/{ticket().id}/shelve", shelf="trash", quiet="0")
    assert "Delete for good" not in boris.get(f"/t/{ticket().id}/header").text
    assert boris.post(f"/t/{ticket().id}/delete", typed=str(ticket().id)).status_code == 403
    for visitor in (boris, manager):
        assert visitor.get(f"/customers/{anna}/erase").status_code == 403
        assert visitor.post(f"/customers/{anna}/erase", typed="Anna & Co").status_code == 403
        assert visitor.post(f"/customers/{anna}/export").status_code == 403
        assert "Erase" not in visitor.get(f"/customers/{anna}").text


def test_the_owner_hands_out_a_zip_that_reads(owner: Browser, anna: int) -> None:
    assert owner.get(f"/customers/{anna}/export").status_code == 200
    answer = owner.client.post(
        f"/customers/{anna}/export", data={"notes": "1"}, headers={"X-CSRFToken": owner.token}, buffered=True
    )
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        page = archive.read("index.html").decode()
        data = json.loads(archive.read("data.json"))
    assert "hello &lt;b&gt;" in page
    assert data["person"]["name"] == "Anna & Co"
    assert data["tickets"][0]["messages"][0]["text"] == "hello <b>"


def test_the_owner_erases_by_typing_the_name(owner: Browser, anna: int) -> None:
    assert "Anna &amp; Co" in owner.get(f"/customers/{anna}/erase").text
    assert owner.post(f"/customers/{anna}/erase", typed="Anna").status_code == 422
    assert owner.post(f"/customers/{anna}/erase", typed="Anna & Co").status_code == 303
    assert owner.get(f"/customers/{anna}").status_code == 404


def test_companies_have_a_page(owner: Browser, house: House, anna: int) -> None:
    owner.post(f"/customers/{anna}/change", what="organisation", value="Bakery")
    assert "Bakery" in owner.get("/organisations/").text
    page = owner.get("/organisations/1").text
    assert "Anna &amp; Co" in page
    assert owner.post("/organisations/1", name=" ", note="").status_code == 422
    assert owner.post("/organisations/1", name="The Bakery", note="from six").status_code == 303
    assert "The Bakery" in owner.get(f"/customers/{anna}").text
    assert owner.post("/organisations/1/remove").status_code == 303
    assert owner.get("/organisations/1").status_code == 200
    owner.post(f"/customers/{anna}/change", what="organisation", value="")
    owner.post("/organisations/1/remove")
    assert owner.get("/organisations/1").status_code == 404
    assert house.hire("boris").post("/organisations/1/remove").status_code == 403


def test_somebody_is_added_by_hand(owner: Browser) -> None:
    assert owner.post("/customers", name="Clara", phone="").status_code == 303
    assert "Clara" in owner.get("/customers").text
    owner.post("/customers", name="", phone="")
    assert "Please enter a name." in owner.get("/customers").text


def test_two_cards_of_one_person_become_one_and_two_again(owner: Browser, house: House, anna: int) -> None:
    house.write({"chat": 8, "id": 1, "text": "me again", "name": "Anna at home"})
    with db.session() as session:
        other = session.query(Contact).order_by(Contact.id.desc()).first().id
    assert "Anna at home" in owner.get(f"/customers/{anna}/merge?q=home").text
    assert "Anna at home remains" in owner.get(f"/customers/{anna}/merge?other={other}").text
    assert owner.post(f"/customers/{anna}/merge", other=str(other), kept=str(anna)).status_code == 303
    assert owner.get(f"/customers/{other}").headers["Location"].endswith(f"/customers/{anna}")
    page = owner.get(f"/customers/{anna}").text
    assert "Anna at home was made part of this customer" in page
    arrangement = page.partition('name="arrangement" value="')[2].partition('"')[0]
    owner.post(f"/customers/{anna}/unmerge", arrangement=arrangement)
    assert owner.get(f"/customers/{other}").status_code == 200
    owner.post(f"/customers/{anna}/merge", other=str(anna), kept=str(anna))
    assert "cannot be made one" in owner.get(f"/customers/{anna}").text
