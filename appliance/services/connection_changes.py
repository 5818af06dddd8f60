"""Changing how a connection behaves: its name, which ticket gets the next message, what customers are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.models import Connection, ContactTemplate, Entrance, TemplateField, TicketTemplate
from appliance.services.connecting import ConnectProblem
from appliance.services.template_parts import texts_of, users
from appliance.values import Actor

POLICIES = ("new_after_done", "single")
WORDS = ("customer", "employee")
LONGEST_HOURS = 24 * 365
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Behaviour:
    """What the settings page sends; `greeting` and `acknowledgement` hold a text a language, '' the built-in one.
    `privacy_notice`: the same, '' none. `template_id`: what new tickets start with, None = as it is now; the texts are
    those of the template that was shown, so another one keeps its own. `contact_template_id`: None = none."""

    title: str
    contact_word: str
    thread_policy: str
    reopen_hours: int
    thanks_reopen: bool
    acknowledge: bool
    greeting: Mapping[str, str]
    acknowledgement: Mapping[str, str]
    signature: bool = False
    privacy_notice: Mapping[str, str] = field(default_factory=dict)
    template_id: int | None = None
    contact_template_id: int | None = None

    @property
    def texts(self) -> tuple[Mapping[str, str], ...]:
        return self.greeting, self.acknowledgement, self.privacy_notice


class BehaviourError(Exception):
    """code: title_empty, policy_unknown, word_unknown, hours, too_long, no_template."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def change(connection_id: int, wanted: Behaviour, by: Actor) -> None:
    """Raises BehaviourError, ConnectProblem('not_found')."""
    _check(wanted)
    with db.write() as session:
        connection = session.get(Connection, connection_id)
        if connection is None:
            raise ConnectProblem("not_found", channel="")
        connection.title = wanted.title.strip()[:120]
        connection.contact_word = wanted.contact_word
        connection.thread_policy = wanted.thread_policy
        connection.reopen_hours = wanted.reopen_hours
        connection.thanks_reopen = wanted.thanks_reopen
        connection.signature = wanted.signature
        connection.privacy_notice = texts_of(wanted.privacy_notice)
        _choose_templates(session, connection, wanted)
        feed.append(session, "connection_changed", by=by, after={"connection": connection_id, "behaviour": True})


def _check(wanted: Behaviour) -> None:
    if not wanted.title.strip():
        raise BehaviourError("title_empty")
    if wanted.thread_policy not in POLICIES:
        raise BehaviourError("policy_unknown")
    if wanted.contact_word not in WORDS:
        raise BehaviourError("word_unknown")
    if not 0 <= wanted.reopen_hours <= LONGEST_HOURS:
        raise BehaviourError("hours")
    if any(len(text) > LONGEST_TEXT for texts in wanted.texts for text in texts.values()):
        raise BehaviourError("too_long")


def _choose_templates(session: Session, connection: Connection, wanted: Behaviour) -> None:
    if wanted.contact_template_id is not None and session.get(ContactTemplate, wanted.contact_template_id) is None:
        raise BehaviourError("no_template")
    connection.contact_template_id = wanted.contact_template_id
    if wanted.template_id not in (None, connection.template_id):
        if session.get(TicketTemplate, wanted.template_id) is None:
            raise BehaviourError("no_template")
        connection.template_id = wanted.template_id
        return
    said = {
        "acknowledge": wanted.acknowledge,
        "greeting": texts_of(wanted.greeting),
        "acknowledgement": texts_of(wanted.acknowledgement),
    }
    template = session.get(TicketTemplate, connection.template_id or 0)
    if template is None or _said_by(template) != said:
        template = _own_template(session, connection)
        for name, value in said.items():
            setattr(template, name, value)


def _said_by(template: TicketTemplate) -> dict[str, object]:
    return {
        "acknowledge": template.acknowledge,
        "greeting": texts_of(template.greeting),
        "acknowledgement": texts_of(template.acknowledgement),
    }


def _own_template(session: Session, connection: Connection) -> TicketTemplate:
    """Connections and ways in may share a template: one whose texts are changed here becomes this connection's own."""
    shared = session.get(TicketTemplate, connection.template_id or 0)
    if shared is not None and len(users(session, Connection.template_id, Entrance.template_id, shared.id)) == 1:
        return shared
    own = TicketTemplate(name=_free_name(session, connection.title))
    if shared is not None:
        for name in ("subject", "team_id", "assignee_id", "priority", "tags", "stages"):
            setattr(own, name, getattr(shared, name))
    session.add(own)
    session.flush()
    for row in session.scalars(select(TemplateField).where(TemplateField.template_id == connection.template_id)):
        session.add(
            TemplateField(template_id=own.id, field_id=row.field_id, position=row.position, required=row.required)
        )
    connection.template_id = own.id
    return own


def _free_name(session: Session, title: str) -> str:
    taken = {name.casefold() for name in session.scalars(select(TicketTemplate.name))}
    numbered = (title[:80], *(f"{title[:75]} {number}" for number in range(2, 10_000)))
    return next(name for name in numbered if name.casefold() not in taken)
