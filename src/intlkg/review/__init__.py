"""Review: what programs suggest and nobody has decided, and what is missing."""

from intlkg.review.gaps import Gap, gaps
from intlkg.review.suggestions import (
    Suggestion,
    suggested_text,
    suggestions,
    suggestions_csv,
    unmapped_words,
)

__all__ = [
    "Gap",
    "Suggestion",
    "gaps",
    "suggested_text",
    "suggestions",
    "suggestions_csv",
    "unmapped_words",
]
