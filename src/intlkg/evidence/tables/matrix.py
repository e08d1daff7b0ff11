"""Themes by those who speak of them, by themes, and each statement with its themes."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from intlkg import questions
from intlkg.base import Base, tail
from intlkg.evidence.model import STANCES, Evidence, Theme, Who, natural, whos
from intlkg.evidence.rows import evidence
from intlkg.evidence.themes import by_theme, ordered, path, within
from intlkg.store import Iri
from intlkg.vocab import HANDS, SPEAKERS, term


def participants(base: Base) -> list[tuple[str, ...]]:
    """Return themes by speakers: how many statements of each support, dispute or mention each."""
    spoken = {who for one in evidence(base) for who in one.who if _speaks(one)}
    columns = [Who(code, iri, SPEAKERS[0]) for iri, code in codes(base)]
    known = {who.iri for who in columns}
    columns += sorted((who for who in spoken if who.iri not in known), key=_by_name)
    return _matrix(base, columns, _speaks)


def sources(base: Base) -> list[tuple[str, ...]]:
    """Return themes by studies and works: how much evidence each has, at each hand."""
    spoken = {who for one in evidence(base) for who in one.who if not _speaks(one)}
    return _matrix(base, sorted(spoken, key=_by_name), lambda one: not _speaks(one))


def quotes(base: Base) -> list[tuple[str, ...]]:
    """Return a row for each statement, speaker and theme: band, stance, words, place."""
    bands = {
        questions.text(quad.subject): questions.text(quad.object)
        for quad in base.trusted(predicate=Iri(term("ik:ageBand")))
    }
    rows = {
        (
            tail(one.iri), who.name, bands.get(who.iri, ""), theme.label,
            " > ".join(path(base, theme.iri)), role, one.stance, one.words,
            str(place.start), str(place.end), place.source,
        ): None
        for one in sorted(evidence(base), key=_by_place)
        if _speaks(one)
        for role, theme in one.roles
        for who in one.who
        for place in one.places
    }  # fmt: skip
    head = (
        "quote", "participant", "age_band", "theme", "path", "role", "stance", "words", "start",
        "end", "source",
    )  # fmt: skip
    return [head, *rows]


def together(base: Base) -> list[tuple[str, ...]]:
    """Return themes by themes: how many pieces of evidence are on both."""
    on: dict[str, set[Theme]] = {}
    for one in evidence(base):
        on.setdefault(one.iri, set()).update(one.themes)
    counts = Counter((a, b) for themes in on.values() for a in themes for b in themes if a != b)
    themes = sorted(set().union(*on.values()), key=lambda theme: path(base, theme.iri))
    rows: list[tuple[str, ...]] = [("theme", *(theme.label for theme in themes))]
    rows += [(a.label, *(str(counts[a, b]) for b in themes)) for a in themes]
    return rows


def codes(base: Base) -> list[tuple[str, str]]:
    """Return (IRI, code) of the participants, in the order of their codes."""
    rows = questions.listed(base, "participants")
    found = [(questions.text(row["participant"]), questions.text(row["code"])) for row in rows]
    return sorted(found, key=lambda pair: natural(pair[1]))


def _matrix(
    base: Base, columns: Sequence[Who], chosen: Callable[[Evidence], bool]
) -> list[tuple[str, ...]]:
    """Return a row for each theme and role: `2`, `1 against`, `3, 1 against`, `1 mention`, or `0`.

    Whoever has a stance in a theme's trace has it here, and nobody else.
    """
    rows: list[tuple[str, ...]] = [("theme", "path", "role", *map(_heading, columns))]
    for theme in ordered(base):
        themes = within(base, theme.iri)
        said = list(filter(chosen, by_theme(base)[theme.iri]))
        stances = {(_key(who), role, stance) for who, stance, role, _ in whos(said, themes)}
        counts = Counter(
            (_key(who), one.role(themes)[0], one.stance) for one in said for who in one.who
        )
        for role in dict.fromkeys(role for _, role, _ in sorted(stances, key=lambda key: key[1])):
            cells = (
                _cell(
                    {
                        s: counts[_key(who), role, s]
                        for s in STANCES
                        if (_key(who), role, s) in stances
                    }
                )
                for who in columns
            )
            rows.append((theme.label, " > ".join(path(base, theme.iri)), role, *cells))
    return rows


def _cell(counted: dict[str, int]) -> str:
    names = {"supports": "", "disputes": " against", "mentions": " mentioned"}
    return ", ".join(f"{number}{names[stance]}" for stance, number in counted.items()) or "0"


def _key(who: Who) -> tuple[str, str]:
    return who.iri or who.name, who.voice


def _heading(who: Who) -> str:
    return f"{who.name}{_HEADINGS.get(who.voice, '')}"


_HEADINGS: Final = {"work-second-hand": " (second-hand)", "work-marked": " (marked)"}


def _speaks(one: Evidence) -> bool:
    return one.voice in SPEAKERS and one.hand == HANDS[0]


def _by_name(who: Who) -> tuple[object, ...]:
    return who.voice, natural(who.name), who.iri


def _by_place(one: Evidence) -> tuple[object, ...]:
    return [(place.source, place.start or 0) for place in one.places], one.iri, one.line
