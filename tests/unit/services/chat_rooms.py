"""Chats of several tickets, some of them another team's."""

from __future__ import annotations

from sqlalchemy import select

from appliance import db
from appliance.models import Message, Team, Ticket
from appliance.services import tickets
from tests.unit.services.conftest import Desk


def speak_in_turn(desk: Desk, *spans: int, chat: int = 1) -> list[int]:
    """A customer whose tickets follow one another, each with so many messages; the tickets' numbers."""
    made: list[int] = []
    number = 0
    for count in spans:
        for _ in range(count):
            number += 1
            desk.write({"chat": chat, "id": number, "text": f"m{number}"})
        made.append(desk.tickets()[-1].id)
        # What stands in the trash takes in nothing more: the next message opens a ticket.
        tickets.shelve(made[-1], "trash", False, desk.agent)
    for ticket in made:
        tickets.restore(ticket, desk.agent)
    return made


def hide(*ticket_ids: int) -> None:
    """They are another team's from now on."""
    with db.write() as session:
        team = session.scalar(select(Team).where(Team.name == "Accounts")) or Team(name="Accounts")
        session.add(team)
        session.flush()
        for ticket_id in ticket_ids:
            session.get_one(Ticket, ticket_id).team_id = team.id


def move(message_id: int, ticket_id: int) -> None:
    """A message stands under another ticket from now on."""
    with db.write() as session:
        session.get_one(Message, message_id).ticket_id = ticket_id
