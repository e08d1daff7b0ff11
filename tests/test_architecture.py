"""Each import contract is seen to fail: an import that it forbids breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workspaces import ROOT

BREACHES = {
    "layers": ("store/limits_breach.py", "import intlkg.evidence"),
    "circles": ("evidence/model.py", "import intlkg.evidence.trace"),
    "store": ("formats.py", "import pyoxigraph"),
    "bib": ("parts/files.py", "import bibtexparser"),
    "pages": ("cli/drawing.py", "import pyvis"),
    "cli": ("evidence/render.py", "import rich"),
    "check": ("evidence/rows.py", "import pyshacl"),
    "network": ("evidence/rows.py", "import networkx"),
    "folders": ("build.py", "import platformdirs"),
}


def _lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    options = ["--contract", contract, "--no-cache"]
    return subprocess.run(
        [*command, *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": ""},
        capture_output=True,
        text=True,
    )


def test_every_contract_has_a_breach() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert text.count("[[tool.importlinter.contracts]]") == len(BREACHES)


@pytest.mark.parametrize("contract", sorted(BREACHES))
def test_a_contract_sees_its_breach(contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    name, line = BREACHES[contract]
    path = tmp_path / "src" / "intlkg" / name
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(f"{old}\n{line}\n", encoding="utf-8")
    run = _lint(tmp_path, contract)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "BROKEN" in run.stdout
