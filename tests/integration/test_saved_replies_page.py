"""The page of saved replies."""

from __future__ import annotations

import io

from sqlalchemy import func, select

from appliance import db
from appliance.models import Agent
from appliance.services import saved_replies
from appliance.values import Actor
from tests.integration.conftest import Site

PAGE = "/settings/saved-replies/"


def views() -> list[saved_replies.SavedReplyView]:
    """What everybody has, and who was hired last."""
    with db.session() as session:
        number = session.scalar(select(func.max(Agent.id)))
    return saved_replies.usable(Actor("agent", number, "owner"))


def test_everybody_keeps_their_own(site: Site) -> None:
    agent = site.staff("agent")
    answer = agent.post(PAGE, PAGE, **{"name": "Greeting", "text-en": "Hello", "text-ru": "Привет", "tags": "a, b, a"})
    assert answer.status_code == 303
    (view,) = views()
    assert (view.name, dict(view.texts), view.tags, view.shared) == (
        "Greeting",
        {"en": "Hello", "ru": "Привет"},
        ("a", "b"),
        False,
    )
    page = agent.get(PAGE).text
    assert "Greeting" in page
    assert "Everybody uses it" not in page
    assert "{{клиент.имя}}" in page


def test_an_agent_sees_no_other_section(site: Site) -> None:
    page = site.staff("agent").get(PAGE).text
    assert "/settings/connections/" not in page
    assert "/settings/saved-replies/" in page


def test_an_agent_cannot_make_one_for_everybody(site: Site) -> None:
    agent = site.staff("agent")
    assert agent.post(PAGE, PAGE, **{"name": "a", "text-en": "b", "shared": "1"}).status_code == 403
    assert views() == []


def test_what_was_typed_stays_when_something_is_wrong(site: Site) -> None:
    owner = site.staff()
    answer = owner.post(PAGE, PAGE, **{"name": "Typed <b>", "text-en": "Hello {{customer.nam}}", "shared": "1"})
    assert answer.status_code == 422
    assert "There is no variable “customer.nam”" in answer.text
    assert 'value="Typed &lt;b&gt;"' in answer.text
    assert "Hello {{customer.nam}}" in answer.text


def test_files_are_attached_and_taken_out_again(site: Site) -> None:
    owner = site.staff()
    files = {"attach": (io.BytesIO(b"prices"), "prices.pdf", "application/pdf")}
    owner.post(PAGE, PAGE, **{"name": "Prices", **files})  # type: ignore[arg-type]
    (view,) = views()
    assert [(file.name, file.kind) for file in view.files] == [("prices.pdf", "document")]
    assert "prices.pdf" in owner.get(PAGE).text
    address = f"{PAGE}{view.id}"
    owner.post(address, PAGE, **{"name": "Prices", "text-en": "x", "file": str(view.files[0].id)})
    assert [len(view.files) for view in views()] == [1]
    owner.post(address, PAGE, **{"name": "Prices", "text-en": "x"})
    assert [len(view.files) for view in views()] == [0]


def test_it_is_deleted_and_brought_back(site: Site) -> None:
    owner = site.staff()
    owner.post(PAGE, PAGE, **{"name": "Greeting", "text-en": "Hello"})
    (view,) = views()
    answer = owner.post(f"{PAGE}{view.id}/delete", PAGE)
    assert views() == []
    assert f"{PAGE}{view.id}/restore" in owner.get(answer.headers["Location"]).text
    owner.post(f"{PAGE}{view.id}/restore", PAGE)
    assert [view.name for view in views()] == ["Greeting"]
    for act in ("", "/delete", "/restore"):
        assert owner.post(f"{PAGE}99{act}", PAGE, **{"name": "a", "text-en": "b"}).status_code == 404
