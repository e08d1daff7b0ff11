"""Bibliographies: in and out of a workspace in many formats, and as statements."""

from intlkg.bib.export import EVIDENCE, KEYS, THEMES, Export, citations, exported, written
from intlkg.bib.formats import read_any
from intlkg.bib.importing import add
from intlkg.bib.keys import mint
from intlkg.bib.latex import decode
from intlkg.bib.ledger import Addition, ledger, report
from intlkg.bib.merge import Duplicate, duplicates
from intlkg.bib.merge import split as split_work
from intlkg.bib.names import Name, split
from intlkg.bib.passages import COLUMNS as EVIDENCE_COLUMNS
from intlkg.bib.passages import Reading as Note
from intlkg.bib.passages import as_note, note, read_evidence
from intlkg.bib.reader import Entry, Reading, read, repeated_keys
from intlkg.bib.reviews import SAME_AS, Decision, decide, decisions, parse_decisions, read_reviews
from intlkg.bib.sources import Source, sources
from intlkg.bib.statements import local, quads
from intlkg.bib.themes import read_marks
from intlkg.bib.work import Work

SHEETS = {
    "bib/themes.tsv": read_marks,
    "bib/reviewed.tsv": read_reviews,
    "bib/evidence.tsv": read_evidence,
}
"""People's tables -> what reads their statements."""

__all__ = [
    "EVIDENCE",
    "EVIDENCE_COLUMNS",
    "KEYS",
    "SAME_AS",
    "SHEETS",
    "THEMES",
    "Addition",
    "Decision",
    "Duplicate",
    "Entry",
    "Export",
    "Name",
    "Note",
    "Reading",
    "Source",
    "Work",
    "add",
    "as_note",
    "citations",
    "decide",
    "decisions",
    "decode",
    "duplicates",
    "exported",
    "ledger",
    "local",
    "mint",
    "note",
    "parse_decisions",
    "quads",
    "read",
    "read_any",
    "repeated_keys",
    "report",
    "sources",
    "split",
    "split_work",
    "written",
]
