"""Evidence: who takes which stance on what, in which words, where; the owner of that meaning."""

from intlkg.evidence.audit import Part, audit, audit_json
from intlkg.evidence.bibliography import FORMATS, bibliography, exported
from intlkg.evidence.chain import why
from intlkg.evidence.model import (
    Evidence,
    Link,
    Place,
    Proposition,
    Scheme,
    Tally,
    Theme,
    Trace,
    Who,
    natural,
    tally,
    whos,
)
from intlkg.evidence.naming import stated, theme_name, work_key
from intlkg.evidence.rows import LIST, evidence, evidence_on, unlisted
from intlkg.evidence.sensitivity import SOURCES, Loss, without
from intlkg.evidence.tables import TABLES, Table, table, write_judgements
from intlkg.evidence.themes import by_theme, path
from intlkg.evidence.trace import assembled, scheme, trace, trace_concept, traced, within

__all__ = [
    "FORMATS",
    "LIST",
    "SOURCES",
    "TABLES",
    "Evidence",
    "Link",
    "Loss",
    "Part",
    "Place",
    "Proposition",
    "Scheme",
    "Table",
    "Tally",
    "Theme",
    "Trace",
    "Who",
    "assembled",
    "audit",
    "audit_json",
    "bibliography",
    "by_theme",
    "evidence",
    "evidence_on",
    "exported",
    "natural",
    "path",
    "scheme",
    "stated",
    "table",
    "tally",
    "theme_name",
    "trace",
    "trace_concept",
    "traced",
    "unlisted",
    "whos",
    "why",
    "within",
    "without",
    "work_key",
    "write_judgements",
]
