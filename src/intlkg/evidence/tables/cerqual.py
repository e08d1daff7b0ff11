"""A draft of an evidence profile after GRADE-CERQual (doi:10.1186/s13012-017-0688-3).

CERQual asks a person for four judgements on each review finding (methodological limitations,
coherence, adequacy, relevance) and for the confidence that follows. What can be counted is counted;
the judgements are kept in `judgements.tsv` in the workspace, which a person fills in.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import Final

from intlkg.base import Base, tail
from intlkg.errors import BuildError, Problem
from intlkg.evidence.model import Evidence
from intlkg.evidence.rows import evidence
from intlkg.workspace import Workspace, write

NAME: Final = "judgements.tsv"
_JUDGED: Final = (
    "methodological_limitations", "coherence", "adequacy", "relevance", "confidence",
    "explanation", "by",
)  # fmt: skip
_COLUMNS: Final = ("id", "finding", *_JUDGED)
_CONCERNS: Final = ("no or very minor", "minor", "moderate", "serious")
_LEVELS: Final = {
    "methodological_limitations": _CONCERNS,
    "coherence": _CONCERNS,
    "adequacy": _CONCERNS,
    "relevance": _CONCERNS,
    "confidence": ("high", "moderate", "low", "very low"),
}
"""Judgement -> how CERQual words it; what a person writes behind that is free."""

_COUNTED: Final = (
    "finding", "studies", "participants", "statements", "first_hand_share", "contrary_participants",
    "contrary_works", "supporting_works",
)  # fmt: skip


def cerqual(base: Base) -> list[tuple[str, ...]]:
    """Return the evidence profile: its head, and a row for each finding that participants speak to.

    Counted for adequacy: studies, participants and statements; for coherence: participants and
    works that dispute it, and works said to support it. The share of first-hand evidence is that of
    participants' own words among all pieces of evidence for it.
    """
    judged = _judgements(base.workspace)
    rows: list[tuple[str, ...]] = [(*_COUNTED, *_JUDGED)]
    for key, found in _by_finding(base).items():
        rows.append(
            (*_counted(base, found), *(judged.get(key, {}).get(name, "") for name in _JUDGED))
        )
    return rows


def summary_of_findings(base: Base) -> list[tuple[str, ...]]:
    """Return the summary of qualitative findings: its head, and a row for each finding."""
    judged = _judgements(base.workspace)
    rows: list[tuple[str, ...]] = [("finding", "contributing", "confidence", "explanation")]
    for key, found in _by_finding(base).items():
        claim, studies, participants, statements, _, contrary, *_ = _counted(base, found)
        said = f"participants: {participants}, statements: {statements}, studies: {studies}"
        against = f"; participants against: {contrary}" if contrary != "0" else ""
        known = judged.get(key, {})
        values = (known.get(name, "") for name in ("confidence", "explanation"))
        rows.append((claim, said + against, *values))
    return rows


def write_judgements(base: Base) -> str:
    """Write the file of judgements with a row for each finding, and return its name.

    What is filled in stays, also of findings that are no more.
    """
    judged = _judgements(base.workspace)
    labels = {key: base.label(found[0].proposition) for key, found in _by_finding(base).items()}
    lines = ["\t".join(_COLUMNS)]
    for key in [*labels, *(key for key in judged if key not in labels)]:
        known = judged.get(key, {})
        values = (known.get(name, "") for name in _JUDGED)
        lines.append("\t".join((key, labels.get(key, known.get("finding", "")), *values)))
    write(base.workspace.root / NAME, ("\n".join(lines) + "\n").encode())
    return NAME


def _by_finding(base: Base) -> dict[str, list[Evidence]]:
    """Return the evidence on each proposition that a participant speaks to, by its id."""
    found: dict[str, list[Evidence]] = {}
    for one in evidence(base):
        if one.proposition:
            found.setdefault(one.proposition, []).append(one)
    spoken = {
        iri: listed
        for iri, listed in found.items()
        if any(one.voice == "participant" for one in listed)
    }
    return {tail(iri): spoken[iri] for iri in sorted(spoken, key=base.label)}


def _counted(base: Base, found: Sequence[Evidence]) -> tuple[str, ...]:
    said = [one for one in found if one.stance == "supports"]
    spoken = [one for one in said if one.voice == "participant"]
    against = [one for one in found if one.stance == "disputes"]
    share = len({one.iri for one in spoken}) / max(1, len({one.iri for one in said}))
    return (
        base.label(found[0].proposition),
        _number({place.source for one in spoken for place in one.places}),
        _number(_of(spoken, "participant")),
        _number({one.iri for one in spoken}),
        f"{share:.0%}",
        _number(_of(against, "participant")),
        _number(_of(against, "work", "work-second-hand")),
        _number(_of(said, "work", "work-second-hand")),
    )


def _of(found: Sequence[Evidence], *voices: str) -> set[str]:
    return {who.iri for one in found for who in one.who if who.voice in voices}


def _number(things: set[str]) -> str:
    return str(len(things))


def _judgements(workspace: Workspace) -> dict[str, dict[str, str]]:
    """Return what a person judged, by the id of the proposition; nothing before there is a file.

    Raises:
        BuildError: rows are at fault; all are named.
    """
    path = workspace.root / NAME
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BuildError([Problem(NAME, 1, "it is not UTF-8; save it as UTF-8")]) from None
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = [{n: (v or "").strip() for n, v in row.items() if n in _COLUMNS} for row in table]
    problems = [
        Problem(NAME, line, fault) for line, row in enumerate(rows, 2) for fault in _faults(row)
    ]
    if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
        fault = f"the first line must name the columns {', '.join(_COLUMNS)}, with tabs between"
        problems = [Problem(NAME, 1, f"{fault}; missing: {', '.join(missing)}")]
    if problems:
        raise BuildError(problems)
    return {row["id"]: row for row in rows}


def _faults(row: dict[str, str]) -> Iterator[str]:
    if not row.get("id"):
        yield "the row has no id; each row begins with the one that --write gave it"
    for name, levels in _LEVELS.items():
        said = row.get(name, "").casefold()
        if said and not said.startswith(levels):
            yield f"'{row[name]}' is no {name}; begin it with one of: {', '.join(levels)}"
