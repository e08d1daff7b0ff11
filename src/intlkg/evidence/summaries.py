"""Tables of evidence that a paper needs, each counted from the pieces of evidence themselves."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from intlkg import queries, tables
from intlkg.errors import QueryError
from intlkg.evidence.cerqual import cerqual, summary_of_findings
from intlkg.evidence.pieces import Piece, Theme, pieces
from intlkg.evidence.trace import natural
from intlkg.store import Iri, Store
from intlkg.vocab import term
from intlkg.workspace import Workspace

_ORDERS: Final = 1000
"""How many orders of the participants the band of saturation is taken from."""

_LEAST: Final = 3
"""Counts of persons below this are not told apart in tables of demographics."""

_KINDS: Final = ("quote", "reported", "finding", "assertion", "citation", "claim")


@dataclass(frozen=True, slots=True)
class Table(tables.Tabular):
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


def table(workspace: Workspace, store: Store, name: str) -> Table:
    """Return a table of evidence.

    Args:
        workspace: whose evidence.
        store: its store.
        name: one of `TABLES`.

    Raises:
        QueryError: no table is called so.
    """
    if name not in TABLES:
        raise QueryError(f"there is no table '{name}'{queries.near(name, TABLES)}")
    title, note, made = TABLES[name]
    head, *rows = made(workspace, store)
    return Table(name, title, note, head, tuple(rows))


_Rows: TypeAlias = list[tuple[str, ...]]


def _participants(workspace: Workspace, store: Store) -> _Rows:
    """Return themes by participants: how many statements of each are on each theme."""
    found = [one for one in pieces(workspace, store) if one.voice == "participants"]
    coded = _codes(workspace, store)
    groups = sorted({one.who for one in found} - set(coded))
    return _matrix(found, [*coded, *groups], lambda one: [one.who])


def _sources(workspace: Workspace, store: Store) -> _Rows:
    """Return themes by sources: a study's own words, and works that a study reports."""
    found = pieces(workspace, store)
    studies = sorted({one.source for one in found})
    works = sorted({_cited(one) for one in found if one.voice == "literature"})

    def columns(one: Piece) -> list[str]:
        return [_cited(one) if one.voice == "literature" else one.source]

    return _matrix(found, [*studies, *works], columns)


def _quotes(workspace: Workspace, store: Store) -> _Rows:
    """Return a row for each quote and theme: speaker, band, theme, stance, words, place."""
    bands = _bands(store)
    rows: _Rows = [
        ("quote", "participant", "age_band", "theme", "path", "stance", "words", "start", "end",
         "source")
    ]  # fmt: skip
    seen = set()
    for one in pieces(workspace, store):
        if one.voice != "participants":
            continue
        key = (one.item, one.who, one.theme.iri, one.direction)
        if key not in seen:
            seen.add(key)
            path = " > ".join(one.theme.path)
            place = (str(one.start), str(one.end), one.source)
            name = one.item.rsplit("/", 1)[-1]
            band = bands.get(one.who_iri, "")
            rows.append(
                (name, one.who, band, one.theme.label, path, one.direction, one.words, *place)
            )
    return rows


def _together(workspace: Workspace, store: Store) -> _Rows:
    """Return themes by themes: how many pieces of evidence are on both."""
    found = pieces(workspace, store)
    on = _themes_of(found)
    counts = Counter(
        (a.iri, b.iri) for themes in on.values() for a in themes for b in themes if a != b
    )
    themes = _ordered(found)
    rows: _Rows = [("theme", *(theme.label for theme in themes))]
    for theme in themes:
        rows.append((theme.label, *(str(counts[theme.iri, other.iri]) for other in themes)))
    return rows


def _saturation(workspace: Workspace, store: Store) -> _Rows:
    """Return for each further participant how many themes are new, and what chance would give."""
    found = [one for one in pieces(workspace, store) if one.voice == "participants"]
    themes: dict[str, set[str]] = {who: set() for who in _codes(workspace, store)}
    for one in found:
        if one.who in themes:
            themes[one.who].add(one.theme.iri)
    draw = random.Random(1)  # noqa: S311
    orders = [draw.sample(list(themes), len(themes)) for _ in range(_ORDERS)]
    curves = [_cumulated(order, themes) for order in orders]
    own = _cumulated(list(themes), themes)
    rows: _Rows = [("participants", "participant", "new_themes", "themes", "low", "median", "high")]
    before = 0
    for position, (who, total) in enumerate(zip(themes, own, strict=True)):
        column = sorted(curve[position] for curve in curves)
        band = (column[round(share * (_ORDERS - 1))] for share in (0.025, 0.5, 0.975))
        rows.append((str(position + 1), who, str(total - before), str(total), *map(str, band)))
        before = total
    return rows


def _gap_map(workspace: Workspace, store: Store) -> _Rows:
    """Return themes by kinds of evidence, theories, entry modes and types of firms."""
    found = pieces(workspace, store)
    on = _themes_of(found)
    across = [
        theme
        for scheme in ("Theories", "Entry modes", "Firm types")
        for theme in _ordered(found)
        if theme.path[0] == scheme
    ]
    items: dict[str, set[tuple[str, str]]] = {}
    for one in found:
        items.setdefault(one.theme.iri, set()).add((one.item, one.kind))
    rows: _Rows = [("theme", "path", *_KINDS, *(theme.label for theme in across))]
    for theme in _ordered(found):
        own = items[theme.iri]
        kinds = (sum(kind == wanted for _, kind in own) for wanted in _KINDS)
        both = (
            len({item for item, _ in own if other in on[item]}) if other != theme else 0
            for other in across
        )
        path = " > ".join(theme.path)
        rows.append((theme.label, path, *map(str, kinds), *map(str, both)))
    return rows


def _demographics(workspace: Workspace, store: Store) -> _Rows:
    """Return themes by what participants are, in numbers of persons; small ones are hidden."""
    answer = queries.labelled(
        store, store.select(queries.named(workspace, "themes-by-characteristic").text)
    )
    counts = {(name, value, theme): int(count) for name, value, theme, count in answer.rows}
    keys = [(name, value) for name, value, theme in counts if not theme]
    totals = _suppressed([counts[*key, ""] for key in keys], keys)
    heads = (f"{': '.join(key)} ({total})" for key, total in zip(keys, totals, strict=True))
    rows: _Rows = [("theme", *heads)]
    for theme in dict.fromkeys(theme for _, _, theme in counts if theme):
        cells = [counts.get((*key, theme), 0) for key in keys]
        rows.append((theme, *_suppressed(cells, keys)))
    return [rows[0], *sorted(rows[1:])]


def _suppressed(cells: Sequence[int], keys: Sequence[tuple[str, str]]) -> list[str]:
    """Return counts as text, small ones hidden; and with a single one the next of its list too.

    Otherwise it could be worked out from the total.
    """
    hidden = {at for at, cell in enumerate(cells) if 0 < cell < _LEAST}
    for name in {name for name, _ in keys}:
        own = [at for at, (other, _) in enumerate(keys) if other == name]
        if len(hidden & set(own)) == 1:
            rest = [at for at in own if at not in hidden and cells[at]]
            hidden |= {min(rest, key=lambda at: cells[at])} if rest else set()
    return ["hidden" if at in hidden else str(cell) for at, cell in enumerate(cells)]


def _themes_of(found: Iterable[Piece]) -> dict[str, set[Theme]]:
    """Return piece of evidence -> the themes that it is on."""
    on: dict[str, set[Theme]] = {}
    for one in found:
        on.setdefault(one.item, set()).add(one.theme)
    return on


def _matrix(
    found: Sequence[Piece], columns: Sequence[str], of: Callable[[Piece], Iterable[str]]
) -> _Rows:
    """Return themes by columns: `2` pieces, `1 against`, `3, 1 against`, or `0`."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    seen = set()
    for one in found:
        for column in of(one):
            key = (one.theme.iri, column, one.direction == "disputes")
            if (one.item, *key) not in seen:
                seen.add((one.item, *key))
                counts[key] += 1
    rows: _Rows = [("theme", "path", *columns)]
    for theme in _ordered(found):
        cells = (
            _cell(counts[theme.iri, column, False], counts[theme.iri, column, True])
            for column in columns
        )
        rows.append((theme.label, " > ".join(theme.path), *cells))
    return rows


def _cell(count: int, against: int) -> str:
    parts = [str(count)] if count or not against else []
    return ", ".join([*parts, f"{against} against"] if against else parts)


def _ordered(found: Iterable[Piece]) -> list[Theme]:
    return sorted({one.theme for one in found}, key=lambda theme: theme.path)


def _cited(one: Piece) -> str:
    return f"{one.who} (as {one.source} reports)"


def _cumulated(order: Sequence[str], themes: Mapping[str, set[str]]) -> list[int]:
    known: set[str] = set()
    return [len(known := known | themes[who]) for who in order]


def _codes(workspace: Workspace, store: Store) -> list[str]:
    rows = store.select(queries.named(workspace, "participants").text)
    return sorted((queries.text(row["code"]) for row in rows), key=natural)


def _bands(store: Store) -> dict[str, str]:
    found = store.find(predicate=Iri(term("ik:ageBand")))
    return {queries.text(quad.subject): queries.text(quad.object) for quad in found}


def _sources_found(workspace: Workspace, store: Store) -> _Rows:
    from intlkg import bib

    del store
    head = ("source", "found", "failed", "repeated", "known already", "new")
    found = bib.sources(workspace)
    rows = [
        (one.source, *map(str, (one.found, one.failed, one.repeated, one.known, one.new)))
        for one in found
    ]
    sums = [sum(getattr(one, name) for one in found) for name in bib.Source.__slots__[1:]]
    return [head, *rows, ("all", *map(str, sums))]


TABLES: Final[Mapping[str, tuple[str, str, Callable[[Workspace, Store], _Rows]]]] = {
    "participants": (
        "Themes by participants",
        "How many statements of each participant are on each theme; those that dispute it apart.",
        _participants,
    ),
    "sources": (
        "Themes by sources",
        "How many pieces of evidence each study has of its own on each theme, and how many it "
        "reports of each work.",
        _sources,
    ),
    "sources-found": (
        "Sources found",
        "What each library held when it was added last: found = failed + repeated + known already "
        "+ new. These are the first boxes of a PRISMA 2020 flow.",
        _sources_found,
    ),
    "quotes": (
        "Quotes",
        "A row for each statement, speaker and theme, with the words and their place in the text.",
        _quotes,
    ),
    "co-occurrence": (
        "Themes by themes",
        "How many pieces of evidence are on both themes.",
        _together,
    ),
    "saturation": (
        "Saturation",
        f"How many themes each further participant adds; and, over {_ORDERS:,} random orders of "
        "the participants, the middle and the bounds of 95 in 100.",
        _saturation,
    ),
    "gap-map": (
        "Evidence gap map",
        "How many pieces of each kind are on each theme, and how many are also on each theory, "
        "entry mode and type of firm. A zero is a gap.",
        _gap_map,
    ),
    "cerqual": (
        "Evidence profile (GRADE-CERQual), a draft",
        "What can be counted is filled in. The four judgements, the confidence and its reasons are "
        "a person's: write them into judgements.tsv.",
        cerqual,
    ),
    "summary-of-findings": (
        "Summary of qualitative findings, a draft",
        "Each finding with what contributes to it, and the confidence that a person gave it in "
        "judgements.tsv.",
        summary_of_findings,
    ),
    "demographics": (
        "Themes by what participants are",
        f"How many persons support each theme; counts from 1 to {_LEAST - 1} are hidden, and with "
        "a single one the next of its list.",
        _demographics,
    ),
}
"""Name -> title, how it is counted, and what makes it."""
