"""The demo's conversations, played in the worker: customers through the messenger, staff through the desk."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from appliance import box
from appliance_sandbox.control import Control, Phone
from appliance_sandbox.conversations import Conversation, conversations, play_step
from appliance_sandbox.driving import drive
from appliance_sandbox.phone.line import NotReachableError, first_bot, line
from appliance_sandbox.progress import Progress, read_progress

LOOK_SECONDS = 1.0
PATIENCE = 60.0  # seconds for a ticket to appear or a reply to arrive
GREETED = 10.0  # seconds for a greeting; the shop may have none
CONNECTIONS = 10  # a box of its own has one; a few more do no harm


def play(stop: Event) -> None:
    """Play what is left to play, then do nothing until told to stop."""
    while not stop.wait(LOOK_SECONDS):
        progress = read_progress()
        if progress and _tell(progress, stop):
            stop.wait()


def _tell(progress: Progress, stop: Event) -> bool:
    """False when the messenger cannot be reached yet."""
    try:
        line.ask(lambda control: play_all(control, progress, stop))
    except NotReachableError:
        return False
    return True


def play_all(control: Control, progress: Progress, stop: Event) -> None:
    """Conversation after conversation, each from the step after the last one played."""
    bot_id = int(first_bot(control)["id"])
    for conversation in conversations():
        phone = _phone(control, bot_id, conversation, progress, stop)
        for number in range(progress.steps.get(conversation.name, 0), len(conversation.steps)):
            if stop.is_set():
                return
            # Noted first: a step that fails or is cut off is better missing than said twice.
            progress.steps[conversation.name] = number + 1
            progress.save()
            _play(phone, conversation.steps[number], stop)


def _phone(control: Control, bot_id: int, conversation: Conversation, progress: Progress, stop: Event) -> Phone:
    """The customer's phone; who is new presses start and reads the greeting first."""
    if conversation.name not in progress.customers:
        person = control.add_customer(**conversation.customer)
        progress.customers[conversation.name] = person["id"]
        progress.save()
        new = control.phone(bot_id, person["id"])
        new.start()
        _wait_for(lambda: len(new.answers()), stop, GREETED)
    return control.phone(bot_id, progress.customers[conversation.name])


def _play(phone: Phone, step: dict[str, object], stop: Event) -> None:
    if "drive" in step:
        drive(phone, step, stop)
        return
    if "reply" not in step:
        play_step(phone, step)
        return
    text = str(step["reply"])
    ticket = _wait_for(lambda: _ticket(phone.chat_id), stop)
    if ticket:
        box().reply(ticket, text)
        # What the customer says next answers this, so it has to be there.
        _wait_for(lambda: any(message.get("text") == text for message in phone.answers()), stop)


def _ticket(chat_id: int) -> int:
    """0 while there is none. Customers' numbers are random, so any connection that knows one is the right one."""
    found = (box().ticket_of(connection, str(chat_id)) for connection in range(1, CONNECTIONS + 1))
    return next((ticket for ticket in found if ticket), 0)


def _wait_for(find: Callable[[], int], stop: Event, patience: float = PATIENCE) -> int:
    """What `find` answers once it is true; 0 when that takes too long."""
    deadline = time.monotonic() + patience
    while not (found := find()) and time.monotonic() < deadline and not stop.wait(0.25):
        pass
    return found
