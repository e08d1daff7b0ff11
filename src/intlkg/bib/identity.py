"""Which entries are one work: by DOI, by the same text, or by title, year and first author."""

import re
from dataclasses import dataclass, field
from typing import Final

from intlkg.bib.dois import doi_of
from intlkg.bib.keys import wording, year
from intlkg.bib.latex import decode
from intlkg.bib.names import split
from intlkg.bib.reader import Entry

_SHORTEST: Final = 15
_ALIKE: Final = 90.0
"""Least likeness of two titles, from 0 to 100, at which a person should look."""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What two entries of one work nearly share; `marks` are numbers and editions."""

    key: str
    who: str
    title: str
    year: int
    marks: tuple[str, ...]


@dataclass(slots=True)
class Works:
    """The works of a workspace, found by all that identifies one."""

    keys: set[str] = field(default_factory=set)
    _found: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    _dois: dict[str, str] = field(default_factory=dict)
    _near: dict[str, list[_Likeness]] = field(default_factory=dict)

    def add(self, entry: Entry, key: str) -> None:
        """Take a work under its key; its aliases are taken with it."""
        self.keys |= {key, *aliases(entry)}
        for identity in _identities(entry):
            self._found.setdefault(identity, []).append(key)
        if "intlkg-printed" not in entry.fields and (own := doi_of(entry)):
            self._dois.setdefault(key, own)
        if one := _likeness(entry, key):
            self._near.setdefault(one.who, []).append(one)

    def likely(self, entry: Entry) -> str | None:
        """Return the key of a work that may be the same, to be looked at by a person.

        That is: the same first author, a year at most one apart, and titles that differ by a few
        letters or words. Titles with other numbers (part 1, part 2), other editions or two DOIs are
        never so, and neither is author and year without a title.
        """
        one = _likeness(entry, "")
        if one is None:
            return None
        from rapidfuzz import fuzz

        own = doi_of(entry)
        scored = [
            (fuzz.token_sort_ratio(one.title, other.title), other.key)
            for other in self._near.get(one.who, ())
            if abs(one.year - other.year) <= 1
            and one.marks == other.marks
            and not (own and self._dois.get(other.key, own) != own)
        ]
        score, key = max(scored, default=(0.0, ""))
        return key if score >= _ALIKE else None

    def find(self, entry: Entry) -> tuple[str, str] | None:
        """Return the key of the same work, and why it is the same.

        Works with two DOIs are two, whatever their titles say. A DOI as printed in a reference
        list may be wrong, so it keeps nothing apart.
        """
        own = doi_of(entry)
        for identity in _identities(entry):
            for key in self._found.get(identity, ()):
                if not own or self._dois.get(key, own) == own:
                    return key, f"same {identity[0]}"
        return None


def aliases(entry: Entry) -> list[str]:
    """Return the other keys of an entry, from biblatex's field `ids`."""
    return [alias.strip() for alias in entry.fields.get("ids", "").split(",") if alias.strip()]


def _identities(entry: Entry) -> list[tuple[str, ...]]:
    """Return what identifies an entry's work, surest first."""
    found: list[tuple[str, ...]] = []
    if bare := doi_of(entry):
        found.append(("DOI", bare))
    if text := _text(entry):
        found.append(("text", entry.kind, text))
    else:
        found += [("key and no text", key) for key in (entry.key, *aliases(entry))]
    title = wording(decode(entry.fields.get("title", "")))
    names = split(entry.fields.get("author") or entry.fields.get("editor", ""))
    if title and names and (who := wording(names[0].family)):
        found.append(("title, year and first author", title, year(entry)[:4], who))
    return found


def _likeness(entry: Entry, key: str) -> _Likeness | None:
    title = wording(decode(entry.fields.get("title", ""))).replace("-", " ")
    names = split(entry.fields.get("author") or entry.fields.get("editor", ""))
    digits = year(entry)[:4]
    if len(title) < _SHORTEST or not names or not digits:
        return None
    numbers = re.findall(r"\b(?:\d+|[ivx]+)\b", title)
    edition = wording(decode(entry.fields.get("edition", "")))
    return _Likeness(key, wording(names[0].family), title, int(digits), (*numbers, edition))


def _text(entry: Entry) -> str:
    """Return all that an entry says, in an order of its own; its keys say nothing of a work."""
    said = (f"{n}={' '.join(v.split())}" for n, v in entry.fields.items() if n != "ids")
    return "\n".join(sorted(said))
