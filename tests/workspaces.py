"""What tests share besides fixtures: the workspaces they copy, and what a command printed."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from intlkg import workspace
from intlkg.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Run:
    """What a command printed, and its status."""

    status: int
    out: str
    err: str


def copy_of(source: Path, target: Path) -> Workspace:
    """Return a workspace's texts and settings in a folder of their own."""
    for name in ("ontology", "bib", "graphs", "queries", "texts"):
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
    shutil.copy(source / workspace.MARKER, target / workspace.MARKER)
    return workspace.read(target)
