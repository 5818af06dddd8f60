"""scripts/vendor: what is shipped is what was pinned, and every change by hand shows."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "static" / "vendor"
ICON = b'<svg xmlns="http://www.w3.org/2000/svg" class="lucide" viewBox="0 0 24 24" fill="none" \
stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M1 1" /></svg>'
# Answers `npm pack` from a tarball prepared by the test.
NPM = """#!{python}
import json, os, shutil
shutil.copy(os.environ["PREPARED"], "package.tgz")
print(json.dumps([{{"filename": "package.tgz", "version": "1.0.0", "integrity": os.environ["INTEGRITY"]}}]))
"""


def load_script() -> ModuleType:
    """The script as a module; its file name has no suffix, because people type it."""
    loader = SourceFileLoader("vendor_script", str(ROOT / "scripts" / "vendor"))
    module = module_from_spec(spec_from_loader(loader.name, loader) or pytest.fail("no spec"))
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


vendor = load_script()
ENTRY = {"name": "tool", "folder": "tool", "version": "1.0.0", "licence": "MIT"}


def make_package(**changes: object) -> object:
    return vendor.Package(**{**ENTRY, "files": {"dist/tool.js": "tool.js"}, "icons": ["dot"], **changes})


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up `npm` first on PATH that delivers the returned tarball."""
    tarball, command = tmp_path / "prepared.tgz", tmp_path / "bin" / "npm"
    command.parent.mkdir()
    command.write_text(NPM.format(python=sys.executable))
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PREPARED", str(tarball))
    deliver(tarball, monkeypatch, b"run()")
    return tarball


def deliver(tarball: Path, monkeypatch: pytest.MonkeyPatch, script: bytes) -> None:
    members = {"dist/tool.js": script, "LICENSE": b"free", "icons/dot.svg": ICON, "README.md": b"unwanted"}
    with tarfile.open(tarball, "w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    monkeypatch.setenv("INTEGRITY", vendor.integrity_of(tarball.read_bytes()))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "vendor"))


def check(target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "vendor"), "--check", "--target", str(target)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_the_shipped_files_are_the_pinned_ones() -> None:
    answer = check(SHIPPED)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_it_names_a_changed_file(copy: Path) -> None:
    (copy / "htmx" / "htmx.min.js").write_bytes(b"alert(1)")
    assert check(copy).stderr == "htmx/htmx.min.js: changed\n"


def test_it_names_a_missing_and_an_extra_file(copy: Path) -> None:
    (copy / "leaflet" / "leaflet.css").rename(copy / "leaflet" / "other.css")
    answer = check(copy)
    assert answer.stderr == "leaflet/leaflet.css: missing\nleaflet/other.css: not in the manifest\n"
    assert answer.returncode == 1


def test_it_names_a_version_that_was_not_fetched_yet(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["htmx"]["version"] = "4.0.0"
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert check(copy).stderr == "htmx: version not as in vendor.toml, run scripts/vendor\n"


def test_every_shipped_package_has_its_licence_and_checksums() -> None:
    manifest = json.loads((SHIPPED / "manifest.json").read_text())
    for entry in manifest.values():
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", entry["integrity"])
        assert entry["licence"]
        assert "LICENSE" in entry["files"]


def test_the_sprite_holds_exactly_the_listed_icons() -> None:
    [icons] = [p.icons for p in vendor.read_packages(ROOT / "scripts" / "vendor.toml") if p.icons]
    sprite = (SHIPPED / "icons" / "sprite.svg").read_text(encoding="utf-8")
    assert re.findall(r'<symbol id="([^"]+)"', sprite) == sorted(icons)
    assert len(set(icons)) == len(icons)


def test_the_manifest_names_no_address() -> None:
    assert "://" not in (SHIPPED / "manifest.json").read_text()
    assert "://" not in (ROOT / "scripts" / "vendor.toml").read_text()


@pytest.mark.usefixtures("registry")
def test_it_fetches_only_the_listed_files_and_the_licence(tmp_path: Path) -> None:
    target = tmp_path / "vendor"
    (target / "old").mkdir(parents=True)
    (target / "old" / "gone.js").write_bytes(b"")
    vendor.update([make_package()], target)
    assert vendor.files_below(target) == {"manifest.json", "tool/LICENSE", "tool/tool.js", "tool/sprite.svg"}
    assert b'<symbol id="dot" viewBox="0 0 24 24"' in (target / "tool" / "sprite.svg").read_bytes()
    assert vendor.find_faults([make_package()], target) == []


def test_it_refuses_a_known_version_with_another_content(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor.update([make_package()], tmp_path / "vendor")
    deliver(registry, monkeypatch, b"steal()")
    with pytest.raises(vendor.VendorError, match="changed its checksum"):
        vendor.update([make_package()], tmp_path / "vendor")
    assert (tmp_path / "vendor" / "tool" / "tool.js").read_bytes() == b"run()"


@pytest.mark.usefixtures("registry")
def test_it_refuses_a_tarball_that_differs_from_its_checksum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRITY", vendor.integrity_of(b"another tarball"))
    with pytest.raises(vendor.VendorError, match="something else"):
        vendor.update([make_package()], tmp_path / "vendor")


@pytest.mark.usefixtures("registry")
def test_it_names_a_file_the_package_does_not_have(tmp_path: Path) -> None:
    with pytest.raises(vendor.VendorError, match="absent"):
        vendor.update([make_package(icons=["absent"])], tmp_path / "vendor")


def test_two_packages_cannot_share_a_folder(tmp_path: Path) -> None:
    entry = '[[package]]\nname = "a"\nfolder = "a"\nversion = "1"\nlicence = "MIT"\n'
    (tmp_path / "vendor.toml").write_text(entry * 2)
    with pytest.raises(vendor.VendorError, match="share a folder"):
        vendor.read_packages(tmp_path / "vendor.toml")
