"""The site: a page for each view, the pages that it links to, and the first page."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import yaml

from intlkg import bib, evidence, network, queries
from intlkg.pages.explorer import About, ids, page
from intlkg.pages.overview import SHOWN
from intlkg.pages.reference import reference_pages, render
from intlkg.pages.things import addresses, thing_pages
from intlkg.store import Store
from intlkg.workspace import Workspace
from intlkg.workspace import write as write_file

if TYPE_CHECKING:
    import networkx as nx

_COUNTED: Final = {
    "Participants": "participants",
    "Statements": "statements",
    "Works": "works",
    "In-text citations": "citations",
    "Findings": "findings",
    "Literature claims": "literature-claims",
    "Propositions": "propositions",
    "Concepts": "concepts",
}
"""What is counted -> the question whose first column holds it."""


def drawing(
    workspace: Workspace, store: Store, graph: "nx.MultiDiGraph[str]", view: queries.Query
) -> str:
    """Return the interactive page of a network, or of a part of one, that stands alone.

    Args:
        workspace: whose network it is.
        store: its store.
        graph: as `network.project` makes it.
        view: the view that it was made from.
    """
    return page(graph, _about(workspace, graph, view, {}, bib.citations(workspace)))


def write_site(workspace: Workspace, store: Store, folder: Path) -> list[Path]:
    """Write all pages into a folder, and return what was written, sorted.

    `index.html` leads to all others; each view has a page of its name.
    """
    known = addresses(workspace, store)
    entries = bib.citations(workspace)
    pages: dict[str, str] = {}
    views = queries.load(workspace, "views")
    drawn: dict[str, tuple[int, int]] = {}
    shown: dict[str, str] = {}
    for view in sorted(views.values(), key=lambda view: (view.name != "knowledge", view.name)):
        graph = network.project(workspace, store, view)
        for iri, name in ids(graph).items():
            shown.setdefault(iri, f"{view.name}.html#{quote(name, safe='')}")
        drawn[view.name] = (graph.number_of_nodes(), graph.number_of_edges())
        pages[f"{view.name}.html"] = page(graph, _about(workspace, graph, view, known, entries))
    pages |= reference_pages(workspace, store, shown)
    pages |= thing_pages(workspace, store, known, shown, entries)
    pages["index.html"] = _index(workspace, store, views, drawn)
    for name, html in pages.items():
        write_file(folder / name, html.encode("utf-8"))
    return sorted(folder / name for name in pages)


def _about(
    workspace: Workspace,
    graph: "nx.MultiDiGraph[str]",
    view: queries.Query,
    known: Mapping[str, str],
    entries: Mapping[str, str],
) -> About:
    names = list(network.MEASURES) if len(graph) <= SHOWN else ["degree"]
    asked = {"view": view.text, "theme": queries.named(workspace, evidence.QUESTION).text}
    return About(
        title=workspace.title,
        note=view.summary,
        queries=asked,
        citations={
            iri: entries[name] for iri in graph if (name := iri.rsplit("/", 1)[-1]) in entries
        },
        pages={iri: quote(known[iri]) for iri in graph if iri in known},
        measures={name: network.measured(graph, name) for name in names if name != "community"},
    )


def _index(
    workspace: Workspace,
    store: Store,
    views: dict[str, queries.Query],
    drawn: dict[str, tuple[int, int]],
) -> str:
    counts = []
    for heading, question in _COUNTED.items():
        rows = store.select(queries.named(workspace, question).text)
        number = len({row.get(rows.variables[0]) for row in rows})
        counts.append([heading, f"{number:,}"])
    explorers = [
        {
            "href": f"{name}.html",
            "label": view.summary,
            "note": f"{drawn[name][0]:,} items, {drawn[name][1]:,} links",
        }
        for name, view in views.items()
    ]
    lists = [
        {"href": href, "label": label, "note": note}
        for href, label, note in (
            ("studies.html", "Studies", "how each was done, and all that it says"),
            ("participants.html", "Participants", "what each said, with age in bands"),
            ("works.html", "Works", "what each is said to support or dispute, and its citation"),
            ("concepts.html", "Concepts", "by scheme, with definitions and evidence"),
            ("tables.html", "Evidence tables", "for a paper"),
            ("audit.html", "Audit of the texts", "citations, entries, quotations, numbers"),
            ("gaps.html", "What is missing", "themes with one voice, findings without a quote …"),
            ("ns.html", "The model", "classes and properties"),
        )
    ]
    groups: list[dict[str, object]] = [
        {"heading": "Networks", "links": explorers},
        {"heading": "Pages", "links": lists},
        {"heading": "What is in it", "head": ("what", "how many"), "rows": counts},
        {"heading": "Cite, licence", "head": ("", ""), "rows": _citation(workspace)},
    ]
    intro = (
        "An evidence base: what participants said and what the literature claims, under one list "
        "of themes, each with its words and their place. These pages open without a network."
    )
    return render(workspace, workspace.title, groups=groups, intro=intro)


def _citation(workspace: Workspace) -> list[list[str]]:
    """Return how to cite the workspace, from its CITATION.cff, and its licences."""
    path = workspace.root / "CITATION.cff"
    rows: list[list[str]] = []
    if path.is_file():
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        people = said.get("authors", [])
        names = [p.get("name") or f"{p['family-names']}, {p['given-names']}" for p in people]
        text = f"{'; '.join(names)}: {said.get('title', '')}, version {said.get('version', '')}"
        rows.append(["How to cite", text])
        rows += [["Licence of the code", str(said["license"])]] if "license" in said else []
    if (workspace.root / "LICENSE-DATA").is_file():
        first = (workspace.root / "LICENSE-DATA").read_text(encoding="utf-8").strip().split("\n")[0]
        rows.append(["Licence of the data", first])
    return rows
