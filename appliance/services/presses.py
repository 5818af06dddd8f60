"""Quick answers: the customer's press becomes the label they pressed, and the messenger is told that it was taken."""

from __future__ import annotations

import logging
import re

from sqlalchemy import select

from appliance import db, queue
from appliance.models import Message, MessageRef, now
from appliance.services import connections, options
from appliance.values import Chat, IncomingButton, Person, Reference

LONGEST = 256
_ANSWER = re.compile(r"answer:(\d{1,2})", re.ASCII)
log = logging.getLogger("appliance.presses")


def label(connection_id: int, press: IncomingButton) -> str:
    """What the pressed button says; the bare data when it is none of our quick answers."""
    answer = _ANSWER.fullmatch(press.data)
    query = (
        select(Message.options)
        .join(MessageRef, MessageRef.message_id == Message.id)
        .where(MessageRef.connection_id == connection_id)
        .where(MessageRef.chat == press.reference.chat, MessageRef.external_id == press.reference.message)
    )
    with db.session() as session:
        kept = session.scalar(query) if answer else None
    buttons = options.buttons_of(kept) if kept else ()
    number = int(answer[1]) if answer else 0
    return buttons[number] if number < len(buttons) else press.data


def taken(connection_id: int, press: IncomingButton) -> None:
    """Have the messenger told soon: it asks no longer than some minutes."""
    where = (press.chat.external_id, press.reference.chat, press.reference.message, press.author.external_id)
    if all(len(word) <= LONGEST for word in (*where, press.data, press.callback_id)):
        queue.wake("answer_press", connection_id, *where, press.data, press.callback_id, priority=20)


def answer(connection_id: int, chat: str, *words: str) -> None:
    """Words: the message's chat and number, who pressed, the data, the press's own number."""
    message_chat, message, author, data, callback = words
    reference = Reference(message_chat, message)
    press = IncomingButton(Chat(chat), Person(author, ""), reference, now(), data, callback)
    try:
        connections.channel_of(connection_id).answer_press(connections.info(connection_id), press)
    except Exception as error:  # noqa: BLE001  (the answer is in our books; the phone's button may spin a while)
        log.info("a press at connection %s was not answered: %s", connection_id, type(error).__name__)
