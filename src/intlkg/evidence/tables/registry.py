"""The tables of evidence that a paper needs, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from intlkg import formats, questions
from intlkg.base import Base
from intlkg.errors import QueryError
from intlkg.evidence.tables.cerqual import cerqual, note, summary_of_findings
from intlkg.evidence.tables.demographics import LEAST, demographics
from intlkg.evidence.tables.gapmap import gap_map
from intlkg.evidence.tables.libraries import sources_found
from intlkg.evidence.tables.matrix import participants, quotes, sources, together
from intlkg.evidence.tables.saturation import ORDERS, saturation

Rows: TypeAlias = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Table(formats.Tabular):
    """A table of evidence.

    Attributes:
        name: what the command line calls it.
        title: what it shows.
        note: how it is counted.
        head: names of the columns.
        rows: the cells, as text.
    """

    name: str
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.head

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows, as text."""
        return self.rows


def table(base: Base, name: str) -> Table:
    """Return a table of evidence.

    Args:
        base: whose evidence.
        name: one of `TABLES`.

    Raises:
        QueryError: no table is called so.
    """
    if name not in TABLES:
        raise QueryError(f"there is no table '{name}'{questions.near(name, TABLES)}")
    title, how, made = TABLES[name]
    head, *rows = made(base)
    more = note(base) if made in (cerqual, summary_of_findings) else ""
    return Table(name, title, f"{how} {more}".strip(), head, tuple(rows))


TABLES: Final[Mapping[str, tuple[str, str, Callable[[Base], Rows]]]] = {
    "participants": (
        "Themes by participants",
        "How many statements of each participant support, dispute or mention each theme, with what "
        "is below it, in each role.",
        participants,
    ),
    "sources": (
        "Themes by sources",
        "How many pieces of evidence each study and work has on each theme, with what is below it, "
        "in each role and at each hand.",
        sources,
    ),
    "sources-found": (
        "Sources found",
        "What each library held when it was added last: found = failed + repeated + known already "
        "+ new. These are the first boxes of a PRISMA 2020 flow.",
        sources_found,
    ),
    "quotes": (
        "Quotes",
        "A row for each statement, speaker and theme, with the words and their place in the text.",
        quotes,
    ),
    "co-occurrence": (
        "Themes by themes",
        "How many pieces of evidence are on both themes.",
        together,
    ),
    "saturation": (
        "Saturation",
        f"How many themes each further participant adds; and, over {ORDERS:,} random orders of "
        "the participants, the middle and the bounds of 95 in 100.",
        saturation,
    ),
    "gap-map": (
        "Evidence gap map",
        "How many pieces of each kind are on each theme, and how many are also on each concept of "
        "the schemes that intlkg.toml names under gap_map. A zero is a gap.",
        gap_map,
    ),
    "cerqual": (
        "Worksheet of a synthesis (GRADE-CERQual)",
        "What can be counted is filled in. The finding as a sentence, the four judgements with "
        "their explanations and the confidence are a person's: write them into judgements.tsv.",
        cerqual,
    ),
    "summary-of-findings": (
        "Summary of qualitative findings, a draft",
        "Each finding with what contributes to it, and in a synthesis the confidence that a person "
        "gave it in judgements.tsv.",
        summary_of_findings,
    ),
    "demographics": (
        "Themes by what participants are",
        f"How many persons support each theme; counts from 1 to {LEAST - 1} are hidden, and with "
        "a single one the next of its list.",
        demographics,
    ),
}
"""Name -> title, how it is counted, and what makes it."""
