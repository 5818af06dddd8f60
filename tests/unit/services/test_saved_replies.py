"""Saved replies: whose they are, how they are found, what they say, and that their files stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Agent, Contact, Delivery, File, Rendition, SavedReply, SavedReplyFile, Ticket, now
from appliance.services import files, keep_rules, outbox, saved_replies, saved_reply_changes
from appliance.services.letters import OutboxError
from appliance.services.saved_replies import SavedReplyError
from appliance.services.saved_reply_changes import Wanted
from appliance.values import Actor
from tests.unit.services.conftest import Desk
from tests.unit.services.workbench import put_file


@pytest.fixture
def ticket(desk: Desk) -> int:
    desk.write({"chat": 7, "id": 1, "text": "The till does not print", "name": "Анна Ковалёва"})
    return 1001


@pytest.fixture
def manager(desk: Desk) -> Actor:
    return hire("petra", "manager")


def hire(login: str, role: str = "agent") -> Actor:
    with db.write() as session:
        agent = Agent(login=login, name=login.title(), role=role, password="-")
        session.add(agent)
        session.flush()
        return Actor("agent", agent.id, role, agent.name)  # type: ignore[arg-type]


def save(by: Actor, name: str, text: str = "words", **more: object) -> int:
    return saved_reply_changes.save(Wanted(name, {"en": text}, **more), by)  # type: ignore[arg-type]


def names(by: Actor, query: str = "") -> list[str]:
    return [view.name for view in saved_replies.usable(by, query)]


def test_ones_own_are_nobody_elses_and_shared_ones_everybodys(desk: Desk, manager: Actor) -> None:
    save(desk.agent, "mine")
    save(manager, "ours", shared=True)
    assert sorted(names(desk.agent)) == ["mine", "ours"]
    assert names(manager) == ["ours"]


def test_agents_do_not_change_what_is_everybodys(desk: Desk, manager: Actor) -> None:
    shared = save(manager, "ours", shared=True)
    own = save(desk.agent, "mine")
    for attempt in (
        lambda: saved_reply_changes.save(Wanted("changed", {"en": "x"}, shared=True), desk.agent, shared),
        lambda: saved_reply_changes.save(Wanted("mine", {"en": "x"}, shared=True), desk.agent, own),
        lambda: saved_reply_changes.delete_one(shared, desk.agent),
        lambda: save(desk.agent, "new", shared=True),
    ):
        with pytest.raises(SavedReplyError) as refused:
            attempt()
        assert refused.value.code == "not_allowed"
    with pytest.raises(SavedReplyError) as refused:
        saved_reply_changes.save(Wanted("stolen", {"en": "x"}), manager, own)
    assert refused.value.code == "not_found"


@pytest.mark.parametrize("query", ["добрый", "ДОБРЫЙ ДЕНЬ", "lj,hsq", "счет", "счёт", "greeting", "утра счет"])
def test_it_is_found_by_name_words_and_tags_in_either_layout(desk: Desk, query: str) -> None:
    wanted = Wanted("Greeting", {"ru": "Добрый день и доброго утра"}, ["счёт"])
    saved_reply_changes.save(wanted, desk.agent)
    save(desk.agent, "Other")
    assert names(desk.agent, query) == ["Greeting"]


def test_nothing_is_found_by_words_that_are_not_in_it(desk: Desk) -> None:
    save(desk.agent, "100% sure", "a_b")
    assert names(desk.agent, "0%") == ["100% sure"]
    assert names(desk.agent, "1%0") == []
    assert names(desk.agent, "acb") == []


def test_the_most_used_comes_first(desk: Desk, ticket: int) -> None:
    save(desk.agent, "a")
    used = save(desk.agent, "b")
    saved_replies.use(used, ticket, desk.agent)
    assert names(desk.agent) == ["b", "a"]


def test_it_says_what_this_customer_would_read(desk: Desk, ticket: int) -> None:
    texts = {"en": "Hello {{customer.first_name}}, your [[model]]", "ru": "{{клиент.имя}}, № {{заявка.номер}}"}
    number = saved_reply_changes.save(Wanted("both", texts), desk.agent)
    language_of(ticket, "en-GB")
    filled = saved_replies.use(number, ticket, desk.agent)
    assert (filled.text, filled.gaps) == ("Hello Анна, your [[model]]", ("model",))
    language_of(ticket, "ru")
    assert saved_replies.use(number, ticket, desk.agent).text == "Анна Ковалёва, № 1001"


def test_the_language_that_is_there_serves_for_both(desk: Desk, ticket: int) -> None:
    save(desk.agent, "english only", "Hello")
    language_of(ticket, "ru")
    assert [filled.text for filled in saved_replies.for_ticket(ticket, desk.agent)] == ["Hello"]


def test_what_was_deleted_comes_back_and_after_a_while_does_not(desk: Desk) -> None:
    number = save(desk.agent, "a")
    assert saved_reply_changes.delete_one(number, desk.agent) == "a"
    assert names(desk.agent) == []
    assert saved_reply_changes.prune() == 0
    saved_reply_changes.bring_back(number, desk.agent)
    assert names(desk.agent) == ["a"]
    saved_reply_changes.delete_one(number, desk.agent)
    with db.write() as session:
        session.execute(update(SavedReply).values(deleted_at=now() - timedelta(days=31)))
    assert saved_reply_changes.prune() == 1


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(" ", {"en": "x"}), "name_empty"),
        (Wanted("a", {"en": " "}), "text_empty"),
        (Wanted("a", {"en": "x" * 10_001}), "text_long"),
        (Wanted("a", {"en": "{{customer.nam}}"}), "unknown_variable"),
        (Wanted("a", {"en": "x"}, files=[(9999, "photo")]), "file_gone"),
    ],
)
def test_it_refuses(desk: Desk, wanted: Wanted, code: str) -> None:
    with pytest.raises(SavedReplyError) as refused:
        saved_reply_changes.save(wanted, desk.agent)
    assert refused.value.code == code


def test_a_colleague_sends_its_file_and_no_other_upload_of_mine(desk: Desk, ticket: int, manager: Actor) -> None:
    attached, private = (put_file("document", making="", uploaded_by=manager.id) for _ in range(2))
    save(manager, "with a file", shared=True, files=[(attached, "document")])
    with db.session() as session:
        assert files.visible(session, attached, desk.agent) is not None
        assert files.visible(session, private, desk.agent) is None
    outbox.reply(ticket, desk.agent, "here", [attached], {attached: "document"})
    with pytest.raises(OutboxError) as refused:
        outbox.reply(ticket, desk.agent, "here", [private], {private: "document"})
    assert refused.value.code == "file_gone"


def test_no_keep_rule_lets_its_file_go(desk: Desk, ticket: int) -> None:
    kept, other = (put_file("document", making="", uploaded_by=desk.agent.id) for _ in range(2))
    save(desk.agent, "with a file", files=[(kept, "document")])
    for number in (kept, other):
        outbox.reply(ticket, desk.agent, "here", [number], {number: "document"})
    with db.write() as session:
        for number in (kept, other):
            session.add(Rendition(file_id=number, kind="text", mime="text/plain", sha256=f"{number}", size=1))
        session.execute(update(File).values(created_at=now() - timedelta(days=400)))
        session.execute(update(Delivery).values(state="sent"))
    assert keep_rules.oldest({"document": 1}, 10) == [other]


def test_a_sent_message_becomes_one_with_its_marks_and_files(desk: Desk, ticket: int) -> None:
    attached = put_file("document", making="", uploaded_by=desk.agent.id)
    sent = outbox.reply(ticket, desk.agent, "Good **day**", [attached], {attached: "document"})
    number = saved_reply_changes.from_message(sent, "Greeting", False, desk.agent)
    (view,) = saved_replies.usable(desk.agent)
    assert "Good" in "".join(view.texts.values())
    assert [file.id for file in view.files] == [attached]
    with db.session() as session:
        assert session.scalar(select(SavedReplyFile.reply_id)) == number
    with pytest.raises(SavedReplyError):
        saved_reply_changes.from_message(desk.messages(ticket)[0].id, "theirs", False, desk.agent)


def test_nothing_with_a_gap_leaves(desk: Desk, ticket: int) -> None:
    with pytest.raises(OutboxError) as refused:
        outbox.reply(ticket, desk.agent, "Your [[model]] is here")
    assert (refused.value.code, refused.value.params) == ("gaps", {"names": "model"})
    outbox.note(ticket, desk.agent, "Ask for the [[model]]")
    assert [message.kind for message in desk.messages(ticket)] == ["incoming", "note"]


def language_of(ticket: int, language: str) -> None:
    with db.write() as session:
        contact = select(Ticket.contact_id).where(Ticket.id == ticket).scalar_subquery()
        session.execute(update(Contact).where(Contact.id == contact).values(language=language))
