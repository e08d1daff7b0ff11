"""What a person decided about suggestions: `bib/reviewed.tsv`, which only grows."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from intlkg.bib.merge import unite
from intlkg.bib.passages import Reading, reading_quads
from intlkg.bib.themes import folded
from intlkg.errors import Problem
from intlkg.store import Quad
from intlkg.workspace import Workspace, write

NAME: Final = "bib/reviewed.tsv"
DECISIONS: Final = ("accept", "reject")
SAME_AS: Final = "same-as:"
"""Before a work's key in the column `concept`: the decision is whether two works are one."""

_COLUMNS: Final = ("work", "concept", "decision", "by", "words")


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision whether a work has to do with a concept.

    Attributes:
        work: the work's key.
        concept: the end of the concept's IRI, or an IRI.
        decision: one of `DECISIONS`.
        by: who decided.
        words: the words that suggested it.
        line: the line of the table, counted from 1; 0 for what is not written yet.
    """

    work: str
    concept: str
    decision: str
    by: str
    words: str = ""
    line: int = 0


def parse_decisions(name: str, content: bytes) -> tuple[list[Decision], list[Problem]]:
    """Return the decisions of a table, and the rows that are at fault; the last of a pair counts.

    The columns are tab- or comma-separated: `work`, `concept`, `decision`, `by`, `words`; others
    are ignored. A row without a decision is none.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Problem(name, 1, "it is not UTF-8; save it as UTF-8")]
    tabs = "\t" in text.split("\n", 1)[0]
    rows = csv.DictReader(
        io.StringIO(text),
        delimiter="\t" if tabs else ",",
        quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
    )
    missing = sorted({"work", "concept", "decision"} - set(rows.fieldnames or ()))
    if missing:
        return [], [Problem(name, 1, f"the first line names no column {missing[0]}; add it")]
    decided: dict[tuple[str, str], Decision] = {}
    problems = []
    for row in rows:
        values = {column: (row.get(column) or "").strip() for column in _COLUMNS}
        values["decision"] = values["decision"].lower()
        if not values["decision"]:
            continue
        if fault := _fault(values):
            problems.append(Problem(name, rows.line_num, fault))
        else:
            one = Decision(**values, line=rows.line_num)
            decided[one.work, _about(one)] = one
    return list(decided.values()), problems


def read_reviews(
    name: str, content: bytes, *, base: str, graph: str
) -> tuple[list[Quad], list[Problem]]:
    """Return the marks that a person accepted, and the rows that are at fault."""
    decisions, problems = parse_decisions(name, content)
    accepted = [
        one for one in decisions if one.decision == "accept" and not one.concept.startswith(SAME_AS)
    ]
    quads = [quad for one in accepted for quad in _accepted(name, one, base, graph)]
    return quads, problems


def _accepted(name: str, one: Decision, base: str, graph: str) -> Iterator[Quad]:
    note = f"Its words: {one.words}" if one.words else ""
    mark = Reading(one.work, one.concept, "", "", "", "mentions", "", "", one.by, note)
    return reading_quads(mark, (name, one.line), base=base, graph=graph)


def decisions(workspace: Workspace) -> list[Decision]:
    """Return what was decided in a workspace so far; rows at fault are left out."""
    path = workspace.root / NAME
    return parse_decisions(NAME, path.read_bytes())[0] if path.is_file() else []


def decide(workspace: Workspace, taken: Iterable[Decision]) -> Path:
    """Carry out decisions, add them to a workspace's table, and return its path.

    Where two works are one, what was accepted for the second holds for the first.

    Raises:
        WorkspaceError: two works cannot be made one.
        OSError: the table cannot be written; what it held is still there.
    """
    taken = list(taken)
    same = {
        one.work: one.concept.removeprefix(SAME_AS)
        for one in taken
        if one.decision == "accept" and one.concept.startswith(SAME_AS)
    }
    unite(workspace, [(work, other) for other, work in same.items()])
    before = [one for one in decisions(workspace) if not one.concept.startswith(SAME_AS)]
    taken += [replace(one, work=same[one.work]) for one in before if one.work in same]
    path = workspace.root / NAME
    old = path.read_text(encoding="utf-8") if path.is_file() else "\t".join(_COLUMNS) + "\n"
    values = [[getattr(one, column) for column in _COLUMNS] for one in taken]
    rows = ["\t".join(" ".join(value.split()) for value in row) for row in values]
    write(
        path,
        "".join([old if old.endswith("\n") else f"{old}\n", *(f"{r}\n" for r in rows)]).encode(),
    )
    return path


def _about(one: Decision) -> str:
    return one.concept if one.concept.startswith(SAME_AS) else folded(one.concept)


def _fault(values: Mapping[str, str]) -> str:
    for column in ("work", "concept"):
        if not values[column]:
            return f"the row has no {column}; fill it in"
    if values["decision"] not in DECISIONS:
        return f"'{values['decision']}' is no decision; write accept or reject"
    return ""
