"""What is missing: themes with one voice, findings without a quote, what nobody has reviewed."""

from dataclasses import dataclass
from typing import Final

from intlkg import questions
from intlkg.base import Base
from intlkg.review.suggestions import suggestions
from intlkg.store import Rows

QUESTIONS: Final = {
    "single-voice-themes": "Themes that rest on one participant only",
    "unbacked-by-literature": "Themes that rest on participants only",
    "second-hand-only": "Propositions backed only by literature that others report",
    "findings-without-quote": "Findings that no quote is behind",
    "untouched-concepts": "Concepts that no source touches",
    "works-without-theme": "Works without a theme",
    "unmapped-words": "Keywords, tags and groups that nobody has mapped",
    "unreviewed-suggestions": "What programs suggested and nobody has reviewed",
}
"""Question -> what its rows are a list of."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of gap: what it is a list of, the question that finds it, and its rows."""

    title: str
    question: str
    answer: questions.Answer


def gaps(base: Base) -> list[Gap]:
    """Return what is missing, kind by kind; a kind without a gap has no rows."""
    found = [Gap(title, name, questions.ask(base, name)) for name, title in QUESTIONS.items()]
    pending = suggestions(base)
    columns = ("work", "concept", "words", "confidence")
    rows = tuple((one.work, one.concept, one.words, f"{one.confidence:.1f}") for one in pending)
    title = "Suggestions from the words of works, not reviewed (intlkg review)"
    return [*found, Gap(title, "", questions.Answer(columns, rows, Rows(columns, [])))]
