"""The map of a person's words to concepts: `bib/themes.tsv`, reviewed by a person."""

import csv
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from intlkg.bib.keys import handle
from intlkg.errors import Problem
from intlkg.store import Iri, Literal, Quad
from intlkg.vocab import IKC, IKV, RDF_TYPE, term

STANCES: Final = ("mentions", "supports", "disputes")
_COLUMNS: Final = ("word", "concept", "stance", "by", "note")


def read_marks(
    name: str, content: bytes, *, base: str, graph: str
) -> tuple[list[Quad], list[Problem]]:
    """Return what a table of marks says, and the rows that are at fault.

    A row says that whatever a library marks with this word (a keyword, tag or group, in any case)
    mentions, supports or disputes this concept. The columns are tab-separated: `word`, `concept`
    (the end of its IRI, or an IRI), and where wanted `stance` (default: mentions), `by`, `note`.

    Args:
        name: the file's name, for messages.
        content: its bytes, UTF-8.
        base: IRI that all data IRIs begin with.
        graph: IRI of the named graph for the statements.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return [], [Problem(name, 1, "it is not UTF-8; save it as UTF-8")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    unknown = [column for column in rows.fieldnames or () if column not in _COLUMNS]
    if unknown or not {"word", "concept"} <= set(rows.fieldnames or ()):
        fault = f"the first line must name columns of {', '.join(_COLUMNS)}; word and concept"
        return [], [Problem(name, 1, f"{fault} are needed")]
    quads: list[Quad] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, 2):
        if fault := _fault(row):
            problems.append(Problem(name, number, fault))
        else:
            quads += _quads(row, base, Iri(graph))
    return quads, problems


def concept_iri(written: str) -> str:
    """Return the IRI of a concept that a person names by the end of its IRI, or by an IRI."""
    return written if "://" in written else IKC + quote(written.removeprefix("ikc:"), safe="-_")


def _fault(row: Mapping[str, str | None]) -> str:
    for column in ("word", "concept"):
        if not (row.get(column) or "").strip():
            return f"the row has no {column}; fill it in"
    stance = (row.get("stance") or "").strip()
    if stance and stance not in STANCES:
        return f"'{stance}' is no stance; use one of {', '.join(STANCES)}"
    return ""


def _quads(row: Mapping[str, str | None], base: str, graph: Iri) -> list[Quad]:
    word, concept, stance, by, note = ((row.get(column) or "").strip() for column in _COLUMNS)
    target = Iri(concept_iri(concept))
    mark = Iri(f"{base}mark/{handle(word)}-{handle(target.value.rsplit('/', 1)[-1])}")
    said = [
        Quad(mark, Iri(RDF_TYPE), Iri(term("ik:ThemeMark")), graph),
        Quad(mark, Iri(term("ik:markedWord")), Literal(word.casefold()), graph),
        Quad(mark, Iri(term("ik:markedConcept")), target, graph),
        Quad(mark, Iri(term("ik:markedStance")), Iri(IKV + (stance or "mentions")), graph),
    ]
    if by:
        said.append(Quad(mark, Iri(term("dcterms:creator")), Literal(by), graph))
    if note:
        said.append(Quad(mark, Iri(term("skos:note")), Literal(note, language="en"), graph))
    return said
