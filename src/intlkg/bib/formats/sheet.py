"""An entry's fields on their way into another format; what finds no place there is left over."""

import re
from typing import Final

from intlkg.bib.latex import decode
from intlkg.bib.names import Name, others
from intlkg.bib.reader import Entry
from intlkg.bib.work import VENUES, Work

UNSAID: Final = frozenset(
    ("ids", "crossref", "xdata", "intlkg-printed", "intlkg-number", "intlkg-start")
)
"""Fields that say nothing of a work that its other fields do not say."""

_WITHIN: Final = frozenset(("incollection", "inproceedings", "inbook", "conference"))
_WRAPPED: Final = re.compile(r"\\url\s*\{(.*)\}|\{(.*)\}|(.*)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([_%&#$~{}])|[{}]")


class Sheet:
    """What an entry holds, each field taken once.

    Attributes:
        work: the entry's work.
        left: the fields that were not taken yet.
    """

    def __init__(self, entry: Entry) -> None:
        self.work = Work(entry)
        self.left = {n: v for n, v in entry.fields.items() if v.strip() and n not in UNSAID}

    def text(self, *names: str) -> str:
        """Take the first of these fields that says something, and those that say the same."""
        found = self.work.text(*(name for name in names if name in self.left))
        for name in names if found else ():
            if self.work.text(name) == found:
                self.left.pop(name, None)
        return found

    def venue(self) -> str:
        """Take what the work is in: of two the one that its type is in."""
        within = self.work.kind in _WITHIN and "booktitle" in self.left
        return self.text("booktitle") if within else self.text(*VENUES)

    def plain(self, name: str) -> str:
        """Take an identifier or address: without the braces and backslashes of LaTeX."""
        return plain(self.left.pop(name, ""))

    def people(self, role: str) -> list[Name]:
        """Take the names of a field."""
        found = self.work.people(role) if role in self.left else []
        if found and others(self.left.pop(role)):
            found = [*found, Name("others", "", "", "others")]
        return found

    def words(self, name: str) -> list[str]:
        """Take the words of a list."""
        found = self.work.words(name) if name in self.left else []
        self.left.pop(name, None)
        return found

    def eprint(self, kind: str) -> str:
        """Take the number of a work in an archive such as arXiv, or ''."""
        written = self.work.text("archiveprefix", "eprinttype").lower()
        if written != kind:
            return ""
        self.take("archiveprefix", "eprinttype")
        return self.plain("eprint")

    def take(self, *names: str) -> None:
        """Take fields whose facts are written already."""
        for name in names:
            self.left.pop(name, None)


def plain(value: str) -> str:
    """Return an identifier or address without the braces and backslashes of LaTeX."""
    found = _WRAPPED.fullmatch(value.strip())
    inner = next(part for part in found.groups() if part is not None) if found else value
    text = " ".join(_ESCAPED.sub(lambda one: one[1] or "", inner).split())
    return decode(text) if "\\" in text else text
