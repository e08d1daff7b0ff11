"""Reference lists that exports carry: which works of a library they cite."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from intlkg.bib.identifiers import doi
from intlkg.bib.keys import wording
from intlkg.bib.latex import decode, listed
from intlkg.bib.work import Work

_FIELDS: Final = ("cited-references", "cited_references", "references")
_TOLD: Final = 20
"""Letters of a title that tell a work when they stand in a reference."""

_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


class Library:
    """The works of a library, found by what reference lists print of them."""

    def __init__(self, works: Iterable[Work]) -> None:
        """Take the works that may be cited."""
        self._by_identifier: dict[str, str] = {}
        self._by_author: dict[tuple[str, str], list[Work]] = defaultdict(list)
        for work in works:
            for value in (work.doi, work.fields.get("openalex", "").lower()):
                if value:
                    self._by_identifier.setdefault(value, work.key)
            if work.makers and work.year:
                family = wording(work.makers[0].family)
                self._by_author[family, work.year[:4]].append(work)

    def cited(self, work: Work) -> Iterator[str]:
        """Yield the keys of the works that a work cites, each once, in the order of its list.

        A reference is a work of the library if it has its DOI; else if first author and year are
        the same, and its title, or its volume and first page, stand in it. Where several works fit,
        none is taken.
        """
        found: dict[str, None] = {}
        if not has_references(work):
            return
        for identifier in listed(work.fields.get("openalex-references", "")):
            found[self._by_identifier.get(identifier.lower(), "")] = None
        for reference in references(work):
            found[self._match(reference)] = None
        yield from (key for key in found if key not in ("", work.key))

    def _match(self, reference: str) -> str:
        if bare := doi(reference):
            return self._by_identifier.get(bare, "")
        words = wording(reference)
        fitting = {
            work.key
            for year in set(_YEAR.findall(reference))
            for family in _starts(words)
            for work in self._by_author.get((family, year), ())
            if _stands_in(work, words)
        }
        return fitting.pop() if len(fitting) == 1 else ""


def has_references(work: Work) -> bool:
    """Return whether an entry carries a reference list."""
    return "openalex-references" in work.fields or any(name in work.fields for name in _FIELDS)


def references(work: Work) -> list[str]:
    """Return the references of a work's list, each as plain text."""
    written = next((work.fields[name] for name in _FIELDS if work.fields.get(name)), "")
    text = written.strip().removeprefix("{").removesuffix("}")
    lines = [line for line in text.split("\n") if line.strip()]
    found = lines if len(lines) > 1 else re.split(r";\s+", text)
    return [said for said in map(decode, found) if said]


def _starts(words: str) -> Iterator[str]:
    """Yield the first one to three words of a reference, which may be a family name."""
    first = words.split("-")[:3]
    yield from ("-".join(first[:count]) for count in range(1, len(first) + 1))


def _stands_in(work: Work, words: str) -> bool:
    title = wording(work.title)
    if len(title) >= _TOLD and f"-{title}-" in f"-{words}-":
        return True
    volume, page = wording(work.text("volume")), wording(work.pages[0])
    return bool(volume and page) and f"-v{volume}-p{page}-" in f"-{words}-"
