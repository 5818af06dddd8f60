"""How a connection behaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appliance.services import connection_list, connections
from appliance.services.connecting import ConnectProblem
from appliance.services.connection_changes import Behaviour, BehaviourError, change
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk

WANTED = Behaviour(
    title=" Sales ",
    contact_word="employee",
    thread_policy="single",
    reopen_hours=48,
    thanks_reopen=True,
    acknowledge=False,
    greeting={"en": "Hi", "ru": " Привет "},
    acknowledgement={"en": "", "ru": "Заявка {number}"},
    signature=True,
    privacy_notice={"en": "We keep it for a year.", "ru": ""},
)


def test_it_keeps_what_was_chosen(desk: Desk) -> None:
    change(desk.connection_id, WANTED, SYSTEM)
    view = connection_list.find(desk.connection_id)
    assert view is not None
    assert (view.title, view.contact_word, view.thread_policy, view.reopen_hours) == ("Sales", "employee", "single", 48)
    assert (view.thanks_reopen, view.acknowledge) == (True, False)
    assert (view.signature, view.privacy_notice) == (True, {"en": "We keep it for a year.", "ru": ""})
    assert (view.greeting, view.acknowledgement) == ({"en": "Hi", "ru": "Привет"}, {"en": "", "ru": "Заявка {number}"})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "title_empty"),
        ({"contact_word": "pet"}, "word_unknown"),
        ({"thread_policy": "never"}, "policy_unknown"),
        ({"reopen_hours": -1}, "hours"),
        ({"reopen_hours": 9000}, "hours"),
        ({"greeting": {"en": "x" * 1001}}, "too_long"),
        ({"privacy_notice": {"ru": "x" * 1001}}, "too_long"),
    ],
)
def test_it_refuses_what_cannot_be(desk: Desk, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(BehaviourError) as error:
        change(desk.connection_id, replace(WANTED, **wrong), SYSTEM)  # type: ignore[arg-type]  # wrong on purpose
    assert error.value.code == code


def test_a_shared_template_stays_as_it_is_for_the_others(desk: Desk) -> None:
    other = connections.connect("plain", {"token": "other"}, "Other", SYSTEM).id
    change(desk.connection_id, WANTED, SYSTEM)
    untouched = connection_list.find(other)
    assert untouched is not None
    assert (untouched.acknowledge, untouched.greeting) == (True, {"en": "", "ru": ""})


def test_a_connection_that_is_gone_cannot_be_changed(desk: Desk) -> None:
    with pytest.raises(ConnectProblem):
        change(999, WANTED, SYSTEM)
