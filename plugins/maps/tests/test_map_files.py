"""Map files come into the box, are listed, served in ranges, and removed."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from appliance import SYSTEM
from appliance.app import close_app, create_app
from appliance.config import Config
from appliance.schema import bring_up_to_date
from appliance.services import agents, sign_in
from appliance.web import cookies
from appliance_maps import map_files
from appliance_maps.archive import HEADER, Unusable
from appliance_maps.commands import maps
from appliance_maps.map_files import add_map_file, add_piece, clean_name, find_map_file, list_map_files
from plugins.maps.tests.archives import write_images, write_vectors
from tests.harness.templates import keep_compiled

Staff = tuple[FlaskClient, dict[str, str]]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    config = Config(data=tmp_path / "data")
    bring_up_to_date(config)
    app = keep_compiled(create_app(config, strict=True))
    yield app
    close_app(app)


def sign_in_as(app: Flask, role: str) -> Staff:
    """A browser that is signed in, and the header its unsafe requests carry. The box is claimed by then."""
    for each in ("owner", role):
        if agents.find(each) is None:
            agents.add(each, each.title(), each, "correct horse", SYSTEM)
    known = agents.find(role)
    assert known is not None
    client = app.test_client()
    client.set_cookie(cookies.SIGN_IN, sign_in.begin(known.id, "", "test"))
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/me/").text)
    assert found is not None
    return client, {"X-CSRFToken": found[1]}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_images(tmp_path / "town.pmtiles")


def test_a_file_put_into_the_folder_is_found(app: Flask, town: Path) -> None:
    shutil.copy(town, map_files.folder() / "my town.pmtiles")
    [found] = list_map_files()
    assert found.name == "my town.pmtiles"
    assert found.archive is not None


def test_a_file_that_is_no_map_is_listed_with_its_fault(app: Flask) -> None:
    (map_files.folder() / "odd.pmtiles").write_bytes(b"hello")
    [found] = list_map_files()
    assert found.archive is None
    assert found.fault == "This is not a PMTiles file."


def test_a_copied_file_takes_the_place_of_an_older_one(app: Flask, town: Path, tmp_path: Path) -> None:
    first = add_map_file(town)
    second = add_map_file(write_vectors(tmp_path / "new.pmtiles"), "town.pmtiles")
    assert [file.version for file in list_map_files()] == [second.version]
    assert first.version != second.version


def test_a_file_that_is_no_map_leaves_the_older_one(app: Flask, town: Path, tmp_path: Path) -> None:
    add_map_file(town)
    (tmp_path / "odd.pmtiles").write_bytes(b"hello")
    with pytest.raises(Unusable):
        add_map_file(tmp_path / "odd.pmtiles", "town.pmtiles")
    found = find_map_file("town.pmtiles")
    assert found is not None
    assert found.archive is not None


def test_it_keeps_room_for_everything_else(app: Flask, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_files, "ROOM_LEFT", 1 << 60)
    with pytest.raises(Unusable, match="not enough room"):
        add_map_file(town)
    assert list(map_files.folder().iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pmtiles"),
        ("C:\\maps\\Москва 2026.pmtiles", "Москва-2026.pmtiles"),
        (".pmtiles", "map.pmtiles"),
        ("...", "map.pmtiles"),
        ("x" * 300, "x" * 100 + ".pmtiles"),
    ],
)
def test_a_name_never_becomes_a_path(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_an_upload_comes_in_pieces(app: Flask, town: Path) -> None:
    content = town.read_bytes()
    assert add_piece("town.pmtiles", 0, len(content), io.BytesIO(content[:200])) is None
    assert list_map_files() == []
    with pytest.raises(map_files.OutOfStep) as step:
        add_piece("town.pmtiles", 300, len(content), io.BytesIO(content[300:]))
    assert step.value.there == 200
    assert add_piece("town.pmtiles", 200, len(content), io.BytesIO(content[200:])) == find_map_file("town.pmtiles")


def test_what_is_no_map_is_refused_at_its_first_piece(app: Flask) -> None:
    with pytest.raises(Unusable, match="not a PMTiles file"):
        add_piece("odd.pmtiles", 0, 1 << 30, io.BytesIO(bytes(1000)))
    assert list(map_files.folder().iterdir()) == []


def test_an_upload_that_goes_on_beyond_its_end_is_refused(app: Flask, town: Path) -> None:
    content = town.read_bytes()
    with pytest.raises(Unusable, match="longer"):
        add_piece("town.pmtiles", 0, len(content), io.BytesIO(content + b"x"))


def test_the_owner_uploads_and_removes_on_the_page(app: Flask, town: Path) -> None:
    client, headers = sign_in_as(app, "owner")
    content = town.read_bytes()
    address = f"/maps/basemap/pieces?name=town.pmtiles&size={len(content)}"
    start = client.post(f"{address}&offset=0", data=content[:100], headers=headers)
    assert (start.status_code, start.text) == (422, "This is not a PMTiles file.")
    assert client.post(f"{address}&offset=0", data=content[:300], headers=headers).json == {"done": False}
    assert client.post(f"{address}&offset=0", data=content[:300], headers=headers).json == {"done": False}
    assert client.post(f"{address}&offset=9", data=b"", headers=headers).json == {"there": 300}
    assert client.post(f"{address}&offset=300", data=content[300:], headers=headers).json == {"done": True}
    page = client.get("/maps/basemap").text
    assert "town.pmtiles is in use now." in page
    assert "© OpenStreetMap &amp; others" in page
    assert 'href="/maps/basemap"' in client.get("/settings/plugins/maps").text
    client.post("/maps/basemap/remove", data={"name": "town.pmtiles"}, headers=headers)
    assert list_map_files() == []


def test_a_piece_is_never_larger_than_agreed(app: Flask) -> None:
    client, headers = sign_in_as(app, "owner")
    answer = client.post(
        "/maps/basemap/pieces?name=a&size=9999999&offset=0", data=bytes((8 << 20) + 1), headers=headers
    )
    assert answer.status_code == 413


def test_nobody_but_the_owner_changes_map_files(app: Flask, town: Path) -> None:
    add_map_file(town)
    client, headers = sign_in_as(app, "agent")
    assert client.get("/maps/basemap").status_code == 403
    assert client.post("/maps/basemap/remove", data={"name": "town.pmtiles"}, headers=headers).status_code == 403
    pieces = "/maps/basemap/pieces?name=a&offset=0&size=1"
    assert client.post(pieces, data=b"P", headers=headers).status_code == 403
    assert client.post(pieces, data=b"P").status_code in (400, 403)
    assert len(list_map_files()) == 1


def test_tiles_are_read_in_ranges_and_kept_for_ever(app: Flask, town: Path) -> None:
    file = add_map_file(town)
    client, _ = sign_in_as(app, "agent")
    address = f"/maps/basemap/{file.version}/{file.name}"
    answer = client.get(address, headers={"Range": f"bytes=0-{HEADER.size - 1}"})
    assert (answer.status_code, answer.data) == (206, town.read_bytes()[: HEADER.size])
    assert answer.headers["Content-Range"] == f"bytes 0-126/{file.size}"
    assert answer.headers["ETag"] == f'"{file.version}"'
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(address).status_code == 416
    assert client.get(address, headers={"Range": f"bytes={file.size}-"}).status_code == 416
    assert client.get(f"/maps/basemap/0000/{file.name}", headers={"Range": "bytes=0-9"}).status_code == 404
    assert client.get(f"/maps/basemap/{file.version}/../x", headers={"Range": "bytes=0-9"}).status_code == 404
    assert app.test_client().get(address, headers={"Range": "bytes=0-9"}).status_code in (302, 401)


def test_no_answer_is_longer_than_two_mebibytes(app: Flask, town: Path) -> None:
    with town.open("ab") as padded:
        padded.truncate(5 << 20)
    file = add_map_file(town)
    client, _ = sign_in_as(app, "agent")
    answer = client.get(f"/maps/basemap/{file.version}/{file.name}", headers={"Range": "bytes=100-"})
    assert len(answer.data) == 2 << 20
    assert answer.headers["Content-Range"] == f"bytes 100-{(2 << 20) + 99}/{5 << 20}"


def test_the_command_adds_lists_and_removes(app: Flask, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> str:
        maps.main(["basemap", *arguments], standalone_mode=False)
        return capsys.readouterr().out

    assert "image/png, zooms 4 to 5" in run("add", str(town))
    assert run("list").startswith("town.pmtiles\t")
    run("remove", "town.pmtiles")
    assert run("list") == ""
    with pytest.raises(SystemExit):
        run("remove", "town.pmtiles")
