"""The owner's two settings are checked, and have sane values where nobody has set them."""

from __future__ import annotations

import pytest

from appliance_telegram import register_settings, timeouts


def test_its_settings_bear_its_name_and_accept_their_defaults() -> None:
    for field in register_settings():
        assert field.name.startswith("telegram.")
        assert field.check is not None
        assert field.check(field.default) is None


@pytest.mark.parametrize("text", ["", "0", "-1", "301", "2.5", "ten", "²", "9" * 50])
def test_nonsense_is_refused_in_words(text: str) -> None:
    for field in register_settings():
        assert field.check is not None
        assert field.check(text)


def test_without_a_running_box_the_defaults_hold() -> None:
    assert (timeouts.request_seconds(), timeouts.poll_seconds()) == (30, 25)
