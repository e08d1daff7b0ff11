"""Bibliographies: BibTeX, RIS and CSL-JSON in and out of a workspace, and as statements."""

from intlkg.bib.export import THEMES, written
from intlkg.bib.formats import read_any
from intlkg.bib.keys import mint
from intlkg.bib.library import Addition, add, ledger, report
from intlkg.bib.marks import read_marks
from intlkg.bib.names import Name, split
from intlkg.bib.reader import Entry, Reading, read, repeated_keys
from intlkg.bib.records import quads

__all__ = [
    "THEMES",
    "Addition",
    "Entry",
    "Name",
    "Reading",
    "add",
    "ledger",
    "mint",
    "quads",
    "read",
    "read_any",
    "read_marks",
    "repeated_keys",
    "report",
    "split",
    "written",
]
