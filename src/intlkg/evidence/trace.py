"""Trace a theme to the words on the page: a selection of the rows of evidence."""

from collections.abc import Iterable, Iterator
from typing import Final

from intlkg import questions
from intlkg.base import Base
from intlkg.errors import UnknownNameError
from intlkg.evidence import render, themes
from intlkg.evidence.model import Evidence, Proposition, Scheme, Tally, Theme, Trace, tally, whos
from intlkg.evidence.rows import evidence, evidence_on
from intlkg.store import Iri
from intlkg.vocab import VOICES, term


def trace(base: Base, theme: str, depth: int | None = None) -> Trace:
    """Return what supports, disputes and mentions a theme, each with its words and its places.

    Args:
        base: whose evidence.
        theme: a concept by any of its names in any language, the end of its IRI, or its IRI.
        depth: how many levels of narrower themes to take along; None for all.

    Raises:
        UnknownNameError: no theme, or more than one, is called so; it suggests near names.
    """
    return trace_concept(base, questions.find(base, "concepts", theme, "theme").value, depth)


def trace_concept(base: Base, concept: str, depth: int | None = None) -> Trace:
    """Return the trace of a concept that is given by its IRI; as for `trace`."""
    own = within(base, concept, depth)
    found = evidence_on(base, own)
    near = list(_near(base, concept))
    groups = {iri: within(base, iri) for _, iri in near}
    beyond = sorted({iri for group in groups.values() for iri in group} - set(own))
    others = evidence_on(base, beyond) if beyond else ()
    related = [
        (relation, _theme(base, iri), tally((*found, *others), groups[iri]))
        for relation, iri in near
    ]
    return assembled(base, own, found, related)


def assembled(
    base: Base,
    own: tuple[str, ...],
    found: Iterable[Evidence],
    related: Iterable[tuple[str, Theme, Tally]] = (),
) -> Trace:
    """Return a trace made of evidence that was read already.

    Args:
        base: whose evidence.
        own: IRIs of the theme, first, and of the themes below it that are taken along.
        found: all evidence on them.
        related: (relation, theme, tally) of the themes around it.
    """
    said = tuple(found)
    return Trace(
        _theme(base, own[0]),
        tuple(_theme(base, iri) for iri in own[1:]),
        _propositions(base, said, own),
        tuple(one for one in said if not one.proposition and one.kind != "coding"),
        tuple(one for one in said if one.kind == "coding"),
        tuple(related),
        html=render.html,
    )


def traced(base: Base, name: str, depth: int | None = None) -> Trace | Scheme:
    """Return the trace of a theme, or the scheme of concepts, that a person names.

    Raises:
        UnknownNameError: neither a theme nor a scheme is called so, or more than one.
    """
    try:
        return trace(base, name, depth)
    except UnknownNameError as unknown:
        try:
            return scheme(base, name)
        except UnknownNameError:
            raise unknown from None


def scheme(base: Base, name: str) -> Scheme:
    """Return a scheme of concepts, by any of its names: its concepts with their tallies.

    Raises:
        UnknownNameError: no scheme, or more than one, is called so.
    """
    iri = questions.find(base, "schemes", name, "scheme").value
    listed = base.trusted(predicate=Iri(term("skos:inScheme")), value=iri)
    concepts = sorted(questions.text(quad.subject) for quad in listed)
    said = themes.by_theme(base)
    known = [
        (_theme(base, one), tally(said[one], within(base, one))) for one in concepts if one in said
    ]
    known.sort(key=lambda pair: (-_size(pair[1]), pair[0].label))
    return Scheme(
        iri, base.label(iri), len(concepts), tally(evidence(base), concepts), tuple(known)
    )


def within(base: Base, concept: str, depth: int | None = None) -> tuple[str, ...]:
    """Return the IRIs of a concept and of those up to some levels below it; None for all levels."""
    if depth is None:
        return themes.within(base, concept)
    found, level = [concept], [concept]
    for _ in range(depth):
        narrower = {one for iri in level for one in _next(base, iri, _BELOW)}
        level = sorted(narrower - set(found))
        found += level
    return tuple(found)


_BROADER: Final = Iri(term("skos:broader"))
_RELATED: Final = Iri(term("skos:related"))
_BELOW, _ABOVE = "narrower", "broader"


def _next(base: Base, concept: str, way: str) -> list[str]:
    """Return the IRIs of the concepts just above or just below a concept."""
    if way == _ABOVE:
        found = base.trusted(concept, _BROADER)
        return sorted(questions.text(quad.object) for quad in found)
    found = base.trusted(predicate=_BROADER, value=concept)
    return sorted(questions.text(quad.subject) for quad in found)


def _near(base: Base, concept: str) -> Iterator[tuple[str, str]]:
    """Yield (relation, IRI) of the themes just above, just below and beside a theme."""
    for way in (_ABOVE, _BELOW):
        yield from ((way, iri) for iri in _next(base, concept, way))
    beside = base.trusted(concept, _RELATED)
    into = base.trusted(predicate=_RELATED, value=concept)
    found = {questions.text(quad.object) for quad in beside}
    found |= {questions.text(quad.subject) for quad in into}
    yield from (("related", iri) for iri in sorted(found))


def _propositions(
    base: Base, found: Iterable[Evidence], own: tuple[str, ...]
) -> tuple[Proposition, ...]:
    """Return what is said, contested first, then by how many distinct who say so."""
    groups: dict[str, list[Evidence]] = {}
    for one in found:
        if one.proposition:
            groups.setdefault(one.proposition, []).append(one)
    made = [
        Proposition(base.label(iri), iri, group[0].role(own)[0], tuple(sorted(group, key=_order)))
        for iri, group in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (not one.contested, -_voices(one, own), one.label)))


def _order(one: Evidence) -> tuple[object, ...]:
    place = one.places[0] if one.places else None
    return (VOICES.index(one.voice), place.source if place else "", (place and place.start) or 0)


def _voices(one: Proposition, own: tuple[str, ...]) -> int:
    return len({(who.iri or who.name, who.voice) for who, *_ in whos(one.evidence, own)})


def _size(counted: Tally) -> int:
    voices = [stances for voices in counted.values() for stances in voices.values()]
    return sum(number for stances in voices for number in stances.values())


def _theme(base: Base, iri: str) -> Theme:
    return Theme(iri, base.label(iri))


def path(base: Base, theme: str, concept: str) -> tuple[str, ...]:
    """Return the IRIs that lead down from a theme to a concept below it, the theme left out."""
    known = set(within(base, theme))
    steps: list[str] = []
    while concept != theme and concept not in steps:
        steps.append(concept)
        concept = next((one for one in _next(base, concept, _ABOVE) if one in known), theme)
    return tuple(reversed(steps))
