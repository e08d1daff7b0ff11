"""Why a piece of evidence is on a theme: the chain of nodes from the theme to the words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from intlkg import queries
from intlkg.evidence.trace import Item, Proposition, Trace
from intlkg.store import Iri, Store
from intlkg.vocab import TRUSTED, term

_VOICED: Final = {
    "ik:statedBy": "is stated by",
    "cito:hasCitedEntity": "cites",
    "ik:attributedToWork": "is attributed to",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A node of a chain, and how it hangs on the one before.

    Attributes:
        relation: how, in words; empty for the first node.
        label: what people call it.
        iri: which node it is.
    """

    relation: str
    label: str
    iri: str


def why(store: Store, trace: Trace, proposition: Proposition, item: Item) -> list[Step]:
    """Return the nodes from a theme to the words of an item, each with its relation to the last."""
    steps = [Step("", trace.theme, trace.iri)]
    steps += _concepts(store, trace.iri, proposition)
    line = _line(store, proposition, item)
    if line is not None:
        basis = _label(store, next(iter(_objects(store, line, "ik:basis")), None))
        label = store.label(line) or line.value
        steps.append(Step(f"has evidence ({basis})", label, line.value))
    steps.append(Step("rests on", item.kind, item.iri))
    for prefixed, said in _VOICED.items():
        for one in _objects(store, Iri(item.iri), prefixed):
            steps.append(Step(said, _label(store, one), one.value))
    anchors = _objects(store, Iri(item.iri), "ik:anchor") or list(_pointed(store, item))
    steps += [Step("stands at", _label(store, anchor), anchor.value) for anchor in anchors]
    return steps


def within(store: Store, concept: str, depth: int | None) -> set[str]:
    """Return a concept and those up to some levels below it; all of them for None."""
    below: dict[str, list[str]] = {}
    for quad in store.find(predicate=Iri(term("skos:broader")), graph=Iri(TRUSTED)):
        below.setdefault(queries.text(quad.object), []).append(queries.text(quad.subject))
    found, level = {concept}, [concept]
    while level and depth != 0:
        level = [one for above in level for one in below.get(above, []) if one not in found]
        found |= set(level)
        depth = None if depth is None else depth - 1
    return found


def to_depth(store: Store, trace: Trace, depth: int) -> Trace:
    """Return a trace with only what is on the theme and the themes some levels below it."""
    known = within(store, trace.iri, depth)
    kept = [one for one in trace.propositions if known & set(concepts_of(store, one.iri))]
    return replace(trace, propositions=tuple(kept))


def concepts_of(store: Store, proposition: str) -> dict[str, str]:
    """Return concept -> how it hangs together with a proposition, in words."""
    own = Iri(proposition)
    found = {one.value: "is its object in" for one in _objects(store, own, "ik:objectConcept")}
    found |= {one.value: "is its subject in" for one in _objects(store, own, "ik:subjectConcept")}
    for theory in _subjects(store, "ik:proposes", own):
        found.setdefault(theory.value, "proposes")
    return found


def _concepts(store: Store, theme: str, proposition: Proposition) -> Iterator[Step]:
    """Yield the concepts from a theme down to that of a proposition, and the proposition."""
    known = within(store, theme, None)
    hanging = {iri: how for iri, how in concepts_of(store, proposition.iri).items() if iri in known}
    concept = theme if theme in hanging else min(hanging, default=theme)
    path: list[str] = []
    while concept != theme and concept not in path:
        path.append(concept)
        above = [one.value for one in _objects(store, Iri(concept), "skos:broader")]
        concept = next((one for one in above if one in known), theme)
    for one in reversed(path):
        yield Step("has narrower", store.label(Iri(one)) or one, one)
    last = path[0] if path else theme
    yield Step(hanging.get(last, "is in"), proposition.label, proposition.iri)


def _line(store: Store, proposition: Proposition, item: Item) -> Iri | None:
    direction = f"/{item.direction}"
    for line in _subjects(store, "ik:evidenceItem", Iri(item.iri)):
        on = {one.value for one in _objects(store, line, "ik:bearsOn")}
        said = {one.value for one in _objects(store, line, "ik:direction")}
        if proposition.iri in on and any(one.endswith(direction) for one in said):
            return line
    return None


def _pointed(store: Store, item: Item) -> Iterable[Iri]:
    """Yield where the in-text citation stands that conveys an item."""
    for pointer in _subjects(store, "ik:conveys", Iri(item.iri)):
        yield from _objects(store, pointer, "ik:anchor")


def _subjects(store: Store, name: str, value: Iri) -> list[Iri]:
    found = store.find(predicate=Iri(term(name)), value=value, graph=Iri(TRUSTED))
    return [quad.subject for quad in found if isinstance(quad.subject, Iri)]


def _objects(store: Store, subject: Iri, name: str) -> list[Iri]:
    found = store.values(subject, Iri(term(name)))
    return [one for one in found if isinstance(one, Iri)]


def _label(store: Store, iri: Iri | None) -> str:
    return (store.label(iri) or iri.value) if iri else ""
