"""The site: a page for each view, the pages that it links to, and the first page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import yaml

from intlkg import bib, evidence, network, questions
from intlkg.base import Base, tail
from intlkg.errors import QueryError
from intlkg.pages import template, traces
from intlkg.pages.concepts import concept_pages
from intlkg.pages.entities import addresses, entity_pages
from intlkg.pages.explorer import About, ids, page
from intlkg.pages.links import Links
from intlkg.pages.overview import SHOWN
from intlkg.pages.reference import reference_pages
from intlkg.workspace import Workspace
from intlkg.workspace import write as write_file

if TYPE_CHECKING:
    import networkx as nx

_MAIN: Final = "knowledge"
"""The view that links lead to where several have an item."""

_COUNTED: Final = {
    "Participants": "participants",
    "Statements": "statements",
    "Works": "works",
    "In-text citations": "citations",
    "Propositions": "propositions",
    "Concepts": "concepts",
}
"""What is counted -> the list whose first column holds it."""

_KINDS: Final = {
    "Findings": "finding",
    "Assertions": "assertion",
    "Literature claims": "claim",
    "Passages from works": "passage",
    "Marks of readers": "mark",
    "Codings": "coding",
}
"""What is counted -> the kind of evidence that it is."""

_PAGES: Final = (
    ("study/index.html", "Studies", "how each was done, and all that it says"),
    ("participant/index.html", "Participants", "what each said, with age in bands"),
    ("work/index.html", "Works", "what each is said to support or dispute, and its citation"),
    ("concept/index.html", "Concepts", "by scheme, with definitions and evidence"),
    ("tables.html", "Evidence tables", "for a paper"),
    ("audit.html", "Audit of the texts", "citations, entries, quotations, numbers"),
    ("gaps.html", "What is missing", "themes with one voice, findings without a quote …"),
    ("ns.html", "The model", "classes and properties"),
)


def drawing(base: Base, graph: "nx.MultiDiGraph[str]", view: questions.Query) -> str:
    """Return the interactive page of a network, or of a part of one, that stands alone.

    Args:
        base: whose network it is.
        graph: as `network.project` makes it.
        view: the view that it was made from.
    """
    return page(graph, _about(base, graph, view, Links({}, {})))


def write_site(base: Base, folder: Path) -> list[Path]:
    """Write all pages into a folder, and return what was written, sorted.

    `index.html` leads to all others; each view has a page of its name.

    Raises:
        QueryError: a view has the name of another page, or cannot be drawn.
    """
    written: dict[str, Path] = {}
    for name, html in _pages(base):
        if name in written:
            raise QueryError(f"two pages are called {name}; give queries/views/ another name")
        written[name] = folder / name
        write_file(written[name], html.encode("utf-8"))
    return sorted(written.values())


def _pages(base: Base) -> Iterator[tuple[str, str]]:
    """Yield (name, HTML) of all pages."""
    links = Links(addresses(base), {})
    views = questions.load(base.workspace, "views")
    items: dict[str, str] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for view in sorted(views.values(), key=lambda view: (view.name != _MAIN, view.name)):
        graph = network.project(base, view)
        for iri, name in ids(graph).items():
            items.setdefault(iri, f"{view.name}.html#{quote(name, safe='')}")
        sizes[view.name] = (graph.number_of_nodes(), graph.number_of_edges())
        yield f"{view.name}.html", page(graph, _about(base, graph, view, links))
    links = Links(links.pages, items)
    yield from reference_pages(base, links)
    yield from concept_pages(base, links)
    yield from entity_pages(base, links, base.once(_entries))
    yield "index.html", _index(base, views, sizes)


def _about(base: Base, graph: "nx.MultiDiGraph[str]", view: questions.Query, links: Links) -> About:
    names = list(network.MEASURES) if len(graph) <= SHOWN else ["degree"]
    asked = {"view": view.text, "theme": questions.named(base.workspace, evidence.LIST).text}
    entries = base.once(_entries)
    return About(
        title=base.workspace.title,
        note=view.summary,
        queries=asked,
        citations={iri: entries[iri] for iri in graph if iri in entries},
        pages={iri: links.page(iri) for iri in graph if iri in links.pages},
        measures={name: network.measured(graph, name) for name in names if name != "community"},
        said=traces.shown(base, graph),
    )


def _entries(base: Base) -> dict[str, str]:
    """Return IRI of a work -> its BibTeX entry."""
    known = bib.citations(base.workspace)
    works = {questions.text(row["work"]) for row in questions.listed(base, "works")}
    return {iri: known[tail(iri)] for iri in works if tail(iri) in known}


def _index(
    base: Base, views: Mapping[str, questions.Query], sizes: Mapping[str, tuple[int, int]]
) -> str:
    explorers = [
        {
            "href": f"{name}.html",
            "label": view.summary,
            "note": f"{sizes[name][0]:,} items, {sizes[name][1]:,} links",
        }
        for name, view in views.items()
    ]
    lists = [{"href": href, "label": label, "note": note} for href, label, note in _PAGES]
    groups: list[dict[str, Any]] = [
        {"heading": "Networks", "links": explorers},
        {"heading": "Pages", "links": lists},
        {"heading": "What is in it", "head": ("what", "how many"), "rows": list(_counts(base))},
        {"heading": "Cite, licence", "head": ("", ""), "rows": list(_citation(base.workspace))},
    ]
    intro = (
        "An evidence base: what participants said and what the literature claims, under one list "
        "of themes, each with its words and their place. These pages open without a network."
    )
    return template.page(base.workspace, base.workspace.title, groups=groups, intro=intro)


def _counts(base: Base) -> Iterator[list[str]]:
    """Yield (what, how many) of what there is; of evidence each kind that there is."""
    for heading, name in _COUNTED.items():
        rows = questions.listed(base, name)
        yield [heading, _distinct(row.get(rows.variables[0]) for row in rows)]
    kinds = Counter(kind for _, kind in {(one.iri, one.kind) for one in evidence.evidence(base)})
    for heading, kind in _KINDS.items():
        if kinds[kind]:
            yield [heading, f"{kinds[kind]:,}"]
    yield ["Themes with evidence", f"{len(evidence.by_theme(base)):,}"]


def _distinct(values: Iterable[object]) -> str:
    return f"{len(set(values)):,}"


def _citation(workspace: Workspace) -> Iterator[list[str]]:
    """Yield how to cite the workspace, from its CITATION.cff, and its licences."""
    path = workspace.root / "CITATION.cff"
    if path.is_file():
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        people = said.get("authors", [])
        names = [p.get("name") or f"{p['family-names']}, {p['given-names']}" for p in people]
        text = f"{'; '.join(names)}: {said.get('title', '')}, version {said.get('version', '')}"
        yield ["How to cite", text]
        if "license" in said:
            yield ["Licence of the code", str(said["license"])]
    if (workspace.root / "LICENSE-DATA").is_file():
        first = (workspace.root / "LICENSE-DATA").read_text(encoding="utf-8").strip().split("\n")[0]
        yield ["Licence of the data", first]
