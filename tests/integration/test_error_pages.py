"""A sentence in the reader's language, and never a stack trace."""

from __future__ import annotations

import logging

import pytest

from tests.integration.conftest import Site


@pytest.fixture
def broken(fresh: Site) -> Site:
    """With pages that fail in several ways."""

    def fail() -> str:
        raise RuntimeError("secret detail")

    fresh.app.add_url_rule("/health/fail", view_func=fail, endpoint="health.fail")
    return fresh


def test_a_missing_page_is_explained_in_both_languages(site: Site) -> None:
    owner = site.staff()
    assert "There is nothing here" in owner.get("/nonsense", headers={"Accept-Language": "en"}).text
    assert "Здесь ничего нет" in owner.get("/nonsense", headers={"Accept-Language": "ru"}).text


def test_a_failure_tells_nothing_of_the_inside(broken: Site, caplog: pytest.LogCaptureFixture) -> None:
    owner = broken.staff()
    with caplog.at_level(logging.ERROR):
        answer = owner.get("/health/fail")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret detail" in caplog.text


def test_a_script_gets_one_line_of_text(broken: Site) -> None:
    answer = broken.staff().get("/health/fail", headers={"HX-Request": "true"})
    assert answer.mimetype == "text/plain"
    assert answer.text == "It was written to the log of the box. Please try again.\n"


def test_a_wrong_method_names_the_right_ones(site: Site) -> None:
    answer = site.staff().client.put("/me/")
    assert answer.status_code in (400, 405)
    assert "Traceback" not in answer.text


def test_too_large_a_form_is_refused(site: Site) -> None:
    visitor = site.staff()
    token = visitor.get("/me/").text.split('name="csrf-token" content="')[1].split('"')[0]
    answer = visitor.client.post("/me/", data={"name": "x" * (1 << 20)}, headers={"X-CSRFToken": token})
    assert answer.status_code == 413
