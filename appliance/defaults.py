"""The core's own answers to its hooks: always asked last."""

from __future__ import annotations

from appliance.hookspecs import hookimpl
from appliance.services import routing
from appliance.values import IncomingMessage, TicketAnswer, TicketQuestion, Verdict


@hookimpl(trylast=True)
def screen_message(connection_id: int, message: IncomingMessage) -> Verdict:
    return Verdict("accept")


@hookimpl(trylast=True)
def find_ticket(question: TicketQuestion) -> TicketAnswer:
    return routing.choose(question)
