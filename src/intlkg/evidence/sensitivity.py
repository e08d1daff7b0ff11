"""What falls when sources are left out: the themes and propositions that lose support."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from intlkg import questions
from intlkg.base import Base
from intlkg.evidence.model import ROLES, Evidence
from intlkg.evidence.rows import evidence
from intlkg.evidence.themes import above
from intlkg.store import Iri
from intlkg.vocab import term

SOURCES: Final = "sources"
"""The list of what can be left out."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A theme or a proposition that loses support.

    Attributes:
        kind: `theme` or `proposition`.
        label: what it is called.
        before: how many distinct who support it with the sources that are left out.
        after: how many without them.
        iri: which one it is.
    """

    kind: str
    label: str
    before: int
    after: int
    iri: str


def without(base: Base, sources: Iterable[str]) -> list[Loss]:
    """Return what loses support when sources are left out; what loses all of it first.

    A theme is supported by what is said about it or about a theme below it, as in its trace.

    Args:
        base: whose evidence.
        sources: participants, studies or works, as a person names them; with a study goes all that
            its text says and reports.

    Raises:
        UnknownNameError: nothing, or more than one thing, is called so.
    """
    gone: set[str] = set()
    for name in sources:
        found = questions.find(base, SOURCES, name, "source").value
        texts = base.store.values(Iri(found), Iri(term("ik:reportedIn")))
        gone |= {found, *(questions.text(text) for text in texts)}
    said = [one for one in evidence(base) if one.stance == "supports"]
    losses = [
        *_losses(base, "proposition", _by_proposition(said), gone),
        *_losses(base, "theme", _by_theme(base, said), gone),
    ]
    return sorted(losses, key=lambda one: (one.after > 0, one.kind, one.label))


def _by_proposition(said: Iterable[Evidence]) -> Mapping[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for one in said:
        if one.proposition:
            found.setdefault(one.proposition, []).append(one)
    return found


def _by_theme(base: Base, said: Iterable[Evidence]) -> Mapping[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for one in said:
        themes = {theme.iri for role, theme in one.roles if role == ROLES[0]}
        for iri in {up for theme in themes for up in above(base, theme)}:
            found.setdefault(iri, []).append(one)
    return found


def _losses(
    base: Base, kind: str, groups: Mapping[str, list[Evidence]], gone: set[str]
) -> Iterable[Loss]:
    for iri, said in groups.items():
        before = _supporters(said, set())
        after = _supporters(said, gone)
        if after != before:
            yield Loss(kind, base.label(iri), len(before), len(after), iri)


def _supporters(said: Iterable[Evidence], gone: set[str]) -> set[tuple[str, str]]:
    """Return (who, voice) of whoever supports, once sources are left out."""
    return {
        (who.iri or who.name, who.voice)
        for one in said
        if not one.places or any(place.source_iri not in gone for place in one.places)
        for who in one.who
        if who.iri not in gone
    }
