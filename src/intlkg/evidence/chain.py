"""Why evidence is on a theme: the chain of nodes from the theme to the words."""

from collections.abc import Iterator
from typing import Final

from intlkg.base import Base
from intlkg.evidence.model import Evidence, Link, Proposition, Trace
from intlkg.evidence.trace import path


def why(base: Base, trace: Trace, proposition: Proposition | None, one: Evidence) -> list[Link]:
    """Return the nodes from a theme to the words of evidence, each with its relation to the last.

    Args:
        base: whose evidence.
        trace: what the theme is.
        proposition: what the evidence bears on; None for a mark or a coding.
        one: the evidence.
    """
    role, on = one.role(trace.themes)
    concept = on[0] if on else trace.theme
    links = [Link("", trace.theme.label, trace.theme.iri)]
    links += [
        Link("has narrower", base.label(iri), iri)
        for iri in path(base, trace.theme.iri, concept.iri)
    ]
    if proposition is not None:
        links.append(Link(_AS[role], proposition.label, proposition.iri))
    links.append(Link(f"has evidence ({_reading(one)})", base.label(one.line), one.line))
    links.append(Link("rests on", one.kind, one.iri))
    links += _sources(one)
    return links


_AS: Final = {
    "about": "is its subject in",
    "leading to": "is its object in",
    "explained by": "is explained in",
    "ways": "has a way in",
    "kinds": "has a kind in",
    "proposed by it": "proposes",
}
"""Role of a theme -> how it hangs together with the proposition, in words."""


def _reading(one: Evidence) -> str:
    parts = (one.basis, one.strength, one.reason)
    return "; ".join(part for part in parts if part) or "marked"


def _sources(one: Evidence) -> Iterator[Link]:
    for who in one.who:
        yield Link(f"in the voice of a {who.voice}", who.name, who.iri)
    for place in one.places:
        yield Link("at", str(place), place.iri or place.source_iri)
