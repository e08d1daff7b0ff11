"""What a person decided about suggestions: `bib/reviewed.tsv`, which only grows."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Final

from intlkg.bib.keys import slug
from intlkg.bib.marks import concept_iri
from intlkg.bib.merge import unite
from intlkg.bib.statements import local
from intlkg.errors import Problem
from intlkg.store import Iri, Literal, Quad
from intlkg.vocab import RDF_TYPE, term
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
    """

    work: str
    concept: str
    decision: str
    by: str
    words: str = ""


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
            one = Decision(**values)
            decided[one.work, _about(one)] = one
    return list(decided.values()), problems


def read_reviews(
    name: str, content: bytes, *, base: str, graph: str
) -> tuple[list[Quad], list[Problem]]:
    """Return the codings that a person accepted, and the rows that are at fault."""
    decisions, problems = parse_decisions(name, content)
    quads: list[Quad] = []
    home = Iri(graph)
    for one in decisions:
        if one.decision != "accept" or one.concept.startswith(SAME_AS):
            continue
        concept = Iri(concept_iri(one.concept))
        coding = Iri(f"{base}coding/{local(one.work)}-{slug(concept.value.rsplit('/', 1)[-1])}")
        said: list[tuple[str, Iri | Literal]] = [
            (RDF_TYPE, Iri(term("ik:CodingAnnotation"))),
            (term("oa:motivatedBy"), Iri(term("oa:classifying"))),
            (term("oa:hasTarget"), Iri(f"{base}work/{local(one.work)}")),
            (term("oa:hasBody"), concept),
            (term("dcterms:creator"), Iri(f"{base}agent/{slug(one.by) or 'unnamed'}")),
        ]
        if one.words:
            said.append((term("skos:note"), Literal(f"Its words: {one.words}", language="en")))
        quads += [Quad(coding, Iri(predicate), value, home) for predicate, value in said]
    return quads, problems


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
    rows = ["\t".join(" ".join(value.split()) for value in astuple(one)) for one in taken]
    write(
        path,
        "".join([old if old.endswith("\n") else f"{old}\n", *(f"{r}\n" for r in rows)]).encode(),
    )
    return path


def _about(one: Decision) -> str:
    return one.concept if one.concept.startswith(SAME_AS) else concept_iri(one.concept)


def _fault(values: Mapping[str, str]) -> str:
    for column in ("work", "concept"):
        if not values[column]:
            return f"the row has no {column}; fill it in"
    if values["decision"] not in DECISIONS:
        return f"'{values['decision']}' is no decision; write accept or reject"
    return ""
