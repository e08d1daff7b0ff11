"""Which entries are one work: what identifies a work surely, and what makes two look alike."""

import re
from dataclasses import dataclass
from typing import Final

from intlkg.bib.identifiers import isbn, pmid_of, work_doi
from intlkg.bib.keys import wording, year
from intlkg.bib.latex import decode
from intlkg.bib.names import split
from intlkg.bib.reader import Entry

_SHORTEST: Final = 15
_ALIKE: Final = 90.0
"""Least likeness of two titles, from 0 to 100, at which a person should look."""

_WHOLE: Final = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings manual thesis phdthesis "
    "mastersthesis report techreport booklet".split()
)
"""Types whose ISBN is that of the work, not that of the book it is in."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two entries of one work nearly share.

    Attributes:
        who: the first author's family name.
        title: the title's words.
        year: when it appeared.
        marks: numbers in the title, and the edition: works with other ones are others.
        rare: the title's longest words, of which two like titles share one.
    """

    who: str
    title: str
    year: int
    marks: str
    rare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What an entry tells of which work it is an entry of.

    Attributes:
        doi: the work's bare DOI, or ''.
        sure: (what it is, value) of all that identifies the work, surest first.
        text: all that the entry says, or ''.
        like: what may show that it is another entry's work; None where there is too little of it.
    """

    doi: str
    sure: tuple[tuple[str, str], ...]
    text: str
    like: Likeness | None


def aliases(entry: Entry) -> list[str]:
    """Return the other keys of an entry, from biblatex's field `ids`."""
    return [alias.strip() for alias in entry.fields.get("ids", "").split(",") if alias.strip()]


def identity(entry: Entry) -> Identity:
    """Return what an entry tells of its work; author and year alone tell nothing."""
    bare, text = work_doi(entry), _text(entry)
    title = wording(decode(entry.fields.get("title", "")))
    names = split(entry.fields.get("author") or entry.fields.get("editor", ""))
    who = wording(names[0].family) if names else ""
    digits, parts = year(entry)[:4], _parts(entry)
    sure: list[tuple[str, str]] = []
    if bare:
        sure.append(("DOI", bare))
    if number := pmid_of(entry):
        sure.append(("PubMed number", number))
    if entry.kind in _WHOLE and (book := isbn(entry.fields.get("isbn", ""))):
        sure.append(("ISBN", "|".join((book, *parts))))
    if text:
        sure.append(("text", text))
    else:
        sure += [("key and no text", key) for key in (entry.key, *aliases(entry))]
    if title and who:
        same = "|".join((title, digits, who, *parts))
        sure.append(("title, year and first author", same))
    like = _likeness(title, who, digits, parts) if len(title) >= _SHORTEST and digits else None
    return Identity(bare, tuple(sure), text, like)


def _likeness(title: str, who: str, digits: str, parts: tuple[str, str]) -> Likeness | None:
    if not who:
        return None
    words = title.split("-")
    numbers = [word for word in words if re.fullmatch(r"\d+|[ivx]+", word)]
    longest = sorted(set(words), key=lambda word: (-len(word), word))[:2]
    return Likeness(who, " ".join(words), int(digits), "|".join((*numbers, *parts)), tuple(longest))


def alike(one: Likeness, other: Likeness) -> float:
    """Return how much two titles are alike, from 0 to 100; 0 where the works cannot be one.

    They can be where the first author is the same and the years are at most one apart. Titles with
    other numbers (part 1, part 2) and other editions are never so.
    """
    from rapidfuzz import fuzz

    if one.who != other.who or abs(one.year - other.year) > 1 or one.marks != other.marks:
        return 0.0
    return fuzz.token_sort_ratio(one.title, other.title, score_cutoff=_ALIKE)


def _parts(entry: Entry) -> tuple[str, str]:
    """Return an entry's edition and, of a book, its volume: other ones are other works."""
    edition = re.sub(r"\D", "", entry.fields.get("edition", "")) or wording(
        decode(entry.fields.get("edition", ""))
    )
    volume = entry.fields.get("volume", "") if entry.kind in _WHOLE else ""
    return edition, wording(volume)


def _text(entry: Entry) -> str:
    """Return all that an entry says, in an order of its own; its keys say nothing of a work."""
    said = [f"{n}={' '.join(v.split())}" for n, v in entry.fields.items() if n != "ids"]
    return "\n".join([entry.kind, *sorted(said)]) if said else ""
