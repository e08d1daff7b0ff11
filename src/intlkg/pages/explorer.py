"""The explorer: a network as one page with a map, a theme list, a search and the full words."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from intlkg.pages import template
from intlkg.pages.layout import positions
from intlkg.workspace import write as write_file

if TYPE_CHECKING:
    import networkx as nx

_KINDS: Final = {
    "theme": ("themes", "hexagon"),
    "finding": ("findings", "square"),
    "statement": ("statements", "dot"),
    "participant": ("participants", "triangle"),
    "source": ("sources", "diamond"),
}
"""Kind -> plural and shape on the map, in the order of the legend."""

_UNSAFE: Final = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def write(graph: "nx.MultiDiGraph[str]", target: Path, *, title: str, note: str) -> None:
    """Write a network's page to a file, whole or not at all.

    Args:
        graph: as `network.project` makes it.
        target: the file; its folder is made.
        title: heading of the page.
        note: one line that says what the network shows.
    """
    write_file(target, page(graph, title=title, note=note).encode("utf-8"))


def page(graph: "nx.MultiDiGraph[str]", *, title: str, note: str) -> str:
    """Return a network's page: one HTML document that makes no request of any kind.

    Whatever stands in the data reaches the page as JSON and is shown as text, never as HTML; a
    Content-Security-Policy admits the page's own scripts and style by their hashes alone.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    data = _payload(graph)
    net.nodes = [_vis_node(node) for node in data["nodes"]]
    net.edges = [_vis_edge(number, edge) for number, edge in enumerate(data["edges"])]
    library = (_lib() / "vis-network.min.js").read_text(encoding="utf-8")
    script, style = template.source("explorer.js"), template.source("explorer.css")
    environment = template.environment()
    environment.globals.update(
        title=title,
        note=note,
        data=_json(data),
        library=library,
        script=script,
        style=style,
        policy=template.policy(scripts=[library, script], styles=[style]),
        as_json=_json,
    )
    net.templateEnv = environment
    net.path = "explorer.html"
    html: str = net.generate_html()
    return html


def _payload(graph: "nx.MultiDiGraph[str]") -> dict[str, Any]:
    """Return all that the page knows, in a fixed order."""
    names = _short(graph.nodes)
    places = positions(graph)
    kinds = Counter(data["kind"] for _, data in graph.nodes(data=True))
    order = [*(k for k in _KINDS if k in kinds), *sorted(k for k in kinds if k not in _KINDS)]
    ranked = sorted(graph.nodes, key=lambda iri: _rank(order, iri, graph.nodes[iri]))
    nodes = [
        {"id": names[iri], "x": places[iri][0], "y": places[iri][1], **graph.nodes[iri]}
        for iri in ranked
    ]
    edges = sorted(
        (
            {"from": names[one], "to": names[other], **data}
            for one, other, data in graph.edges(data=True)
        ),
        key=lambda edge: (edge["from"], edge["relation"], edge["to"]),
    )
    return {
        "kinds": [
            {"kind": kind, "plural": _kind(kind)[0], "shape": _kind(kind)[1], "count": kinds[kind]}
            for kind in order
        ],
        "nodes": nodes,
        "edges": edges,
    }


def _rank(order: list[str], iri: str, data: Mapping[str, Any]) -> tuple[int, str, str, str]:
    return order.index(data["kind"]), data["group"], data["label"].casefold(), iri


def _kind(kind: str) -> tuple[str, str]:
    return _KINDS.get(kind, (f"{kind}s", "dot"))


def _short(iris: Iterable[str]) -> dict[str, str]:
    """Return IRI -> the last two parts of its path, numbered where two are the same."""
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
        "shape": _kind(node["kind"])[1],
    }


def _vis_edge(number: int, edge: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": number,
        "from": edge["from"],
        "to": edge["to"],
        "dashes": edge["stance"] == "disputes",
        "width": min(6, edge["weight"]),
    }


def _lib() -> Path:
    import pyvis

    return Path(pyvis.__file__).parent / "lib" / "vis-9.1.2"


def _json(value: object) -> str:
    """Return a value as JSON that can stand in an HTML script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
