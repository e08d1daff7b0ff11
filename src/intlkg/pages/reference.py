"""The reference pages: every class, property and concept, in words, named as its IRI ends."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from intlkg import evidence, queries
from intlkg.pages import template
from intlkg.store import Iri, Literal, Store
from intlkg.vocab import IK, term
from intlkg.workspace import Workspace

_TERM_FACTS: Final = {
    "Note": "skos:scopeNote",
    "Kind of": "rdfs:subClassOf",
    "Part of": "rdfs:subPropertyOf",
    "From": "rdfs:domain",
    "To": "rdfs:range",
    "Never also": "owl:disjointWith",
}
_CONCEPT_FACTS: Final = {
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


def reference_pages(workspace: Workspace, store: Store, shown: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each reference page and its HTML.

    `ns.html` has a section for each class and property, named by the end of its IRI; each concept
    has a page `concept/<end of its IRI>.html`; `concepts.html` lists them by scheme; `audit.html`
    names what is at fault in the texts, `tables.html` has the evidence tables, and `gaps.html` what
    is missing.
    """
    return {
        "ns.html": _terms_page(workspace, store),
        "audit.html": _audit_page(workspace, store),
        "tables.html": _tables_page(workspace, store),
        "gaps.html": _gaps_page(workspace, store),
        **_concept_pages(workspace, store, shown),
    }


def _terms_page(workspace: Workspace, store: Store) -> str:
    rows = list(store.select(queries.named(workspace, "terms").text))
    entries = {
        kind: [_entry(store, row["term"], _TERM_FACTS) for row in group]
        for kind, group in groupby(rows, key=lambda row: queries.text(row["kind"]))
    }
    headings = {"class": "Classes", "property": "Properties"}
    return render(
        workspace,
        "The model",
        groups=[
            {"heading": headings[kind], "links": [], "entries": entries[kind]} for kind in entries
        ],
        intro="The classes and properties of the model, each with what it means and an example.",
        diagram=template.source("pattern.svg"),
    )


def _audit_page(workspace: Workspace, store: Store) -> str:
    groups = [
        {
            "heading": f"{part.title}: {len(part.answer.rows)}",
            "id": part.question,
            "head": [name.replace("_", " ") for name in part.answer.variables],
            "rows": part.answer.rows,
        }
        for part in evidence.audit(workspace, store)
    ]
    intro = (
        "What is at fault in the texts themselves: their citations, reference entries, quotations "
        "and numbers, each as printed. What the curators hold for right stands beside it."
    )
    return render(workspace, "Audit of the texts", groups=groups, intro=intro)


def _tables_page(workspace: Workspace, store: Store) -> str:
    made = [evidence.table(workspace, store, name) for name in evidence.TABLES]
    groups = [
        {"heading": one.title, "id": one.name, "note": one.note, "head": one.head, "rows": one.rows}
        for one in made
    ]
    intro = "Each table is also a command: intlkg table NAME, as CSV, Markdown, HTML or LaTeX."
    return render(workspace, "Evidence tables", groups=groups, intro=intro)


def _gaps_page(workspace: Workspace, store: Store) -> str:
    groups = [
        {
            "heading": f"{gap.title}: {len(gap.answer.rows)}",
            "id": gap.question or "suggestions",
            "head": [name.replace("_", " ") for name in gap.answer.variables],
            "rows": gap.answer.rows,
        }
        for gap in evidence.gaps(workspace, store)
    ]
    intro = "What is missing, as far as questions can find it. The same as intlkg check --gaps."
    return render(workspace, "What is missing", groups=groups, intro=intro)


def _concept_pages(workspace: Workspace, store: Store, shown: Mapping[str, str]) -> dict[str, str]:
    answer = queries.labelled(store, store.select(queries.named(workspace, "concepts").text))
    schemes: dict[str, dict[str, dict[str, str]]] = {}
    pages = {}
    for row, cells in zip(answer.terms, answer.rows, strict=True):
        concept = row["concept"]
        label, scheme = cells[1], cells[3]
        name = f"concept/{tail(concept)}.html"
        schemes.setdefault(scheme, {})[name] = {"href": name, "label": label}
        if name not in pages:
            pages[name] = _concept_page(workspace, store, concept, label, shown)
    groups = [
        {"heading": scheme, "links": list(links.values()), "entries": []}
        for scheme, links in schemes.items()
    ]
    pages["concepts.html"] = render(workspace, "Concepts", groups=groups)
    return pages


def _concept_page(
    workspace: Workspace, store: Store, concept: object, label: str, shown: Mapping[str, str]
) -> str:
    entry = _entry(store, concept, _CONCEPT_FACTS, up="../")
    other = [
        {"name": name, "values": [{"label": one} for one in labels]}
        for name, labels in _other_languages(store, concept).items()
    ]
    entry["facts"] = [*entry["facts"], *other]
    groups = [
        {"heading": "Meaning", "links": [], "entries": [entry]},
        {
            "heading": "Evidence",
            "entries": [],
            "links": _evidence(workspace, store, concept),
        },
    ]
    explore = shown.get(_iri(concept).value, "")
    return render(workspace, label, groups=groups, up="../", explore=explore)


def _evidence(workspace: Workspace, store: Store, concept: object) -> list[dict[str, str]]:
    """Return a link into the explorer for each proposition on a concept or on what is below it."""
    links = []
    for proposition in evidence.trace_concept(workspace, store, _iri(concept)).propositions:
        sides = [
            f"{len(items)} {side}"
            for side in evidence.DIRECTIONS
            if (items := proposition.of(side))
        ]
        place = "/".join(proposition.iri.rsplit("/", 2)[-2:])
        href = f"../knowledge.html#{quote(place, safe='')}"
        links.append({"href": href, "label": proposition.label, "note": ", ".join(sides)})
    return links


def _other_languages(store: Store, concept: object) -> dict[str, list[str]]:
    names = {"de": "German", "es": "Spanish", "fr": "French"}
    found: dict[str, list[str]] = {}
    for value in store.values(_iri(concept), Iri(term("skos:prefLabel")), languages=tuple(names)):
        if isinstance(value, Literal) and value.language in names:
            found.setdefault(f"{names[value.language]} (our translation)", []).append(value.value)
    return dict(sorted(found.items()))


def _entry(
    store: Store, subject: object, facts: Mapping[str, str], *, up: str = ""
) -> dict[str, Any]:
    """Return what is known of a thing, ready for the template."""
    iri = _iri(subject)
    known = []
    for name, prefixed in facts.items():
        values = [_value(store, value, up) for value in store.values(iri, Iri(term(prefixed)))]
        if values:
            values.sort(key=lambda value: value["label"].casefold())
            known.append({"name": name, "values": values})
    definition = store.values(iri, Iri(term("skos:definition")))
    examples = store.values(iri, Iri(term("skos:example")))
    return {
        "id": tail(iri),
        "heading": f"{store.label(iri) or tail(iri)} ({short(iri.value)})",
        "text": " ".join(queries.text(value) for value in definition),
        "facts": known,
        "example": "\n".join(queries.text(value) for value in examples),
    }


def _value(store: Store, value: object, up: str) -> dict[str, str]:
    if not isinstance(value, Iri):
        return {"label": queries.text(value) if isinstance(value, Literal) else ""}
    label = store.label(value) or short(value.value)
    if value.value.startswith(IK):
        return {"label": label, "href": f"{up}ns.html#{tail(value)}"}
    if "/concept/" in value.value and store.values(value, Iri(term("ik:broaderOrSelf"))):
        return {"label": label, "href": f"{up}concept/{tail(value)}.html"}
    return {"label": label}


def render(
    workspace: Workspace,
    heading: str,
    *,
    groups: Iterable[Mapping[str, Any]],
    up: str = "",
    intro: str = "",
    diagram: str = "",
    explore: str = "",
) -> str:
    """Return a page without scripts.

    Args:
        workspace: whose title the page has.
        heading: of the page.
        groups: parts, each with `heading`, and `links`, `entries` or `head` and `rows`; a cell is
            text, or has `label` and `href`.
        up: what leads from the page to the folder of the site.
        intro: a first line.
        diagram: SVG of ours.
        explore: address in an explorer of what the page is about.
    """
    style = template.source("reference.css")
    return template.compiled("reference.html").render(
        title=workspace.title,
        heading=heading,
        groups=list(groups),
        up=up,
        intro=intro,
        diagram=diagram,
        explore=explore,
        style=style,
        policy=template.policy(styles=[style]),
    )


def _iri(value: object) -> Iri:
    return value if isinstance(value, Iri) else Iri(str(value))


def tail(value: object) -> str:
    """Return the end of an IRI."""
    return re.split(r"[/#]", _iri(value).value)[-1]


def short(iri: str) -> str:
    """Return an IRI with a known prefix, or only its end."""
    known = queries.curie(iri)
    return known if known != iri else tail(iri)
