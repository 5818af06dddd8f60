"""What is found, by whom, and that the index follows what happens."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from appliance import db, feed
from appliance.models import (
    Contact,
    Field,
    Message,
    Organisation,
    SearchEntry,
    Tag,
    Team,
    TeamMember,
    Ticket,
    TicketField,
    TicketTag,
)
from appliance.services import outbox, search, search_checks, search_filters, search_index
from appliance.values import SYSTEM, Actor
from tests.unit.services.conftest import Desk


def catch_up() -> None:
    while search_index.follow() or search_index.fill():
        pass


def found(by: Actor, typed: str, kind: str = "message") -> list[int]:
    catch_up()
    return [hit.id for group in search.find(by, typed, few=20).groups if group.kind == kind for hit in group.hits]


def say(desk: Desk, words: str, chat: int = 1, number: int = 1) -> int:
    desk.write({"chat": chat, "id": number, "text": words})
    return desk.messages()[-1].id


def put(*rows: Any, kind: str = "ticket_changed", ticket: int | None = None, **told: Any) -> None:
    with db.write() as session:
        session.add_all(rows)
        feed.append(session, kind, ticket=ticket, after=told)


@pytest.mark.parametrize(
    "typed", ["еще", "ЕЩЁ", "ещ", '"еще одну"', "заявками", "заяв", "к220", "К-220", "220", "8 916 123 45 67"]
)
def test_a_message_is_found_however_it_is_asked_for(desk: Desk, typed: str) -> None:
    number = say(desk, "Хочу ещё одну заявку, К-220, звоните +7 (916) 123-45-67")
    assert found(desk.agent, typed) == [number]


@pytest.mark.parametrize("typed", ["одна ещё другой", '"одну ещё"', "хоч хлеб", "5220", "916 999"])
def test_all_of_it_has_to_match(desk: Desk, typed: str) -> None:
    say(desk, "Хочу ещё одну заявку, К-220, звоните +7 (916) 123-45-67")
    assert found(desk.agent, typed) == []


def test_the_newest_stands_first_and_pages_follow(desk: Desk) -> None:
    numbers = [say(desk, f"привет {number}", number=number) for number in range(1, search.PAGE + 6)]
    catch_up()
    first = search.find_more(desk.agent, "привет", "message")
    second = search.find_more(desk.agent, "привет", "message", below=first.more)
    assert [hit.id for hit in (*first.hits, *second.hits)] == numbers[::-1]
    assert second.more == 0


def test_an_edit_changes_what_it_is_found_by(desk: Desk) -> None:
    number = say(desk, "Модель альфа")
    assert found(desk.agent, "альфа") == [number]
    desk.write({"chat": 1, "id": 1, "text": "Модель бета", "edited": True})
    assert found(desk.agent, "альфа") == []
    assert found(desk.agent, "бета") == [number]


def test_notes_are_a_kind_of_their_own(desk: Desk) -> None:
    say(desk, "Добрый день")
    note = outbox.note(1001, desk.agent, "Позвонить поставщику")
    assert found(desk.agent, "поставщик", "note") == [note]
    assert found(desk.agent, "поставщик") == []


def test_a_ticket_is_found_by_subject_number_field_and_tag(desk: Desk) -> None:
    say(desk, "Сломалась кофеварка")
    put(Field(id=7, scope="ticket", name="Заказ", kind="text"), Tag(id=3, name="гарантия"))
    put(TicketField(ticket_id=1001, field_id=7, value="ЗК-5518"), TicketTag(ticket_id=1001, tag_id=3), ticket=1001)
    for typed in ("кофеварки", "1001", "зк5518", "5518", "гарантией"):
        assert found(desk.agent, typed, "ticket") == [1001], typed


def test_a_contact_is_found_by_all_that_its_card_holds(desk: Desk) -> None:
    say(desk, "Добрый день")
    with db.write() as session:
        session.add(Organisation(id=4, name="Ромашка"))
        session.flush()
        values = {"name": "Анна Ковалёва", "username": "anna_k", "phone": "+79161234567", "organisation_id": 4}
        session.execute(update(Contact).values(note="любит кофе", **values))
        feed.append(session, "contact_changed", ticket=1001)
    for typed in ("ковалева", "@anna_k", "annak", "8 (916) 123-45-67", "4567", "ромашк", "кофе"):
        assert len(found(desk.agent, typed, "contact")) == 1, typed


def test_what_another_team_holds_is_found_by_no_one_else(desk: Desk) -> None:
    number = say(desk, "Секретный договор")
    with db.write() as session:
        session.add(Team(id=9, name="Бухгалтерия"))
        session.flush()
        session.execute(update(Ticket).values(team_id=9))
    contact = desk.tickets()[0].contact_id
    name = search_name(contact)
    boss = Actor("agent", 99, "owner", "Boss")
    assert found(boss, "договор") == [number]
    assert found(boss, name, "contact") == [contact]
    assert found(desk.agent, "договор") == []
    assert found(desk.agent, "договор", "ticket") == []
    assert found(desk.agent, name, "contact") == []
    assert search.find(desk.agent, "1001").ticket is None
    assert search.recall(desk.agent, [1001]).groups == ()
    put(TeamMember(team_id=9, agent_id=desk.agent.id))
    assert found(desk.agent, "договор") == [number]


def search_name(contact_id: int) -> str:
    with db.session() as session:
        return session.get_one(Contact, contact_id).name


def test_a_number_leads_to_its_ticket(desk: Desk) -> None:
    say(desk, "Добрый день")
    catch_up()
    for typed in ("1001", "№1001", "#1001"):
        ticket = search.find(desk.agent, typed).ticket
        assert ticket is not None
        assert ticket.id == 1001


def test_filters_narrow_what_is_found(desk: Desk) -> None:
    number = say(desk, "привет")
    catch_up()
    for state, who, expected in (("open", "", [number]), ("done", "", []), ("", "none", [number]), ("", "me", [])):
        where = search_filters.conditions(desk.agent, state, who)
        hits = search.find(desk.agent, "привет", where, kinds=("message",)).groups
        assert [hit.id for group in hits for hit in group.hits] == expected


def test_what_was_there_before_is_taken_in_and_repeating_changes_nothing(desk: Desk) -> None:
    numbers = [say(desk, "привет", number=number) for number in range(1, 4)]
    search_index.begin()
    assert search_index.remaining() > 0
    catch_up()
    assert search_index.remaining() == 0
    with db.session() as session:
        before = session.scalar(text("SELECT count(*) FROM search_text"))
    search_index.empty()
    assert search.find(desk.agent, "привет").groups == ()
    catch_up()
    with db.session() as session:
        assert session.scalar(text("SELECT count(*) FROM search_text")) == before
    assert found(desk.agent, "привет") == numbers[::-1]


def test_what_is_deleted_for_good_leaves_no_words(desk: Desk) -> None:
    say(desk, "тайна")
    catch_up()
    with db.write() as session:
        session.execute(update(Ticket).values(last_message_id=None))
        session.execute(delete(Ticket))
    with db.session() as session:
        assert session.scalars(select(SearchEntry.kind)).all() == ["contact"]
        assert session.scalar(text("SELECT count(*) FROM search_text WHERE search_text MATCH 'тайна'")) == 0


def test_a_message_that_is_erased_alone_goes_too(desk: Desk) -> None:
    number = say(desk, "тайна")
    catch_up()
    with db.write() as session:
        session.execute(delete(Message).where(Message.id == number))
        feed.append(session, "ticket_changed", ticket=1001, after={"messages": True})
    catch_up()
    with db.session() as session:
        assert session.scalar(text("SELECT count(*) FROM search_text WHERE search_text MATCH '\"тайна\"'")) == 1
        assert not session.scalars(
            select(SearchEntry.id).where(SearchEntry.kind == "message", SearchEntry.of_id == number)
        ).all()


def test_the_status_page_tells_of_a_search_that_is_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    say(desk, "привет")
    assert list(search_checks.checks()) == []
    monkeypatch.setattr(search_checks, "LATE_SECONDS", -1.0)
    assert [check.state for check in search_checks.checks()] == ["warn"]
    catch_up()
    assert list(search_checks.checks()) == []


def test_the_system_finds_everything(desk: Desk) -> None:
    number = say(desk, "привет")
    assert found(SYSTEM, "привет") == [number]
