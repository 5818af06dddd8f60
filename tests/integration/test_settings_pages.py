"""What owners and managers change in the browser."""

from __future__ import annotations

from appliance.plugins import plugins
from appliance.services import connection_list, connections, settings
from appliance.values import SYSTEM, ConnectError
from tests.integration.conftest import Site

COMPANY = {
    "company": "Daisy",
    "language": "ru",
    "time_zone": "Europe/Moscow",
    "base_url": "http://helpdesk.lan",
    "currency": "EUR",
    "undo_seconds": "10",
    "journal_days": "7",
    "trail_days": "30",
    "disk_reserve_mb": "2048",
    "keep_video_days": "90",
    "keep_photo_days": "0",
    "keep_voice_days": "0",
    "keep_document_days": "0",
}


def connect(token: str = "1:secret") -> int:
    return connections.connect("plain", {"token": token}, "Support", SYSTEM).id


def test_the_company_is_saved_whole_or_not_at_all(site: Site) -> None:
    owner = site.staff()
    answer = owner.post("/settings/company", **{**COMPANY, "journal_days": "0"})
    assert answer.status_code == 422
    assert "This number is out of range." in answer.text
    assert settings.get("company") == ""
    assert owner.post("/settings/company", **COMPANY).status_code == 303
    assert {name: settings.get(name) for name in COMPANY} == COMPANY
    assert '<html lang="ru"' in owner.get("/settings/company").text


def test_a_connection_is_added_and_its_secret_never_shown(site: Site) -> None:
    owner = site.staff()
    answer = owner.post(
        "/settings/connections/new", "/settings/connections/new?channel=plain", channel="plain", token="1:secret"
    )
    page = owner.get(answer.location).text
    assert "Plain account" in page
    assert "1:secret" not in page
    assert "Plain account" in owner.get("/settings/connections/").text


def test_a_connection_that_exists_is_not_added_again(site: Site) -> None:
    connect()
    answer = site.staff().post("/settings/connections/new", channel="plain", token="1:secret")
    assert answer.status_code == 422
    assert "Support is connected already." in answer.text


def test_a_manager_changes_how_a_connection_behaves(site: Site) -> None:
    number = connect()
    manager = site.staff("manager")
    given = {"title": "Sales", "contact_word": "customer", "thread_policy": "single", "reopen_hours": "48"}
    assert manager.post(f"/settings/connections/{number}", **given, greeting_ru="Привет").status_code == 303
    view = connection_list.find(number)
    assert view is not None
    assert (view.title, view.thread_policy, view.acknowledge, view.greeting["ru"]) == (
        "Sales",
        "single",
        False,
        "Привет",
    )
    wrong = manager.post(f"/settings/connections/{number}", **{**given, "reopen_hours": "a day"})
    assert wrong.status_code == 422
    assert "Between 0 hours and a year." in wrong.text


def test_texts_are_shown_as_the_customer_will_read_them(site: Site) -> None:
    number = connect()
    owner = site.staff()
    given = {"title": "Sales", "contact_word": "customer", "thread_policy": "single", "reopen_hours": "48"}
    texts = {"greeting_en": "Hi {name}\r\nat {place}", "privacy_notice_en": "We keep it for a year."}
    assert owner.post(f"/settings/connections/{number}", **given, **texts, signature="1").status_code == 303
    view = connection_list.find(number)
    assert view is not None
    assert (view.signature, view.greeting["en"], view.privacy_notice["en"]) == (
        True,
        "Hi {name}\nat {place}",
        "We keep it for a year.",
    )
    page = owner.get(f"/settings/connections/{number}").text
    assert 'data-previews="greeting_en" data-below="privacy_notice_en"' in page
    assert "&#34;place&#34;: &#34;Till 2&#34;" in page


def test_only_an_owner_touches_the_token(site: Site) -> None:
    number = connect()
    manager = site.staff("manager")
    page = manager.get(f"/settings/connections/{number}").text
    assert f"/settings/connections/{number}/token" not in page
    for action in ("token", "enabled", "take-over"):
        assert manager.post(f"/settings/connections/{number}/{action}", token="2").status_code == 403
    assert connections.info(number).settings == {"token": "1:secret"}


def test_a_new_token_is_checked_before_it_is_stored(site: Site) -> None:
    number = connect()
    owner = site.staff()
    site.outside.unwilling = ConnectError("refused")
    owner.post(f"/settings/connections/{number}/token", token="1:worse")
    assert "Refused." in owner.get(f"/settings/connections/{number}").text
    assert connections.info(number).settings == {"token": "1:secret"}
    site.outside.unwilling = None
    owner.post(f"/settings/connections/{number}/token", token="", server="http://there")
    assert connections.info(number).settings == {"token": "1:secret", "server": "http://there"}


def test_a_connection_is_paused_and_goes_on(site: Site) -> None:
    number = connect()
    owner = site.staff()
    owner.post(f"/settings/connections/{number}/enabled", enabled="0")
    assert connections.enabled() == []
    assert "paused" in owner.get("/settings/connections/").text
    owner.post(f"/settings/connections/{number}/enabled", enabled="1")
    assert connections.enabled() == [number]


def test_a_connection_that_does_not_exist_is_not_found(site: Site) -> None:
    assert site.staff().get("/settings/connections/999").status_code == 404
    assert site.staff().get("/settings/connections/new?channel=pigeon").status_code == 404


def test_plugins_are_listed_with_what_is_wrong(site: Site) -> None:
    plugins().note("plain", "render_part", ValueError("<script>"))
    page = site.staff().get("/settings/plugins/").text
    assert "runs with full access" in page
    assert "It failed in render_part: ValueError: &lt;script&gt;" in " ".join(page.split())
    assert "telegram" in page
    assert "defaults" not in page


def test_a_plugins_settings_are_saved(site: Site) -> None:
    owner = site.staff()
    page = owner.get("/settings/plugins/maps").text
    fields = {name: value for name, value in settings.all_values().items() if name.startswith("maps.")}
    assert all(f'name="{name}"' in page for name in fields)
    assert owner.post("/settings/plugins/maps", **{**fields, "maps.tiles": "off"}).status_code == 303
    assert settings.get("maps.tiles") == "off"
    assert owner.get("/settings/plugins/nonsense").status_code == 404
