"""Bibliographies: BibTeX read into entries, entries into statements and into a workspace."""

from intlkg.bib.keys import mint
from intlkg.bib.library import Addition, add, report
from intlkg.bib.names import Name, split
from intlkg.bib.reader import Entry, Reading, read, repeated_keys
from intlkg.bib.records import quads

__all__ = [
    "Addition",
    "Entry",
    "Name",
    "Reading",
    "add",
    "mint",
    "quads",
    "read",
    "repeated_keys",
    "report",
    "split",
]
