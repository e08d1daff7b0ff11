"""One entry as a work: each of its facts decoded in one place, once, when it is first asked for.

What an entry takes over from others by `crossref` and `xdata` is put into it by `resolved`.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Final

from intlkg.bib.identifiers import arxiv_of, isbn, issn, pmid_of, work_doi
from intlkg.bib.latex import decode, listed
from intlkg.bib.names import Name, split
from intlkg.bib.reader import Entry

VENUES: Final = ("journal", "journaltitle", "booktitle")
"""Fields that name what a work appeared in; the first that is there counts."""

_YEAR: Final = re.compile(r"(?<!\d)\d{4}[a-z]?(?![a-z\d])")


class Work:
    """What an entry says of a work.

    Attributes:
        entry: the entry, as its file has it.
        fields: the entry's fields, LaTeX as written.
        key: its citation key.
        kind: its type in lower case.
    """

    def __init__(self, entry: Entry) -> None:
        self.entry, self.fields = entry, entry.fields
        self.key, self.kind = entry.key, entry.kind
        self._texts: dict[str, str] = {}
        self._people: dict[str, list[Name]] = {}

    def text(self, *names: str) -> str:
        """Return the first of these fields that says something, as plain Unicode, or ''."""
        for name in names:
            if name not in self.fields:
                continue
            if name not in self._texts:
                self._texts[name] = decode(self.fields[name])
            if self._texts[name]:
                return self._texts[name]
        return ""

    def people(self, role: str) -> list[Name]:
        """Return the persons and bodies of a field such as `author`, in order."""
        if role not in self._people:
            self._people[role] = split(self.fields.get(role, ""))
        return self._people[role]

    def words(self, name: str) -> list[str]:
        """Return the words of a list such as `keywords`, each as plain Unicode."""
        decoded = map(decode, listed(self.fields.get(name, "")))
        return [word for word in decoded if word]

    @property
    def title(self) -> str:
        """The title, as it is read."""
        return self.text("title")

    @property
    def makers(self) -> list[Name]:
        """The authors; the editors where nobody is named as an author."""
        return self.people("author") or self.people("editor")

    @property
    def venue(self) -> str:
        """The name of what the work appeared in, or ''."""
        return self.text(*VENUES)

    @cached_property
    def year(self) -> str:
        """The year with its letter, from `year` or `date`, or ''."""
        found = _YEAR.search(self.text("year", "date"))
        return "".join(str(int(c)) if c.isdigit() else c for c in found[0]) if found else ""

    @cached_property
    def aliases(self) -> list[str]:
        """The other keys of the entry, from biblatex's field `ids`."""
        return aliases(self.entry)

    @cached_property
    def doi(self) -> str:
        """The bare DOI of the work, of a preprint the one that arXiv gives to each, or ''."""
        return work_doi(self.entry)

    @cached_property
    def pmid(self) -> str:
        """The PubMed number, or ''."""
        return pmid_of(self.entry)

    @cached_property
    def arxiv(self) -> str:
        """The arXiv number without its version, or ''."""
        return arxiv_of(self.entry)

    @cached_property
    def isbn(self) -> str:
        """The first ISBN with 13 digits, or ''."""
        return isbn(self.fields.get("isbn", ""))

    @cached_property
    def issn(self) -> str:
        """The first ISSN, or ''."""
        return issn(self.fields.get("issn", ""))

    @cached_property
    def pages(self) -> tuple[str, str]:
        """The first and the last page; the last is '' where only one is named."""
        written = self.text("pages")
        dash = r"\s*[–—]+\s*" if re.search("[–—]", written) else r"\s*-+\s*"
        found = re.split(dash, written)
        return found[0], found[-1] if len(found) > 1 else ""


def aliases(entry: Entry) -> list[str]:
    """Return the other keys of an entry, from biblatex's field `ids`."""
    return [alias.strip() for alias in entry.fields.get("ids", "").split(",") if alias.strip()]


_NOT_INHERITED: Final = frozenset(
    {"ids", "crossref", "xdata", "label", "shorthand", "keywords", "note"}
)
"""Fields that a child never takes from the work that it is in."""

_TITLES_WITHIN: Final = {"title": "booktitle", "subtitle": "booksubtitle"}
_KINDS_WITHIN: Final = frozenset(
    {"incollection", "inbook", "inproceedings", "conference", "suppbook"}
)


def resolved(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries with the fields that they inherit; those that they have stay as they are.

    Parents may stand before or after their children, and have parents themselves. A chapter takes
    the title of its book for `booktitle`. A parent that is not there, or a circle, adds nothing.
    """
    listed = list(entries)
    by_key = {entry.key: entry for entry in reversed(listed) if entry.key}
    return [replace(entry, fields=_inherited(entry, by_key, ())) for entry in listed]


def _inherited(entry: Entry, by_key: dict[str, Entry], above: tuple[str, ...]) -> dict[str, str]:
    fields = dict(entry.fields)
    if not {"crossref", "xdata"} & set(fields):
        return fields
    seen = (*above, entry.key)
    for key in fields.get("xdata", "").split(","):
        parent = by_key.get(key.strip())
        if parent is not None and parent.key not in seen:
            for name, value in _inherited(parent, by_key, seen).items():
                fields.setdefault(name, value)
    parent = by_key.get(fields.get("crossref", "").strip())
    if parent is not None and parent.key not in seen:
        for name, value in _inherited(parent, by_key, seen).items():
            if name in _NOT_INHERITED or (name == "author" and entry.kind in _KINDS_WITHIN):
                continue
            name = _TITLES_WITHIN.get(name, name) if entry.kind in _KINDS_WITHIN else name
            fields.setdefault(name, value)
    return fields
