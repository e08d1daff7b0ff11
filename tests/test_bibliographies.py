"""Other people's bibliographies: nothing is lost in silence, in or out."""

import runpy
from pathlib import Path

import pytest

from workspaces import ROOT

FOLDER = ROOT.parent / "shared" / "data" / "bibliographies"
KNOWN = 15
"""Facts of 432 files that change on the way, mostly names without a family and wrong dates."""


@pytest.fixture(scope="module")
def files() -> list[Path]:
    if not FOLDER.is_dir():
        pytest.skip("the public bibliographies are not at hand, beside the project's folder")
    return sorted(p for p in FOLDER.rglob("*") if p.is_file() and p.suffix != ".md")


def test_public_files_come_in_and_go_out(files: list[Path]) -> None:
    assert len(files) > 400
    found = runpy.run_path(str(ROOT / "benchmarks" / "bibliographies.py"))["measured"](files)
    assert (found.crashes, found.sums, found.again) == ([], [], [])
    assert found.counts["failed"] < 15
    assert sum(found.lost.values()) <= KNOWN, found.examples
    assert not [form for form, _ in found.lost if form == "bibtex"]
