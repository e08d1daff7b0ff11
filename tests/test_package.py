"""What an installed package holds."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from workspaces import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_shipped_workspace_and_nothing_generated(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "intlkg/py.typed",
        "intlkg/pages/templates/explorer.html",
        "intlkg/shipped/intlkg.toml",
        "intlkg/shipped/ontology/intlkg.ttl",
        "intlkg/shipped/ontology/concepts/motives.ttl",
        "intlkg/shipped/bib/makaya-2024.bib",
        "intlkg/shipped/graphs/makaya-2024.trig",
        "intlkg/shipped/queries/questions/sources-of-theme.rq",
    ):
        assert name in names
    assert not [name for name in names if "/build/" in name or "/texts/" in name]


def test_an_installed_package_answers_from_its_own_workspace(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(installed)
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "intlkg.cli", "trace", "visibility"],
        cwd=empty,
        env={"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "M2, M4, M11, M17" in done.stdout
    assert (tmp_path / "cache" / "intlkg" / "store" / "CURRENT").is_file()
    assert not (installed / "intlkg" / "shipped" / "build").exists()
