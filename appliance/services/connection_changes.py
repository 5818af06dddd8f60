"""Changing how a connection behaves: its name, which ticket gets the next message, what customers are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from appliance import db, feed
from appliance.language import LANGUAGES
from appliance.models import Connection, TicketTemplate
from appliance.services.connecting import ConnectProblem
from appliance.values import Actor

POLICIES = ("new_after_done", "single")
WORDS = ("customer", "employee")
LONGEST_HOURS = 24 * 365
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Behaviour:
    """What the settings page sends; `greeting` and `acknowledgement` hold a text a language, '' the built-in one.
    `privacy_notice`: the same, '' none."""

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

    @property
    def texts(self) -> tuple[Mapping[str, str], ...]:
        return self.greeting, self.acknowledgement, self.privacy_notice


class BehaviourError(Exception):
    """code: title_empty, policy_unknown, word_unknown, hours, too_long."""

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
        connection.privacy_notice = _texts(wanted.privacy_notice)
        template = _own_template(session, connection)
        template.acknowledge = wanted.acknowledge
        template.greeting = _texts(wanted.greeting)
        template.acknowledgement = _texts(wanted.acknowledgement)
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


def _own_template(session: Session, connection: Connection) -> TicketTemplate:
    """Connections may share a template: one that is changed here becomes this connection's own."""
    shared = session.get(TicketTemplate, connection.template_id or 0)
    others = session.query(Connection).where(
        Connection.template_id == connection.template_id, Connection.id != connection.id
    )
    if shared is not None and not others.count():
        return shared
    own = TicketTemplate(name=connection.title[:80])
    if shared is not None:
        for name in ("subject", "team_id", "assignee_id", "priority", "tags", "stages"):
            setattr(own, name, getattr(shared, name))
    session.add(own)
    session.flush()
    connection.template_id = own.id
    return own


def _texts(given: Mapping[str, str]) -> dict[str, str]:
    return {language: given.get(language, "").strip() for language in LANGUAGES}
