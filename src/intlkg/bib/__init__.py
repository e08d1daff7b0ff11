"""Bibliographies: in and out of a workspace in many formats, and as statements."""

from intlkg.bib.export import KEYS, THEMES, Export, citations, exported, written
from intlkg.bib.formats import read_any
from intlkg.bib.importing import add
from intlkg.bib.keys import mint
from intlkg.bib.latex import decode
from intlkg.bib.ledger import Addition, ledger, report
from intlkg.bib.marks import concept_iri, read_marks
from intlkg.bib.merge import Duplicate, duplicates
from intlkg.bib.merge import split as split_work
from intlkg.bib.names import Name, split
from intlkg.bib.reader import Entry, Reading, read, repeated_keys
from intlkg.bib.reviews import SAME_AS, Decision, decide, decisions, parse_decisions, read_reviews
from intlkg.bib.sources import Source, sources
from intlkg.bib.statements import local, quads
from intlkg.bib.work import Work

__all__ = [
    "KEYS",
    "SAME_AS",
    "THEMES",
    "Addition",
    "Decision",
    "Duplicate",
    "Entry",
    "Export",
    "Name",
    "Reading",
    "Source",
    "Work",
    "add",
    "citations",
    "concept_iri",
    "decide",
    "decisions",
    "decode",
    "duplicates",
    "exported",
    "ledger",
    "local",
    "mint",
    "parse_decisions",
    "quads",
    "read",
    "read_any",
    "read_marks",
    "read_reviews",
    "repeated_keys",
    "report",
    "sources",
    "split",
    "split_work",
    "written",
]
