"""Claiming the box."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import Setting, now
from appliance.services import agents, setup
from appliance.services.agents import AgentError
from appliance.services.setup import SetupError
from appliance.services.throttle import Throttled
from tests.unit.services.conftest import Desk

PASSWORD = "correct horse"


def code_of(code: str, address: str = "10.0.0.7") -> str:
    with pytest.raises(SetupError) as error:
        setup.claim(code, address)
    return error.value.code


def test_the_code_can_be_read_out_and_makes_an_owner(desk: Desk) -> None:
    code = setup.new_code()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-?){3}", code)
    proof = setup.claim(code, "")
    made = setup.make_owner(proof, "boss", "The Boss", PASSWORD)
    found = agents.find("boss")
    assert found is not None
    assert (found.id, found.role) == (made, "owner")


def test_it_is_understood_as_people_type_it(desk: Desk) -> None:
    code = setup.new_code()
    for typed in (code.lower(), code.replace("-", " "), f" {code} ", code.replace("-", "")):
        assert setup.claim(typed, "")


def test_letters_that_look_like_digits_are_those_digits(desk: Desk) -> None:
    code = next(code for code in iter(setup.new_code, None) if "0" in code or "1" in code)
    assert setup.claim(code.replace("0", "O").replace("1", "l"), "")


def test_a_wrong_code_claims_nothing(desk: Desk) -> None:
    setup.new_code()
    assert code_of("0000-0000-0000") == "wrong_code"
    assert code_of("") == "wrong_code"


def test_without_a_code_nothing_is_claimed(desk: Desk) -> None:
    assert code_of("") == "no_code"
    assert not setup.holds("")


def test_a_code_is_worth_nothing_after_a_day(desk: Desk) -> None:
    code = setup.new_code()
    proof = setup.claim(code, "")
    with db.write() as session:
        late = (now() - timedelta(seconds=1)).isoformat()
        session.execute(update(Setting).where(Setting.name == "setup.until").values(value=late))
    assert code_of(code) == "no_code"
    assert not setup.holds(proof)


def test_a_newer_code_ends_the_older_one(desk: Desk) -> None:
    first = setup.new_code()
    proof = setup.claim(first, "")
    setup.new_code()
    assert code_of(first) == "wrong_code"
    with pytest.raises(SetupError):
        setup.make_owner(proof, "boss", "The Boss", PASSWORD)


def test_guessing_is_slowed_down(desk: Desk) -> None:
    code = setup.new_code()
    for _ in range(5):
        assert code_of("0000-0000-0000") == "wrong_code"
    with pytest.raises(Throttled):
        setup.claim(code, "10.0.0.7")


def test_it_is_stored_as_a_hash_and_gone_with_the_owner(desk: Desk) -> None:
    code = setup.new_code()
    with db.session() as session:
        assert code.replace("-", "") not in str([row.value for row in session.scalars(select(Setting))])
    proof = setup.claim(code, "")
    setup.make_owner(proof, "boss", "The Boss", PASSWORD)
    with db.session() as session:
        assert not list(session.scalars(select(Setting).where(Setting.name.in_(("setup.code", "setup.until")))))
    assert code_of(code) == "claimed"
    with pytest.raises(SetupError):
        setup.new_code()
    with pytest.raises(SetupError):
        setup.make_owner(proof, "second", "Second", PASSWORD)


def test_a_refused_account_leaves_the_code_alive(desk: Desk) -> None:
    proof = setup.claim(setup.new_code(), "")
    with pytest.raises(AgentError):
        setup.make_owner(proof, "boss", "The Boss", "short")
    assert setup.holds(proof)


def test_it_remembers_where_the_wizard_was_left(desk: Desk) -> None:
    assert setup.step() == ""
    setup.go_to("bot")
    assert setup.step() == "bot"
    setup.go_to("")
    assert setup.step() == ""
