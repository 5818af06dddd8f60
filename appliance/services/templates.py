"""What a new ticket starts with, read quickly. The first template is there from the start; its texts are the built-in
ones."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db
from appliance.models import TicketTemplate
from appliance.services import statements, texts

SUBJECT_LENGTH = 80
# What is left over where a place of a subject's pattern is empty.
_JOINTS = " ·:–—-,|/"


@dataclass(frozen=True)
class Beginning:
    """`subject` is a pattern; `stages` are the template's own, of which the first is where a ticket begins."""

    template_id: int | None = None
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


def default_id(session: Session) -> int:
    """The oldest template's id, made if there is none."""
    query = select(TicketTemplate.id).where(TicketTemplate.retired_at.is_(None))
    found = session.scalar(query.order_by(TicketTemplate.id).limit(1))
    if found is not None:
        return found
    template = TicketTemplate(name="Default")
    session.add(template)
    session.flush()
    return template.id
