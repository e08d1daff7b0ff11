#!/usr/bin/env python3
"""Rewrite the expected answers of the tests, and say what changed.

Asks every question and every list with its example (on the invented workspace with the values in
`values.toml`, where it has any), writes `tests/data/expected/<workspace>/<name>.csv` as the tests
read them, and deletes the answers of queries that are gone. Read what changed before you commit it:
an expected answer is right because somebody checked it, not because a program wrote it.
"""

import difflib
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from intlkg import build, questions, workspace
from intlkg.base import Base

ROOT: Final = Path(__file__).resolve().parents[1]
EXPECTED: Final = ROOT / "tests" / "data" / "expected"
WORKSPACES: Final = {"toy": ROOT / "tests" / "data" / "toy", "corpus": ROOT}
_FOLDERS: Final = ("ontology", "bib", "graphs", "queries", "texts")


def main() -> None:
    """Rewrite all expected answers and print which files changed by how many lines."""
    changed = []
    for name, source in WORKSPACES.items():
        with tempfile.TemporaryDirectory() as folder:
            base = _copied(source, Path(folder))
            found = answers(base, _values(EXPECTED / name))
        changed += rewrite(EXPECTED / name, found)
    lines = [*changed, f"{len(changed)} expected answers changed"]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def answers(base: Base, values: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return name -> answer as CSV, of every question and list.

    Args:
        base: what is asked.
        values: name of a query -> its parameters, where its own example means nothing here.
    """
    return {
        name: questions.ask(base, name, values.get(name, query.example)).csv()
        for name, query in questions.asked(base.workspace).items()
    }


def rewrite(folder: Path, found: Mapping[str, str]) -> list[str]:
    """Make a folder hold exactly some answers; return a line for each file that changed."""
    old = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}
    changed = []
    for name in sorted(old | found):
        path = folder / f"{name}.csv"
        if name not in found:
            path.unlink()
        elif old.get(name) != found[name]:
            path.write_text(found[name], encoding="utf-8", newline="\n")
        else:
            continue
        added, removed = _difference(old.get(name, ""), found.get(name, ""))
        changed.append(f"{folder.name}/{name}.csv: {added} lines added, {removed} removed")
    return changed


def _difference(old: str, new: str) -> tuple[int, int]:
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""))[2:]
    return (sum(line[0] == "+" for line in lines), sum(line[0] == "-" for line in lines))


def _values(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / "values.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _copied(source: Path, folder: Path) -> Base:
    """Return a workspace, built in a folder of its own so that its own build is left alone."""
    for name in _FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, folder / name)
    shutil.copy(source / workspace.MARKER, folder / workspace.MARKER)
    copy = workspace.read(folder)
    return Base(copy, build.store(copy))


if __name__ == "__main__":
    main()
