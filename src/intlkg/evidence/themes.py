"""Themes: the evidence on each and on what is below it, and where each is in its scheme."""

from collections.abc import Mapping

from intlkg import questions
from intlkg.base import Base
from intlkg.evidence.model import Evidence, Theme
from intlkg.evidence.rows import evidence
from intlkg.store import Iri
from intlkg.vocab import term


def above(base: Base, concept: str) -> tuple[str, ...]:
    """Return the IRIs of a concept and of all concepts above it, sorted."""
    found = base.store.values(Iri(concept), Iri(term("ik:broaderOrSelf")))
    return tuple(sorted(map(questions.text, found))) or (concept,)


def within(base: Base, concept: str) -> tuple[str, ...]:
    """Return the IRIs of a concept, first, and of all concepts below it."""
    closure = Iri(term("ik:broaderOrSelf"))
    found = {
        questions.text(quad.subject) for quad in base.trusted(predicate=closure, value=concept)
    }
    return (concept, *sorted(found - {concept}))


def by_theme(base: Base) -> Mapping[str, tuple[Evidence, ...]]:
    """Return IRI of a theme -> all evidence on it and on what is below it, as its trace has it."""
    return base.once(_by_theme)


def path(base: Base, concept: str) -> tuple[str, ...]:
    """Return the labels from a concept's scheme down to itself; of several parents by the first."""
    up: list[str] = []
    at = concept
    while at and at not in up:
        up.append(at)
        at = next(iter(_values(base, at, "skos:broader")), "")
    schemes = _values(base, concept, "skos:inScheme")
    return tuple(base.label(one) for one in [*schemes[:1], *reversed(up)])


def ordered(base: Base) -> list[Theme]:
    """Return the themes that have evidence, in the order of their paths."""
    found = sorted(by_theme(base), key=lambda iri: path(base, iri))
    return [Theme(iri, base.label(iri)) for iri in found]


def _by_theme(base: Base) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, dict[Evidence, None]] = {}
    for one in evidence(base):
        for iri in {up for _, theme in one.roles for up in above(base, theme.iri)}:
            found.setdefault(iri, {})[one] = None
    return {iri: tuple(listed) for iri, listed in found.items()}


def _values(base: Base, iri: str, prefixed: str) -> list[str]:
    return [questions.text(value) for value in base.store.values(Iri(iri), Iri(term(prefixed)))]
