"""The manual, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance import paths
from appliance.web import manual
from tests.integration.conftest import Site


def test_both_languages_have_the_same_chapters() -> None:
    assert list(manual.chapters("en")) == list(manual.chapters("ru"))
    assert len(manual.chapters("en")) >= 5


@pytest.mark.parametrize("name", list(manual.chapters("en")))
def test_each_chapter_is_served_with_its_title(site: Site, name: str) -> None:
    answer = site.staff("agent").get(f"/help/{name}")
    assert answer.status_code == 200
    assert f"<h1>{manual.chapters('en')[name].title}</h1>" in answer.text


def test_links_between_chapters_lead_somewhere() -> None:
    for language in ("en", "ru"):
        known = manual.chapters(language)
        for chapter in known.values():
            targets = [part.split('"')[0] for part in str(chapter.html).split('href="')[1:]]
            assert all(target in known or target.startswith("http") for target in targets), chapter.name


def test_html_in_the_manual_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "1-evil.md").write_text("# Evil\n\n<script>alert(1)</script> [x](javascript:alert(1))\n")
    (tmp_path / "en" / "notes.md").write_text("# Not a chapter\n")
    monkeypatch.setattr(paths, "MANUAL", tmp_path)
    found = manual.chapters.__wrapped__("xx")
    assert list(found) == ["evil"]
    assert "<script>" not in found["evil"].html
    assert "javascript:" not in str(found["evil"].html).replace("[x](javascript:alert(1))", "")


def test_help_begins_with_the_first_chapter(site: Site) -> None:
    assert site.staff("agent").get("/help/").location == "/help/getting-started"
    assert site.staff("agent").get("/help/nonsense").status_code == 404
