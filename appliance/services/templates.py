"""What a new ticket starts with, read quickly. The first template is there from the start; its texts are the built-in
ones."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.language import mark, translate
from appliance.models import Connection, TicketTemplate
from appliance.services import statements, texts

PLANTED = mark("General ticket")
SUBJECT_LENGTH = 80
# What is left over where a place of a subject's pattern is empty.
_JOINTS = " ·:–—-,|/"


@dataclass(frozen=True)
class Beginning:
    """`subject` is a pattern; `stages` are the template's own, of which the first is where a ticket begins."""

    template_id: int | None = None
    name: str = ""
    subject: str = "{text}"
    team_id: int | None = None
    assignee_id: int | None = None
    priority: int = 0
    tags: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, object]:
        """Of the new ticket."""
        return {
            "template_id": self.template_id,
            "team_id": self.team_id,
            "assignee_id": self.assignee_id,
            "priority": self.priority,
            "step": self.stages[0] if self.stages else "",
        }

    def given(self, team_id: int | None, assignee_id: int | None) -> dict[str, object]:
        """For the event of the new ticket: to whom the template gave it, if it still stands so; {} for nobody."""
        team = team_id if team_id == self.team_id else None
        agent = assignee_id if assignee_id == self.assignee_id else None
        return {"given": {"template": self.name, "team": team, "agent": agent}} if team or agent else {}

    def title(self, text: str, name: str, place: str = "") -> str:
        """The subject: {text} is how the message begins, {name} the person, {place} the way in."""
        short = shortened(text)
        if self.subject == "{text}":
            return short
        filled = texts.fill(self.subject, {"text": short, "name": name, "place": place})
        return " ".join(filled.split()).strip(_JOINTS)[:200]


def shortened(text: str) -> str:
    """One line that fits a subject."""
    line = " ".join(text.split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def beginning(session: Session, template_id: int | None) -> Beginning:
    """The built-in one when there is no such template. Who no longer works here is given nothing."""
    row = session.connection().execute(statements.TEMPLATE, {"id": template_id or 0}).first()
    if row is None:
        return Beginning()
    return Beginning(
        template_id=row.id,
        name=row.name,
        subject=row.subject,
        team_id=row.team_id,
        assignee_id=row.assignee_id if row.active else None,
        priority=row.priority,
        tags=tuple(str(each) for each in row.tags),
        stages=tuple(str(each) for each in row.stages),
    )


def plant() -> None:
    """Make sure there is a template; called after each migration."""
    with db.write() as session:
        default_id(session)


def first_id(session: Session, language: str) -> int:
    """The same for a new connection. With the first one a box begins to work, and by then its language is known: the
    template that has been there from the start is called in it."""
    template = session.get_one(TicketTemplate, default_id(session))
    if template.name == PLANTED and session.scalar(select(Connection.id).limit(1)) is None:
        template.name = translate(PLANTED, language)
    return template.id


def default_id(session: Session) -> int:
    """The oldest template's id, made if there is none."""
    query = select(TicketTemplate.id).where(TicketTemplate.retired_at.is_(None))
    found = session.scalar(query.order_by(TicketTemplate.id).limit(1))
    if found is not None:
        return found
    template = TicketTemplate(name=PLANTED)
    session.add(template)
    session.flush()
    return template.id
