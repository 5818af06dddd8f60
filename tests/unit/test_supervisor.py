from __future__ import annotations

from pathlib import Path

import pytest

from appliance.config import Config
from appliance.supervisor import CHILDREN, format_listen, run


def test_it_says_which_folder_it_cannot_use(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert run(Config(tmp_path / "file" / "data")) == 73
    assert capfd.readouterr().err == f"supervisor: cannot use {tmp_path}/file/data: Not a directory\n"


def test_the_service_is_ready_when_the_web_is() -> None:
    assert [(child.name, child.required) for child in CHILDREN] == [("web", True), ("worker", False)]


@pytest.mark.parametrize(
    ("listen", "text"), [(("0.0.0.0", 8080), "0.0.0.0:8080"), (("::1", 80), "[::1]:80"), (("box", 1), "box:1")]
)
def test_it_writes_addresses_the_way_the_configuration_reads_them(listen: tuple[str, int], text: str) -> None:
    assert format_listen(Config(Path(), listen)) == text
