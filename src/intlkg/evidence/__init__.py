"""Evidence: what speaks for and against a theme, as typed results and as text."""

from intlkg.evidence.audit import Part, audit, audit_json
from intlkg.evidence.bibliography import FORMATS, bibliography
from intlkg.evidence.report import as_json, markdown, text
from intlkg.evidence.suggestions import (
    Suggestion,
    suggestions,
    suggestions_csv,
    unmapped_words,
)
from intlkg.evidence.trace import (
    DIRECTIONS,
    VOICES,
    Item,
    Place,
    Proposition,
    Trace,
    natural,
    trace,
    trace_concept,
)

__all__ = [
    "DIRECTIONS",
    "FORMATS",
    "VOICES",
    "Item",
    "Part",
    "Place",
    "Proposition",
    "Suggestion",
    "Trace",
    "as_json",
    "audit",
    "audit_json",
    "bibliography",
    "markdown",
    "natural",
    "suggestions",
    "suggestions_csv",
    "text",
    "trace",
    "trace_concept",
    "unmapped_words",
]
