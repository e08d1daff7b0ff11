"""A worksheet for syntheses after GRADE-CERQual (doi:10.1186/s13012-017-0688-3).

CERQual asks a person for four judgements on each finding of a synthesis (methodological
limitations, coherence, adequacy, relevance) and for the confidence that follows. What can be
counted is counted; what is judged is in `judgements.tsv`. Of a single study there is nothing to
judge in this way.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from intlkg.base import Base, tail
from intlkg.errors import QueryError
from intlkg.evidence.model import Evidence
from intlkg.evidence.rows import evidence
from intlkg.evidence.tables import judgements

_LEAST: Final = 2
"""Studies from which on there is a synthesis."""
_COUNTED: Final = (
    "finding", "studies", "which_studies", "participants", "statements", "first_hand_share",
    "contrary_participants", "contrary_works", "supporting_works",
)  # fmt: skip


def cerqual(base: Base) -> list[tuple[str, ...]]:
    """Return the evidence profile: its head, and a row for each finding that participants speak to.

    Counted for adequacy: studies, participants and statements; for coherence: participants and
    works that dispute it, and works said to support it. The share of first-hand evidence is that of
    participants' own words among all pieces of evidence for it. Of a single study the judgements
    are left out.
    """
    findings = _by_finding(base)
    names = judgements.JUDGED if synthesis(base) else ()
    judged = judgements.read(base.workspace, findings)
    rows: list[tuple[str, ...]] = [(*_COUNTED, *names)]
    for key, found in findings.items():
        known = judged.get(key, {})
        counted = _counted(base, found, known)
        rows.append((*counted, *(known.get(name, "") for name in names)))
    return rows


def summary_of_findings(base: Base) -> list[tuple[str, ...]]:
    """Return the summary of qualitative findings: its head, and a row for each finding."""
    findings = _by_finding(base)
    names = ("confidence", "explanation") if synthesis(base) else ()
    judged = judgements.read(base.workspace, findings)
    rows: list[tuple[str, ...]] = [("finding", "contributing", *names)]
    for key, found in findings.items():
        known = judged.get(key, {})
        wording, studies, which, participants, statements, _, contrary, *_ = _counted(
            base, found, known
        )
        said = f"participants: {participants}, statements: {statements}, studies: {studies}"
        against = f"; participants against: {contrary}" if contrary != "0" else ""
        listed = f"{said} ({which})" if which else said
        rows.append((wording, listed + against, *(known.get(name, "") for name in names)))
    return rows


def write_judgements(base: Base) -> str:
    """Write the file of judgements with a row for each finding, and return its name.

    Raises:
        QueryError: there are fewer than two studies, and so nothing to judge.
        BuildError: rows of the file that is there are at fault.
    """
    if not synthesis(base):
        raise QueryError(f"{note(base)} Add a second study first.")
    findings = _by_finding(base)
    judged = judgements.read(base.workspace, findings)
    labels = {key: base.label(found[0].proposition) for key, found in findings.items()}
    return judgements.save(base.workspace, judged, labels)


def synthesis(base: Base) -> bool:
    """Return whether participants of two studies or more speak."""
    return len(_studies(evidence(base))) >= _LEAST


def note(base: Base) -> str:
    """Return in words why there is no confidence to judge; '' where there is."""
    if synthesis(base):
        return ""
    names = ", ".join(_studies(evidence(base))) or "none"
    return (
        f"Confidence is judged in a synthesis of {_LEAST} studies or more, and here participants "
        f"speak in fewer: {names}."
    )


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


def _counted(base: Base, found: Sequence[Evidence], known: Mapping[str, str]) -> tuple[str, ...]:
    said = [one for one in found if one.stance == "supports"]
    spoken = [one for one in said if one.voice == "participant"]
    against = [one for one in found if one.stance == "disputes"]
    share = len({one.iri for one in spoken}) / max(1, len({one.iri for one in said}))
    studies = _studies(spoken)
    return (
        known.get("finding", "") or base.label(found[0].proposition),
        str(len(studies)),
        "; ".join(studies),
        _number(_of(spoken, "participant")),
        _number({one.iri for one in spoken}),
        f"{share:.0%}",
        _number(_of(against, "participant")),
        _number(_of(against, "work", "work-second-hand")),
        _number(_of(said, "work", "work-second-hand")),
    )


def _studies(found: Iterable[Evidence]) -> list[str]:
    """Return the names of the texts in which participants speak."""
    spoken = [one for one in found if one.voice == "participant"]
    return sorted({place.source for one in spoken for place in one.places})


def _of(found: Sequence[Evidence], *voices: str) -> set[str]:
    return {who.iri for one in found for who in one.who if who.voice in voices}


def _number(things: set[str]) -> str:
    return str(len(things))
