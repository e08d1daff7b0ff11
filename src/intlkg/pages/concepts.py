"""A page for each concept: what it means, and who takes which stance on it, in which words."""

from collections.abc import Iterator
from typing import Any, Final

from intlkg import questions
from intlkg.base import Base
from intlkg.evidence import render
from intlkg.pages import template, traces, words
from intlkg.pages.links import Links
from intlkg.pages.reference import entry
from intlkg.store import Iri, Literal
from intlkg.vocab import term

_FACTS: Final = {
    "Also called": "skos:altLabel",
    "Note": "skos:scopeNote",
    "Scheme": "skos:inScheme",
    "Broader": "skos:broader",
    "Narrower": "skos:narrower",
    "Related": "skos:related",
    "First stated in": "ik:originatedIn",
    "Revised in": "ik:revisedIn",
    "Proposes": "ik:proposes",
    "Criticizes": "ik:criticizes",
    "Extends": "ik:extends",
    "Source": "dcterms:source",
    "Source as given": "ik:sourceAsGiven",
    "Certainty": "ik:certainty",
    "Same as": "skos:exactMatch",
    "Close to": "skos:closeMatch",
    "Broader elsewhere": "skos:broadMatch",
    "Narrower elsewhere": "skos:narrowMatch",
    "Related elsewhere": "skos:relatedMatch",
    "Notation": "skos:notation",
}


def concept_pages(base: Base, links: Links) -> Iterator[tuple[str, str]]:
    """Yield (name of a file, its HTML): a page for each concept, and their list by scheme.

    Args:
        base: whose concepts.
        links: where the pages and the items of explorers are.
    """
    below = links.below()
    schemes: dict[str, dict[str, dict[str, str]]] = {}
    answer = questions.labelled(base, questions.listed(base, "concepts"))
    for row, cells in zip(answer.terms, answer.rows, strict=True):
        iri, label, scheme = questions.text(row["concept"]), cells[1], cells[3]
        link = {"href": below.page(iri), "label": label, "note": _note(base, iri)}
        schemes.setdefault(scheme, {})[iri] = link
    for iri in sorted({iri for listed in schemes.values() for iri in listed}):
        yield links.pages[iri], _page(base, iri, below)
    groups = [
        {"heading": scheme, "links": list(listed.values())} for scheme, listed in schemes.items()
    ]
    yield "concept/index.html", template.page(base.workspace, "Concepts", groups=groups, up="../")


def _note(base: Base, iri: str) -> str:
    known = traces.traces(base).get(iri)
    return render.brief(known.tally) if known else ""


def _page(base: Base, iri: str, links: Links) -> str:
    meaning = entry(base, iri, _FACTS, links)
    meaning["facts"] += _other_languages(base, iri)
    groups: list[dict[str, Any]] = [
        {"heading": "Meaning", "entries": [meaning]},
        *_evidence(base, iri, links),
    ]
    return template.page(
        base.workspace,
        base.label(iri),
        groups=groups,
        up=links.up,
        explore=links.items.get(iri, ""),
    )


def _evidence(base: Base, iri: str, links: Links) -> list[dict[str, Any]]:
    """Return the tally of a concept in words, and the evidence by its role."""
    trace = traces.traces(base).get(iri)
    if trace is None:
        return [{"heading": "Evidence", "note": "No evidence is on this theme yet."}]
    below = ", ".join(theme.label for theme in trace.narrower)
    first = {
        "heading": "Evidence",
        "sentences": traces.sentences(trace.tally),
        "note": f"With its narrower themes: {below}." if below else "",
    }
    return [first, *words.by_role(trace, links.page, links.item)]


def _other_languages(base: Base, iri: str) -> list[dict[str, Any]]:
    """Return a concept's labels in languages other than the workspace's, named by their tags."""
    found: dict[str, list[dict[str, str]]] = {}
    for quad in base.trusted(iri, Iri(term("skos:prefLabel"))):
        value = quad.object
        if isinstance(value, Literal) and value.value != base.label(iri):
            found.setdefault(f"Label ({value.language})", []).append({"label": value.value})
    return [{"name": name, "values": found[name]} for name in sorted(found)]
