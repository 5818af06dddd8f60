"""Background jobs: each a thin call of one service, by the name services wake it with."""

from __future__ import annotations

from appliance.queue import task
from appliance.services import bulk, fetching, groups, presses, renditions, sending, typing_signs, verification


@task("deliver")
def deliver(address_id: int) -> None:
    sending.deliver(address_id)


@task("fetch")
def fetch(file_id: int) -> None:
    fetching.fetch(file_id)


@task("bulk")
def work_through(job_id: int) -> None:
    bulk.run(job_id)


@task("leave")
def leave(address_id: int) -> None:
    groups.leave(address_id)


@task("typing")
def show_typing(address_id: int, noticed_at: int) -> None:
    typing_signs.show(address_id, noticed_at)


@task("answer_press")
def answer_press(connection_id: int, chat: str, *words: str) -> None:
    presses.answer(connection_id, chat, *words)


@task("verify")
def verify(connection_id: int) -> None:
    verification.verify(connection_id)


@task("prepare")
def prepare() -> None:
    renditions.prepare_next("quick")


@task("prepare_slowly")
def prepare_slowly() -> None:
    renditions.prepare_next("slow")
