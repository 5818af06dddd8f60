"""A day's work on what people wrote: answered, noted, handed over, put off, finished, thrown away."""

from __future__ import annotations

from scripts.picturing.demo_desk import Desk
from tests.harness.waiting import wait_until


def work(desk: Desk) -> None:
    know_the_customer(desk)
    work_on_main(desk)
    put_away(desk)
    hand_around(desk)
    take_a_call(desk)


def know_the_customer(desk: Desk) -> None:
    """One company with two people, a remark, a field, a phone number."""
    words = desk.words
    values = {
        "organisation": words["company"],
        "note": words["remark"],
        "phone": words["by_hand"]["phone"].replace("991", "417").replace("67", "18"),
        f"field-{desk.known['field_contract']}": words["fields"]["values"][-1],
        "tags": words["tags"][1],
    }
    for what, value in values.items():
        desk.post("owner", "/customers/{main_contact}/change", what=what, value=value)
    desk.post("owner", "/customers/{order_contact}/change", what="organisation", value=words["company"])
    desk.known["organisation"] = max(
        number for number in range(1, 10) if desk.owner.http.get(f"/organisations/{number}").status_code == 200
    )


def work_on_main(desk: Desk) -> None:
    words, (order, reason, amount, date, _contract) = desk.words, desk.words["fields"]["values"]
    desk.post("owner", "/t/{main}/take")
    desk.post("owner", "/t/{main}/tags", tags=", ".join(words["tags"][:2]))
    for key, value in (("order", order), ("reason", reason), ("sum", amount), ("date", date)):
        desk.post("owner", f"/t/{{main}}/fields/{desk.known[f'field_{key}']}", value=value)
    desk.post("owner", "/t/{main}/team", team=desk.known["team"])
    desk.post("owner", "/t/{main}/priority", priority="3")
    desk.post("owner", "/t/{main}/due", due="tomorrow")
    desk.post("anna", "/t/{main}/follow")
    for what, login in zip(words["subtasks"], ("anna", "boris"), strict=True):
        desk.post("owner", "/t/{main}/subtasks", what=what, assignee=desk.known[login], due="tomorrow")
    desk.known["subtask"] = int(desk.known["offered"]) + 1
    desk.post("owner", f"/t/{{main}}/subtasks/{int(desk.known['subtask']) + 1}/done")
    desk.known["reply"] = desk.write("owner", "main", words["reply"])
    phone = desk.phones["main"]
    wait_until(lambda: words["reply"] in str(phone.answers()), "the reply", 60)
    desk.write("anna", "main", words["note"].format(owner=words["owner"]), mode="note")
    desk.write("owner", "main", words["quoted"], reply_to=first_message(desk))
    desk.post("owner", "/t/{main}/links", number=desk.known["second"])


def first_message(desk: Desk) -> int:
    found = desk.owner.read(f"/t/{desk.known['main']}").partition('data-message="')[2]
    return int(found.partition('"')[0])


def put_away(desk: Desk) -> None:
    words = desk.words
    desk.write("anna", "done", words["done_reply"])
    desk.post("anna", "/t/{done}/finish", outcome="solved")
    desk.post("anna", "/t/{flickering_screen}/finish", outcome="solved")
    desk.post("owner", "/t/{snoozed}/snooze", until="tomorrow")
    desk.post("owner", "/t/{spam}/shelve", shelf="spam", quiet="1")
    desk.post("owner", "/t/{trash}/shelve", shelf="trash", quiet="0")
    desk.post("owner", "/t/{order}/drafts/reply", text=words["draft"], version="1")
    desk.post("owner", "/t/{order}/due", due="today")
    phone = desk.phones["undelivered"]
    phone.block()
    desk.write("owner", "undelivered", words["undelivered"])


def hand_around(desk: Desk) -> None:
    """Something for the bell: a colleague hands over, a customer writes again."""
    words = desk.words
    desk.post("owner", "/t/{faded_receipt}/assign", agent=desk.known["boris"])
    desk.post("boris", "/t/{faded_receipt}/handover", to=f"agent:{owner_number(desk)}", text=words["handover"])
    desk.post("owner", "/t/{invoice}/tags", tags=words["tags"][2])
    desk.post("owner", "/t/{invoice}/assign", agent=desk.known["anna"])
    desk.post("owner", "/t/{offered}/offer", team=desk.known["second_team"])
    desk.post("owner", "/t/{wrong_model}/assign", agent=desk.known["vera"])


def owner_number(desk: Desk) -> int:
    return int(desk.owner.read("/me/").partition('data-agent="')[2].partition('"')[0])


def take_a_call(desk: Desk) -> None:
    """A ticket by hand; nobody is reached by it yet."""
    call = desk.words["by_hand"]
    desk.post("owner", "/new", **call, template=desk.known["template"], assignee=owner_number(desk))
    desk.known["by_hand"] = desk.find_ticket(call["name"])
    desk.known["by_hand_contact"] = desk.find_contact(desk.known["by_hand"])
