"""The manual, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

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
            elsewhere = ("http", f"{manual.PICTURES}/{language}/")
            chapters = [target for target in targets if not target.startswith(elsewhere)]
            for target, _, place in (unquote(target).partition("#") for target in chapters):
                assert not target or target in known, chapter.name
                assert not place or f'id="{place}"' in known[target or chapter.name].html, chapter.name


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_picture_is_small_described_and_shown(site: Site, language: str) -> None:
    folder = paths.MANUAL / language / manual.PICTURES
    text = "".join(str(chapter.html) for chapter in manual.chapters(language).values())
    shown = re.findall(r'<img src="([^"]+)" alt="([^"]+)" width="\d+" height="\d+"', text)
    assert {Path(address).stem for address, _words in shown} == {file.stem for file in folder.glob("*")}
    assert all(file.stat().st_size <= 60 * 1024 for file in folder.glob("*"))
    for address, _words in shown:
        answer = site.staff("agent").get(f"/help/{address}")
        assert (answer.status_code, answer.content_type) == (200, "image/png")


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
