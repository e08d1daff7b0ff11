"""The explorer: a network as one page with themes, a map, the evidence trail and the full words."""

import base64
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from intlkg.pages import kinds, template
from intlkg.pages.layout import positions
from intlkg.pages.overview import SHOWN, overview
from intlkg.workspace import write as write_file

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

_SCRIPTS: Final = (
    "graph.js", "elements.js", "state.js", "map.js", "trail.js", "details.js", "filters.js",
    "search.js", "table.js", "files.js", "explorer.js",
)  # fmt: skip
"""What the page runs, in this order, in one scope."""

_PACKED: Final = 200_000
"""Characters of data above which they are compressed."""

_UNSAFE: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


@dataclass(frozen=True, slots=True)
class About:
    """What a page says besides its network.

    Attributes:
        title: heading of the page.
        note: one line that says what the network shows.
        queries: name -> SPARQL behind the page; `theme` has a line `VALUES ?theme { … }`.
        citations: IRI of a work -> its BibTeX entry.
        pages: IRI -> address of a page of its own.
        measures: name of a measure -> IRI -> value.
        said: IRI of a theme or proposition -> how things stand with it, as `traces.shown` has it.
    """

    title: str
    note: str
    queries: Mapping[str, str] = field(default_factory=dict)
    citations: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def write(graph: "nx.MultiDiGraph[str]", target: Path, about: About) -> None:
    """Write a network's page to a file, whole or not at all.

    Args:
        graph: as `network.project` makes it.
        target: the file; its folder is made.
        about: what the page says besides.
    """
    write_file(target, page(graph, about).encode("utf-8"))


def page(graph: "nx.MultiDiGraph[str]", about: About) -> str:
    """Return a network's page: one HTML document that makes no request of any kind.

    Whatever stands in the data reaches the page as JSON and is shown as text, never as HTML; a
    Content-Security-Policy admits the page's own scripts and style by their hashes alone.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    data = _payload(graph, about)
    drawn = [node for node in data["nodes"] if "x" in node]
    net.nodes = [_vis_node(node) for node in drawn]
    text = _json(data)
    return _rendered(
        net,
        "explorer",
        f'"use strict";\n(() => {{\n{"".join(map(template.source, _SCRIPTS))}}})();\n',
        title=about.title,
        note=about.note,
        data=_packed(text) if len(text) > _PACKED else text,
        packed=len(text) > _PACKED,
        site=bool(about.pages),
    )


def plain(graph: "nx.MultiDiGraph[str]", title: str) -> str:
    """Return the ordinary page of pyvis, laid out by the browser, without requests of any kind."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    names = ids(graph.nodes)
    net.nodes = [
        {"id": names[iri], "label": data["label"], "group": data["kind"],
         "shape": kinds.kind(data["kind"]).shape, "title": data["text"] or data["label"]}
        for iri, data in ((iri, graph.nodes[iri]) for iri in sorted(graph.nodes))
    ]  # fmt: skip
    net.edges = sorted(
        (
            {"from": names[one], "to": names[other], "title": data["relation"],
             "dashes": data["stance"] == "disputes"}
            for one, other, data in graph.edges(data=True)
        ),
        key=lambda edge: (edge["from"], edge["to"], edge["title"]),
    )  # fmt: skip
    return _rendered(net, "plain", template.source("plain.js"), title=title)


def _rendered(net: "Network", name: str, script: str, **values: object) -> str:
    """Return what pyvis makes of a network with a template of ours, which escapes all it is given.

    The template takes in pyvis's own vis-network, one script and one style.
    """
    library = (_lib() / "vis-network.min.js").read_text(encoding="utf-8")
    style = template.source(f"{name}.css") + kinds.style(by_button=True)
    environment = template.environment()
    environment.globals.update(
        library=library,
        script=script,
        style=style,
        policy=template.policy(scripts=[library, script], styles=[style]),
        as_json=_json,
        **values,
    )
    net.templateEnv = environment
    net.path = f"{name}.html"
    html: str = net.generate_html()
    return html


def _payload(graph: "nx.MultiDiGraph[str]", about: About) -> dict[str, Any]:
    """Return all that the page knows, in a fixed order.

    `kinds`, `stances`: how each is shown, in the order of the legend. `nodes`: the items; a theme
    or proposition with evidence has `tally`, `tally_words`, `brief`, `bar`, `who` and, as numbers
    of items, `who_at` (-1 for one that is not here); a theme also `propositions` and `within`.
    `relations`: relation, stance, property, role. `edges`: both ends, relation, weight and, where
    it has some, `words` (text, facts, item), as numbers.
    """
    shown = kinds.kinds(Counter(data["kind"] for _, data in graph.nodes(data=True)))
    order = [one["kind"] for one in shown]
    ranked = sorted(graph.nodes, key=lambda iri: _rank(order, iri, graph.nodes[iri]))
    front = graph if len(ranked) <= SHOWN else overview(graph)
    names, places = ids(graph.nodes), positions(front)
    place = {iri: number for number, iri in enumerate(ranked)}
    nodes = []
    for iri in ranked:
        at = dict(zip("xy", places.get(iri, ()), strict=False))
        own = {"id": names[iri], "iri": iri, **at, **graph.nodes[iri]}
        nodes.append(_without_empty({**own, **_known(iri, about, place)}))
    links = front.edges(data=True) if front is not graph else ()
    return {
        "kinds": shown,
        "stances": kinds.stances(),
        "measures": list(about.measures),
        "queries": dict(about.queries),
        "nodes": nodes,
        **_edges(graph, place),
        "overview": [[names[a], names[b], said["weight"]] for a, b, said in links],
    }


def _known(iri: str, about: About, place: Mapping[str, int]) -> dict[str, Any]:
    """Return what a page says of an item besides the network; other items by their numbers."""
    said = dict(about.said.get(iri, {}))
    if "who_iris" in said:
        said["who_at"] = [place.get(one, -1) for one in said.pop("who_iris")]
    if "propositions" in said:
        known = [(place[one], role) for one, role in said["propositions"] if one in place]
        said["propositions"] = known
        said["within"] = [place[one] for one in said["within"] if one in place]
    return {
        "href": about.pages.get(iri),
        "bibtex": about.citations.get(iri),
        "m": [round(values[iri], 4) for values in about.measures.values()],
        **said,
    }


def _edges(graph: "nx.MultiDiGraph[str]", place: Mapping[str, int]) -> dict[str, Any]:
    """Return the links as numbers: both ends, relation, weight, and words where it has some.

    Args:
        graph: the network.
        place: item -> its number.
    """
    relations: dict[tuple[str, str, str, str], int] = {}
    words: dict[tuple[str, tuple[tuple[str, str], ...], str], int] = {}
    edges = []
    for one, other, said in graph.edges(data=True):
        meaning = (said.get("property", ""), said.get("role", ""))
        relation = (said["relation"], said["stance"], *meaning)
        number = relations.setdefault(relation, len(relations))
        edge = [place[one], place[other], number, said["weight"]]
        detail = (said.get("text", ""), tuple(said.get("facts", ())), said.get("item", ""))
        if any(detail):
            edge.append(words.setdefault(detail, len(words)))
        edges.append(edge)
    return {"relations": list(relations), "words": list(words), "edges": sorted(edges)}


def _without_empty(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def _rank(order: list[str], iri: str, data: Mapping[str, Any]) -> tuple[int, str, str, str]:
    return order.index(data["kind"]), data["group"], data["label"].casefold(), iri


def ids(iris: Iterable[str]) -> dict[str, str]:
    """Return IRI -> its name in a page's address: the last two parts of its path.

    Where two items would have the same name, the later ones are numbered.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for iri in sorted(iris):
        name = stem = "/".join(re.split(r"[/#]", iri)[-2:])
        number = 1
        while name in taken:
            number += 1
            name = f"{stem}~{number}"
        taken.add(name)
        names[iri] = name
    return names


def _vis_node(node: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": node["id"],
        "x": node["x"],
        "y": node["y"],
        "group": node["kind"],
        "shape": kinds.kind(node["kind"]).shape,
    }


def _lib() -> Path:
    import pyvis

    return Path(pyvis.__file__).parent / "lib" / "vis-9.1.2"


def _json(value: object) -> str:
    """Return a value as JSON that can stand in an HTML script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _packed(text: str) -> str:
    """Return text compressed (gzip, without a date) and in base 64."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")
