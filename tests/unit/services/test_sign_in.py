"""Sessions: begun with a password, known by a token, ended by people or time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from appliance import db
from appliance.models import SignIn, now
from appliance.services import agents, sign_in
from appliance.services.throttle import Throttled
from appliance.values import SYSTEM
from tests.unit.services.conftest import Desk

PASSWORD = "correct horse"


@pytest.fixture
def anna(desk: Desk) -> int:
    return agents.add("anna", "Anna", "agent", PASSWORD, SYSTEM)


def shift(**columns: timedelta) -> None:
    """Move the only session's times into the past."""
    with db.write() as session:
        row = session.scalars(select(SignIn)).one()
        session.execute(update(SignIn).values(**{name: getattr(row, name) - ago for name, ago in columns.items()}))


def test_the_right_password_begins_a_session(anna: int) -> None:
    known = sign_in.recognise(sign_in.sign_in(" Anna ", PASSWORD, "10.0.0.7", "Firefox"))
    assert known is not None
    assert known.agent.id == anna
    (seen,) = sign_in.sessions_of(anna)
    assert (seen.address, seen.browser) == ("10.0.0.7", "Firefox")


def test_the_database_does_not_hold_the_token(anna: int) -> None:
    token = sign_in.sign_in("anna", PASSWORD, "", "")
    with db.session() as session:
        row = session.scalars(select(SignIn)).one()
    assert token not in (row.token_hash, row.browser, row.address)
    assert len(token) >= 43


@pytest.mark.parametrize(("login", "password"), [("anna", "wrong password"), ("nobody", PASSWORD), ("anna", "")])
def test_a_wrong_login_or_password_begins_none(anna: int, login: str, password: str) -> None:
    with pytest.raises(sign_in.WrongPassword):
        sign_in.sign_in(login, password, "", "")


def test_who_has_left_cannot_sign_in(anna: int) -> None:
    agents.change(anna, SYSTEM, active=False)
    with pytest.raises(sign_in.WrongPassword):
        sign_in.sign_in("anna", PASSWORD, "", "")


def test_a_guesser_has_to_wait_even_with_the_right_password(anna: int) -> None:
    for _ in range(5):
        with pytest.raises(sign_in.WrongPassword):
            sign_in.sign_in("anna", "wrong password", "10.0.0.7", "")
    with pytest.raises(Throttled) as wait:
        sign_in.sign_in("anna", PASSWORD, "10.0.0.8", "")
    assert 0 < wait.value.seconds <= 3


def test_the_right_password_forgives_earlier_slips(anna: int) -> None:
    for _ in range(4):
        with pytest.raises(sign_in.WrongPassword):
            sign_in.sign_in("anna", "wrong password", "", "")
    sign_in.sign_in("anna", PASSWORD, "", "")
    for _ in range(4):
        with pytest.raises(sign_in.WrongPassword):
            sign_in.sign_in("anna", "wrong password", "", "")


def test_a_session_nobody_uses_ends_after_two_weeks(anna: int) -> None:
    token = sign_in.sign_in("anna", PASSWORD, "", "")
    shift(expires_at=timedelta(days=13))
    assert sign_in.recognise(token) is not None
    shift(expires_at=timedelta(days=1))
    assert sign_in.recognise(token) is None


def test_using_it_keeps_a_session_alive_but_not_beyond_ninety_days(anna: int) -> None:
    token = sign_in.sign_in("anna", PASSWORD, "", "")
    shift(seen_at=timedelta(days=10), expires_at=timedelta(days=10), created_at=timedelta(days=10))
    assert sign_in.recognise(token) is not None
    with db.session() as session:
        row = session.scalars(select(SignIn)).one()
    assert row.expires_at > now() + timedelta(days=13)
    shift(seen_at=timedelta(days=1), created_at=timedelta(days=79))
    assert sign_in.recognise(token) is not None
    with db.session() as session:
        row = session.scalars(select(SignIn)).one()
    assert row.expires_at < now() + timedelta(days=2)


def test_one_ends_ones_own_sessions_only(anna: int, desk: Desk) -> None:
    assert desk.agent.id is not None
    mine, hers = sign_in.begin(anna, "", "mine"), sign_in.begin(desk.agent.id, "", "hers")
    known = sign_in.recognise(hers)
    assert known is not None
    sign_in.revoke(anna, known.sign_in_id)
    assert sign_in.recognise(hers) is not None
    other = sign_in.recognise(mine)
    assert other is not None
    sign_in.revoke(anna, other.sign_in_id)
    assert sign_in.recognise(mine) is None


@pytest.mark.parametrize("token", ["", "x", "'; DROP TABLE sign_in; --", "é" * 500])
def test_a_made_up_token_is_nobody(anna: int, token: str) -> None:
    assert sign_in.recognise(token) is None
