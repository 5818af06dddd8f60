"""The composer's further choices over HTTP: saved replies, what becomes of the ticket, which key sends."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from appliance import db
from appliance.models import Mention, Message, Ticket
from appliance.services import preferences, saved_replies, saved_reply_changes
from appliance.services.saved_reply_changes import Wanted
from tests.integration.desk.conftest import Browser, House


@pytest.fixture(autouse=True)
def a_ticket(house: House) -> None:
    house.write({"chat": 1, "id": 1, "text": "help"})


def ticket() -> Ticket:
    with db.session() as session:
        return session.get_one(Ticket, 1001)


def messages() -> int:
    with db.session() as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def save(browser: Browser, name: str, text: str, *files: tuple[int, str]) -> int:
    return saved_reply_changes.save(Wanted(name, {"en": text}, files=files), browser.actor)


def test_the_picker_shows_what_would_be_said_and_narrows_by_words(owner: Browser) -> None:
    save(owner, "Greeting", "Good <b>day</b>, [[model]]")
    save(owner, "Price", "It costs [[sum]]")
    whole = owner.fragment("/t/1001/saved-replies").get_data(as_text=True)
    assert "Good &lt;b&gt;day&lt;/b&gt;, <mark>[[model]]</mark>" in whole
    assert whole.count('role="option"') == 2
    found = owner.fragment("/t/1001/saved-replies?q=ghbdtn+cost").get_data(as_text=True)
    assert "Nothing has these words." in found
    assert owner.fragment("/t/1001/saved-replies?q=cost").get_data(as_text=True).count('role="option"') == 1


def test_one_is_put_in_with_its_files_and_sent(owner: Browser) -> None:
    attached = owner.upload(b"a price list", "prices.pdf", "application/pdf").json
    assert attached is not None
    number = save(owner, "Prices", "No. {{ticket.number}}", (attached["id"], "document"))
    answer = owner.post(f"/t/1001/saved-replies/{number}").json
    assert answer == {
        "text": "No. 1001",
        "files": [{"id": attached["id"], "kind": "document", "name": "prices.pdf", "size": 12}],
    }
    (view,) = saved_replies.usable(owner.actor)
    assert view.used == 1
    sent = owner.post("/t/1001/messages", mode="reply", text=answer["text"], file=attached["id"], kind="document")
    assert "prices.pdf" in sent.get_data(as_text=True)


def test_nobody_uses_a_colleagues_own(house: House, owner: Browser) -> None:
    number = save(owner, "mine", "secret")
    colleague = house.hire("olga")
    assert "secret" not in colleague.fragment("/t/1001/saved-replies").get_data(as_text=True)
    assert colleague.post(f"/t/1001/saved-replies/{number}").status_code == 404
    assert owner.post(f"/t/9999/saved-replies/{number}").status_code == 404
    assert owner.fragment("/t/9999/saved-replies").status_code == 404


def test_a_sent_answer_is_kept_under_a_name(owner: Browser) -> None:
    sent = owner.post("/t/1001/messages", mode="reply", text="Good **day**").headers["X-Message"]
    refused = owner.post(f"/m/{sent}/saved-reply", name=" ")
    assert refused.status_code == 409
    assert refused.get_data(as_text=True) == "Give it a name by which you will find it."
    assert owner.post(f"/m/{sent}/saved-reply", name="Greeting", shared="1").status_code == 204
    (view,) = saved_replies.usable(owner.actor)
    assert (view.name, view.shared) == ("Greeting", True)


def test_a_gap_is_told_and_nothing_is_sent(owner: Browser) -> None:
    answer = owner.post("/t/1001/messages", mode="reply", text="Your [[model]]", then="done")
    assert answer.status_code == 409
    assert answer.get_data(as_text=True) == "Fill in first: model"
    assert (messages(), ticket().stage) == (1, "open")


@pytest.mark.parametrize(("then", "stage"), [("", "open"), ("done", "done"), ("snooze-tomorrow", "snoozed")])
def test_the_answer_says_what_becomes_of_the_ticket(owner: Browser, then: str, stage: str) -> None:
    assert owner.post("/t/1001/messages", mode="reply", text="Here", then=then).status_code == 200
    assert ticket().stage == stage


@pytest.mark.parametrize("then", ["trash", "snooze-", "snooze-never", "tomorrow"])
def test_what_cannot_become_of_it_is_refused(owner: Browser, then: str) -> None:
    assert owner.post("/t/1001/messages", mode="reply", text="Here", then=then).status_code == 409
    assert messages() == 1


def test_the_sending_key_is_asked_once(owner: Browser) -> None:
    page = owner.get("/t/1001").get_data(as_text=True)
    assert 'id="send-key"' in page
    assert owner.post("/me/send-key", send_key="space").status_code == 409
    assert owner.post("/me/send-key", send_key="ctrl_enter").status_code == 204
    assert preferences.of(owner.actor).send_key == "ctrl_enter"
    page = owner.get("/t/1001").get_data(as_text=True)
    assert 'id="send-key"' not in page
    assert 'data-send-key="ctrl_enter"' in page


def test_a_named_colleague_is_marked_and_has_seen_it_once_read(house: House, owner: Browser) -> None:
    olga = house.hire("olga")
    assert "&#34;name&#34;: &#34;Olga&#34;" in owner.get("/t/1001").get_data(as_text=True)
    note = owner.post("/t/1001/messages", mode="note", text="@Olga, <b>please</b>")
    assert '<span class="mention">@Olga</span>, &lt;b&gt;' in note.get_data(as_text=True)
    olga.post("/t/1001/read", message=note.headers["X-Message"])
    with db.session() as session:
        assert session.scalars(select(Mention)).one().seen_at is not None
