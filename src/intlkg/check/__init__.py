"""Everything that can be wrong with a workspace, as one sorted list of problems."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intlkg import bib, build, questions
from intlkg.base import Base
from intlkg.check.anchors import anchor_faults, known_texts
from intlkg.check.lists import list_problems
from intlkg.check.names import name_problems
from intlkg.check.places import Places
from intlkg.check.shapes import shape_faults
from intlkg.check.shares import MOST, shares
from intlkg.check.terms import term_problems
from intlkg.check.verification import Verified, verify
from intlkg.errors import BuildError, Problem, QueryError
from intlkg.store import Iri
from intlkg.workspace import Workspace

__all__ = ["Checked", "Verified", "check", "verify"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        problems: the defects, sorted by file and line.
        anchors: how many anchored passages there are.
        unread: labels of the source texts that were not at hand, so that their anchors were only
            compared with themselves.
        stored: (label of a source text that was at hand, the share of it that is stored).
    """

    problems: tuple[Problem, ...]
    anchors: int = 0
    unread: tuple[str, ...] = ()
    stored: tuple[tuple[str, float], ...] = ()


def check(workspace: Workspace, texts: Iterable[Path] = ()) -> Checked:
    """Return every defect of a workspace: syntax, headers, shapes, checks and anchors.

    Args:
        workspace: what to check; it is built first.
        texts: files or folders with source texts, known by their digests; the workspace's own
            folder `texts` is always looked into.
    """
    problems = [*_header_problems(workspace), *_bib_notes(workspace)]
    try:
        base = Base(workspace, build.store(workspace))
    except BuildError as error:
        return Checked(tuple(sorted({*problems, *error.problems})))
    places = Places(workspace, base.store)
    rows, broken = _row_faults(base)
    problems += [*broken, *term_problems(workspace), *name_problems(base), *list_problems(base)]
    found = {*shape_faults(workspace), *rows}
    known = known_texts([*texts, workspace.root / "texts"])
    anchors, unread, faults = anchor_faults(base, known)
    held = shares(base, known)
    faults += [(text, _TOO_MUCH.format(share)) for text, share in held.items() if share >= MOST]
    problems += [places.problem(iri, fault) for iri, fault in found | set(faults)]
    stored = tuple(sorted((base.label(text), share) for text, share in held.items()))
    return Checked(tuple(sorted(set(problems))), anchors, unread, stored)


_TOO_MUCH: Final = "{:.0%} of the text is stored; keep it under two thirds, with shorter passages"


def _bib_notes(workspace: Workspace) -> list[Problem]:
    """Return what a person should look at in BibTeX files that can be read nevertheless."""
    return [
        note
        for name, path in workspace.files("bib/*.bib").items()
        for note in bib.read(name, path.read_bytes()).notes
    ]


def _header_problems(workspace: Workspace) -> list[Problem]:
    """Return the query files that cannot be used."""
    problems = []
    for kind in questions.KINDS:
        for name, path in workspace.files(f"queries/{kind}/*.rq").items():
            try:
                questions.read(name, path.read_bytes())
            except QueryError as error:
                fault = str(error).removeprefix(f"{name}: ")
                problems.append(Problem(name, 1, f"{fault}; mend the header"))
    return problems


def _row_faults(base: Base) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Return (thing, fault with cure) for each row of a check, and the checks that do not run."""
    faults: list[tuple[str, str]] = []
    broken: list[Problem] = []
    for path in base.workspace.files("queries/checks/*.rq").values():
        name = f"queries/checks/{path.name}"
        try:
            query = questions.read(name, path.read_bytes())
            rows = base.store.select(query.text)
        except QueryError as error:
            broken.append(Problem(name, error.line, f"{error}; mend the check"))
            continue
        for row in rows:
            subject, fault = row.get("subject"), row.get("fault")
            if isinstance(subject, Iri) and fault is not None:
                faults.append((subject.value, f"{questions.text(fault)}; {query.cure}"))
    return faults, broken
