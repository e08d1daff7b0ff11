"""Trace a theme to the words on the page: typed results over named questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from intlkg import queries
from intlkg.store import Iri, Literal, Store
from intlkg.workspace import Workspace

QUESTION: Final = "evidence-on-theme"
DIRECTIONS: Final = ("supports", "disputes", "mentions")
VOICES: Final = ("participants", "authors", "literature")
VOICE_OF: Final = {
    "quote": "participants",
    "reported": "participants",
    "finding": "authors",
    "assertion": "authors",
    "citation": "literature",
    "claim": "literature",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: source, section, and positions in the source's text (end excluded)."""

    source: str
    section: str
    start: int
    end: int

    def __str__(self) -> str:
        """Return the place in words."""
        parts = [self.source, self.section, f"characters {self.start}-{self.end}"]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence.

    Attributes:
        iri: which statement, citation, claim or finding it is.
        direction: one of `DIRECTIONS`.
        kind: `quote` (a participant's words) or `reported` (given by the author in other words);
            `finding` (what the study concludes) or `assertion` (what its author says without a
            source); or second-hand: `citation` (a work that the author cites for it) or `claim`
            (what the author says that a work found).
        words: the words themselves; for a citation the sentence that cites.
        who: codes of the speakers, or the cited work.
        question: the interview question that was answered, or an empty string.
        basis: who read the direction into the words.
        places: every place where the words are printed.
        notes: what the curators remark on the speaker or on the reading.
    """

    iri: str
    direction: str
    kind: str
    words: str
    who: tuple[str, ...]
    question: str
    basis: str
    places: tuple[Place, ...]
    notes: tuple[str, ...]

    @property
    def voice(self) -> str:
        """Whose evidence it is, one of `VOICES`; literature is second-hand."""
        return VOICE_OF[self.kind]


@dataclass(frozen=True, slots=True)
class Proposition:
    """A proposition, as a sentence and by its IRI, and what bears on it."""

    label: str
    iri: str
    items: tuple[Item, ...]

    def of(self, direction: str) -> tuple[Item, ...]:
        """Return the items of one direction, in the order of the text."""
        return tuple(item for item in self.items if item.direction == direction)


@dataclass(frozen=True, slots=True)
class Trace:
    """All evidence on a theme and the themes below it: its name, its IRI, and what is on it."""

    theme: str
    iri: str
    propositions: tuple[Proposition, ...]

    def _repr_html_(self) -> str:
        from intlkg.evidence.report import html

        return html(self)

    def against(self) -> "Trace":
        """Return the same with nothing but what disputes, and without what nobody disputes."""
        disputed = [
            Proposition(one.label, one.iri, one.of("disputes"))
            for one in self.propositions
            if one.of("disputes")
        ]
        return replace(self, propositions=tuple(disputed))

    def count(self, direction: str, voice: str) -> int:
        """Return how many speakers, cited works or authors' own texts take a side."""
        return len(
            {
                who
                for proposition in self.propositions
                for item in proposition.of(direction)
                if item.voice == voice
                for who in item.who
            }
        )


def trace(workspace: Workspace, store: Store, theme: str) -> Trace:
    """Return what supports, disputes and mentions a theme, each with its words and its place.

    Args:
        workspace: whose questions are asked.
        store: what they are asked of.
        theme: a concept by any of its labels, its id or its IRI.

    Raises:
        QueryError: no theme, or more than one, is called so; the message suggests near ones.
    """
    parameter = queries.named(workspace, QUESTION).parameters["theme"]
    return trace_concept(workspace, store, queries.resolve(workspace, store, parameter, theme))


def trace_concept(workspace: Workspace, store: Store, concept: Iri | Literal) -> Trace:
    """Return what supports, disputes and mentions a concept, given by its IRI."""
    query = queries.named(workspace, QUESTION)
    rows = store.select(queries.bind(query, {"theme": [concept]}))
    answer = queries.labelled(store, rows)
    records = [
        {
            **dict(zip(answer.variables, cells, strict=True)),
            "iri": queries.text(terms["proposition"]),
            "item_iri": queries.text(terms["item"]),
        }
        for cells, terms in zip(answer.rows, answer.terms, strict=True)
    ]
    propositions = tuple(
        _proposition(list(group)) for _, group in groupby(records, key=lambda record: record["iri"])
    )
    label = store.label(concept) if isinstance(concept, Iri) else None
    return Trace(label or concept.value, concept.value, propositions)


def _proposition(records: list[dict[str, str]]) -> Proposition:
    return Proposition(records[0]["proposition"], records[0]["iri"], _items(records))


def _items(records: Iterable[Mapping[str, str]]) -> tuple[Item, ...]:
    """Return the evidence of one finding: rows of the same item and direction are one."""
    grouped: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for record in records:
        key = (record["direction"], record["item_iri"], record["words"])
        grouped.setdefault(key, []).append(record)
    items = [_item(group) for group in grouped.values()]
    return tuple(sorted(items, key=lambda item: VOICES.index(item.voice)))


def _item(records: list[Mapping[str, str]]) -> Item:
    first = records[0]
    places = {Place(r["source"], r["section"], int(r["start"]), int(r["end"])) for r in records}
    return Item(
        iri=first["item_iri"],
        direction=first["direction"],
        kind=first["kind"],
        words=first["words"],
        who=tuple(sorted({r["who"] for r in records}, key=natural)),
        question=first["question"],
        basis=first["basis"],
        places=tuple(sorted(places, key=lambda place: (place.source, place.start))),
        notes=tuple(n for n in (first["speaker_note"], first["reading_note"]) if n),
    )


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that puts M2 before M11."""
    digits = [list(group) for _, group in groupby(text, str.isdigit)]
    parts = ["".join(group) for group in digits]
    return tuple((int(p), "") if p.isdigit() else (0, p) for p in parts)
