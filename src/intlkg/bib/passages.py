"""Evidence from papers: what a reader marked or copied in a work, in a table or in its notes."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intlkg import sheets
from intlkg.bib.keys import handle
from intlkg.bib.latex import decode
from intlkg.bib.themes import folded, mark_facts, named_theme, stance_fault, written_at
from intlkg.errors import Problem, WorkspaceError
from intlkg.store import Iri, Literal, Quad
from intlkg.vocab import IKV, RDF_TYPE, STANCES, term
from intlkg.workspace import Workspace, write

NAME: Final = "bib/evidence.tsv"
COLUMNS: Final = (
    "work", "theme", "subject", "relation", "object", "stance", "words", "page", "reader", "note",
)  # fmt: skip
"""The columns of the table, in the order in which it is written."""

_PARTS: Final = 3
"""Parts of a proposition: subject, relation, object."""

EVIDENCE: Final = "intlkg-evidence"
"""The field in which an export writes what readers found."""

_NOTES: Final = re.compile(rf"note|notes|annote|annotation|{EVIDENCE}|comment-.+")
_PARAGRAPH: Final = re.compile(
    r"\n\s*\n|\\par\b|<br\s*/?>|</(?:p|li)>|\n(?=\s*[-*•“\"\[])|\s\|\|\s"
)
_MARK: Final = re.compile(rf"\[\s*({'|'.join(STANCES)})\s*:\s*([^\]]+)\]", re.I)
_WORDS: Final = re.compile(r"“([^”]+)”|\"([^\"]+)\"|``(.+?)''")
_PAGE: Final = re.compile(r"\bpp?\.\s*(\w+(?:\s*[-–]+\s*\w+)?)")
_READER: Final = re.compile(r"—\s*([^—]+)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a work.

    Attributes:
        work: the work's key, or another key that its library knows it by.
        theme: the theme that it is on, where no proposition is meant.
        subject: of the proposition, by any name of the concept.
        relation: of the proposition, such as `hinders`.
        object: of the proposition, by any name of the concept.
        stance: one of `vocab.STANCES`.
        words: copied from the work; without words it is a mark.
        page: the page or other place in the work.
        reader: who read it.
        note: what they remark.
    """

    work: str
    theme: str
    subject: str
    relation: str
    object: str
    stance: str
    words: str
    page: str
    reader: str
    note: str


def read_evidence(
    name: str, content: bytes, *, base: str, graph: str
) -> tuple[list[Quad], list[Problem]]:
    """Return what a table of evidence from papers says, and the rows that are at fault.

    Args:
        name: the file's name, for messages.
        content: its bytes, UTF-8; the columns are `COLUMNS`.
        base: IRI that all data IRIs begin with.
        graph: IRI of the named graph for the statements.
    """
    rows, problems = sheets.read(name, content, COLUMNS, ("work",))
    quads: list[Quad] = []
    seen: dict[Reading, int] = {}
    for row in rows:
        reading = Reading(**row.cells)
        if fault := _fault(reading, seen):
            problems.append(Problem(name, row.line, fault))
        else:
            seen[reading] = row.line
            quads += reading_quads(reading, (name, row.line), base=base, graph=graph)
    return quads, problems


def reading_quads(
    reading: Reading, place: tuple[str, int], *, base: str, graph: str
) -> Iterator[Quad]:
    """Yield the statements of one reading: a passage with its evidence line, or a mark.

    Args:
        reading: what was found; it names its concepts and its work, which rules look up.
        place: the file and the line where it is written.
        base: IRI that all data IRIs begin with.
        graph: IRI of the named graph for the statements.
    """
    own = hashlib.sha256("\x1f".join(_identity(reading)).encode()).hexdigest()[:10]
    item = f"{base}evidence/{handle(reading.work)}-{own}"
    line = f"{item}-line" if reading.words else item
    stance = reading.stance or "mentions"
    said: list[tuple[str, str, Iri | Literal]] = [(item, term("ik:workKey"), Literal(reading.work))]
    if reading.words:
        said += ((item, prop, value) for prop, value in _passage(reading, place))
        said += [
            (line, RDF_TYPE, Iri(term("ik:EvidenceLine"))),
            (line, term("ik:evidenceItem"), Iri(item)),
            (line, term("ik:basis"), Iri(f"{IKV}curator-read")),
            (line, term("ik:stance"), Iri(IKV + stance)),
        ]
    else:
        facts = mark_facts(reading.theme, stance, reading.reader, reading.note, place)
        said += ((item, prop, value) for prop, value in facts)
    said += ((line, prop, value) for prop, value in _on(reading))
    for subject, prop, value in said:
        yield Quad(Iri(subject), Iri(prop), value, Iri(graph))


def noted(key: str, fields: Iterable[tuple[str, str]]) -> Iterator[Reading]:
    """Yield the evidence that the notes of an entry hold.

    A paragraph counts if it has a mark in brackets, such as `[supports: psychic distance]` or
    `[disputes: distance | hinders | internationalization]`. What it has between quotation marks is
    the words; the page is what follows `p.` or `pp.`. Nothing unmarked is taken.

    Args:
        key: the entry's key.
        fields: names and values of its fields, LaTeX as written.
    """
    for name, text in fields:
        if not _NOTES.fullmatch(name):
            continue
        reader = name.removeprefix("comment-") if name.startswith("comment-") else ""
        for paragraph in map(decode, _PARAGRAPH.split(text)):
            signed = _READER.search(paragraph) if name == EVIDENCE else None
            for mark in _MARK.finditer(paragraph):
                yield _of_note(key, paragraph, mark, signed[1].strip() if signed else reader)


def _of_note(key: str, paragraph: str, mark: re.Match[str], reader: str) -> Reading:
    plain = _MARK.sub(" ", paragraph)
    words = _WORDS.search(plain)
    page = _PAGE.search(_WORDS.sub(" ", plain))
    named = [" ".join(part.split()) for part in mark[2].split("|")]
    subject, relation, object_ = named if len(named) == _PARTS else ("", "", "")
    return Reading(
        work=key,
        theme="" if subject else named[0],
        subject=subject,
        relation=relation,
        object=object_,
        stance=mark[1].lower(),
        words=" ".join(next(filter(None, words.groups())).split()) if words else "",
        page=page[1] if page else "",
        reader=reader,
        note="",
    )


def as_note(reading: Reading) -> str:
    """Return a reading in the form in which `noted` reads it."""
    named = reading.theme or " | ".join((reading.subject, reading.relation, reading.object))
    words = f" “{reading.words}”" if reading.words else ""
    page = f" (p. {reading.page})" if reading.page else ""
    reader = f" — {reading.reader}" if reading.reader else ""
    return f"[{reading.stance}: {named}]{words}{page}{reader}"


def note(workspace: Workspace, reading: Reading) -> Path:
    """Write a reading as one more row of the workspace's table of evidence, and return its path.

    The table keeps its columns, their order and its separator; what it held stays as it is.

    Raises:
        WorkspaceError: the table cannot take the row, or has it already.
        OSError: the table cannot be written.
    """
    path = workspace.root / NAME
    old = path.read_bytes() if path.is_file() else ("\t".join(COLUMNS) + "\n").encode()
    rows, problems = sheets.read(NAME, old, COLUMNS, ("work",))
    known = {Reading(**row.cells): row.line for row in rows}
    fault = str(problems[0]) if problems else _fault(reading, known)
    if fault:
        raise WorkspaceError(f"{NAME}: {fault.replace('the row', 'it')}")
    write(path, sheets.appended(old, {name: getattr(reading, name) for name in COLUMNS}))
    return path


def _fault(reading: Reading, seen: dict[Reading, int]) -> str:
    three = (reading.subject, reading.relation, reading.object)
    if not reading.work:
        return "the row has no work; fill in the key of its entry"
    if any(three) and not all(three):
        return "the row has part of a proposition; fill in subject, relation and object"
    if not reading.theme and not any(three):
        return "the row has neither a theme nor a proposition; fill in one of them"
    if reading.theme and any(three):
        return "the row has a theme and a proposition; keep one of them, a row for each"
    if reading in seen:
        return f"the row says the same as line {seen[reading]}; delete one of them"
    return stance_fault(reading.stance)


def _identity(reading: Reading) -> tuple[str, ...]:
    named = (reading.theme, reading.subject, reading.relation, reading.object)
    return (*map(folded, named), reading.stance, reading.words, reading.page, reading.reader)


def _passage(reading: Reading, place: tuple[str, int]) -> Iterator[tuple[str, Iri | Literal]]:
    yield RDF_TYPE, Iri(term("ik:Passage"))
    yield term("c4o:hasContent"), Literal(reading.words)
    if reading.page:
        yield term("ik:locator"), Literal(reading.page)
    if reading.reader:
        yield term("ik:reader"), Literal(reading.reader)
    if reading.note:
        yield term("skos:note"), Literal(reading.note, language="en")
    yield from written_at(place)


def _on(reading: Reading) -> Iterator[tuple[str, Iri | Literal]]:
    if reading.theme:
        yield named_theme("ik:about", reading.theme)
        return
    yield named_theme("ik:subjectGiven", reading.subject)
    yield term("ik:relationName"), Literal(folded(reading.relation))
    yield named_theme("ik:objectGiven", reading.object)
