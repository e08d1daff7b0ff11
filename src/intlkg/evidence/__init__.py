"""Evidence: what speaks for and against a theme, as typed results and as text."""

from intlkg.evidence.report import text
from intlkg.evidence.trace import (
    DIRECTIONS,
    Finding,
    Item,
    Place,
    Trace,
    natural,
    trace,
    trace_concept,
)

__all__ = [
    "DIRECTIONS",
    "Finding",
    "Item",
    "Place",
    "Trace",
    "natural",
    "text",
    "trace",
    "trace_concept",
]
