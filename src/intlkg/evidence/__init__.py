"""Evidence: what speaks for and against a theme, as typed results and as text."""

from intlkg.evidence.audit import Part, audit, audit_json
from intlkg.evidence.bibliography import FORMATS, bibliography, exported
from intlkg.evidence.cerqual import write_judgements
from intlkg.evidence.gaps import Gap, gaps
from intlkg.evidence.pieces import Piece, pieces
from intlkg.evidence.report import as_json, markdown, suggested_text, text
from intlkg.evidence.suggestions import (
    Suggestion,
    suggestions,
    suggestions_csv,
    unmapped_words,
)
from intlkg.evidence.summaries import TABLES, Table, table
from intlkg.evidence.trace import (
    DIRECTIONS,
    QUESTION,
    VOICES,
    Item,
    Place,
    Proposition,
    Trace,
    natural,
    trace,
    trace_concept,
)
from intlkg.evidence.why import Step, to_depth, why, within
from intlkg.evidence.withdrawal import QUESTION as WITHDRAWN
from intlkg.evidence.withdrawal import Loss, without

__all__ = [
    "DIRECTIONS",
    "FORMATS",
    "QUESTION",
    "TABLES",
    "VOICES",
    "WITHDRAWN",
    "Gap",
    "Item",
    "Loss",
    "Part",
    "Piece",
    "Place",
    "Proposition",
    "Step",
    "Suggestion",
    "Table",
    "Trace",
    "as_json",
    "audit",
    "audit_json",
    "bibliography",
    "exported",
    "gaps",
    "markdown",
    "natural",
    "pieces",
    "suggested_text",
    "suggestions",
    "suggestions_csv",
    "table",
    "text",
    "to_depth",
    "trace",
    "trace_concept",
    "unmapped_words",
    "why",
    "within",
    "without",
    "write_judgements",
]
