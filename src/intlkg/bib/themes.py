"""The map of a person's words to themes: `bib/themes.tsv`, reviewed by a person."""

from collections.abc import Iterable
from typing import Final

from intlkg import sheets
from intlkg.bib.keys import handle
from intlkg.errors import Problem
from intlkg.store import Iri, Literal, Quad
from intlkg.vocab import IKV, PREFIXES, RDF_TYPE, STANCES, XSD, term

_COLUMNS: Final = ("word", "concept", "stance", "by", "note")


def read_marks(
    name: str, content: bytes, *, base: str, graph: str
) -> tuple[list[Quad], list[Problem]]:
    """Return what a table of marks says, and the rows that are at fault.

    A row says that whatever a library marks with this word (a keyword, tag or group, in any case)
    mentions, supports or disputes this concept. Its columns are `word`, `concept` (any name of it,
    or its IRI), and where wanted `stance` (default: mentions), `by`, `note`.

    Args:
        name: the file's name, for messages.
        content: its bytes, UTF-8.
        base: IRI that all data IRIs begin with.
        graph: IRI of the named graph for the statements.
    """
    rows, problems = sheets.read(name, content, _COLUMNS, ("word", "concept"))
    quads: list[Quad] = []
    for row in rows:
        word, concept, stance, by, note = (row.cells[column] for column in _COLUMNS)
        if fault := _missing(word, concept) or stance_fault(stance):
            problems.append(Problem(name, row.line, fault))
            continue
        mark = f"{base}mark/{handle(word)}-{handle(concept)}"
        said = [
            (term("ik:markedWord"), Literal(word.casefold())),
            *mark_facts(concept, stance or "mentions", by, note, (name, row.line)),
        ]
        quads += [Quad(Iri(mark), Iri(prop), value, Iri(graph)) for prop, value in said]
    return quads, problems


def mark_facts(
    concept: str, stance: str, by: str, note: str, place: tuple[str, int]
) -> list[tuple[str, Iri | Literal]]:
    """Return (property, value) of a mark: its theme, its stance, who made it, and where it stands.

    Args:
        concept: any name of a concept, or its IRI; empty where the mark is on a proposition.
        stance: one of `vocab.STANCES`.
        by: who made the mark; empty where nobody says so.
        note: what they remark; may be empty.
        place: the file and the line.
    """
    said: list[tuple[str, Iri | Literal]] = [
        (RDF_TYPE, Iri(term("ik:ThemeMark"))),
        (term("ik:stance"), Iri(IKV + stance)),
        *written_at(place),
    ]
    if concept:
        said.append(named_theme("ik:about", concept))
    if by:
        said.append((term("ik:reader"), Literal(by)))
    if note:
        said.append((term("skos:note"), Literal(note, language="en")))
    return said


def written_at(place: tuple[str, int]) -> Iterable[tuple[str, Literal]]:
    """Yield (property, value) for the file and the line in which a person wrote something."""
    yield term("ik:fileName"), Literal(place[0])
    number = Iri(f"{XSD}positiveInteger")
    yield term("ik:lineNumber"), Literal(str(place[1]), datatype=number)


_NAMING: Final = {
    "ik:about": "ik:aboutName",
    "ik:subjectGiven": "ik:subjectName",
    "ik:objectGiven": "ik:objectName",
}


def named_theme(prop: str, concept: str) -> tuple[str, Iri | Literal]:
    """Return (property, value) for a concept that a person names: its IRI, or its name to look up.

    A rule finds the concept of that name, in whatever namespace it is.
    """
    prefix, colon, local = concept.partition(":")
    if colon and local.startswith("//"):
        return term(prop), Iri(concept)
    if colon and prefix in PREFIXES:
        return term(prop), Iri(PREFIXES[prefix] + local)
    return term(_NAMING[prop]), Literal(folded(concept))


def folded(name: str) -> str:
    """Return a name as the rule `22-names` writes it: small letters, one space for a hyphen."""
    return " ".join(name.lower().replace("_", " ").replace("-", " ").split())


def stance_fault(stance: str) -> str:
    """Return what is wrong with a stance, or nothing; an empty one is left to the default."""
    if not stance or stance in STANCES:
        return ""
    return f"'{stance}' is no stance; use one of {', '.join(STANCES)}"


def _missing(word: str, concept: str) -> str:
    lacking = "word" if not word else "concept" if not concept else ""
    return f"the row has no {lacking}; fill it in" if lacking else ""
