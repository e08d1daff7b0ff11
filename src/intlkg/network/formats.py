"""A network as a file for other tools: Gephi, Cytoscape, VOSviewer, spreadsheets."""

import io
import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from intlkg import formats
from intlkg.network.measures import measured

if TYPE_CHECKING:
    import networkx as nx

_DATE: Final = re.compile(r' lastmodifieddate="[^"]*"')


def as_graphml(graph: "nx.MultiDiGraph[str]") -> str:
    """Return GraphML, with all that is known of items and links as text and numbers."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(_flat(graph), named_key_ids=True)) + "\n"


def as_gexf(graph: "nx.MultiDiGraph[str]") -> str:
    """Return GEXF 1.2, without the date of writing: the same network gives the same bytes."""
    import networkx as nx

    out = io.BytesIO()
    nx.write_gexf(_flat(graph), out)
    return _DATE.sub("", out.getvalue().decode("utf-8")) + "\n"


def as_vosviewer(graph: "nx.MultiDiGraph[str]") -> str:
    """Return VOSviewer's JSON: items with cluster, weights and year, and links without direction.

    The clusters are the communities of Louvain's method; without coordinates, VOSviewer lays the
    items out itself.
    """
    order = {iri: number for number, iri in enumerate(sorted(graph), 1)}
    cluster, degree = measured(graph, "community"), measured(graph, "degree")
    strength = measured(graph, "strength")
    items = []
    for iri, number in order.items():
        data = graph.nodes[iri]
        item = {
            "id": number,
            "label": data["label"],
            "description": f"{data['kind']}: {data['text'] or data['label']}",
            "url": iri,
            "cluster": cluster[iri],
            "weights": {"Links": degree[iri], "Total link strength": strength[iri]},
        }
        if data["year"]:
            item["scores"] = {"Year": data["year"]}
        items.append(item)
    weights: dict[tuple[int, int], int] = {}
    for one, other, data in graph.edges(data=True):
        if one != other:
            ends = (min(order[one], order[other]), max(order[one], order[other]))
            weights[ends] = weights.get(ends, 0) + data["weight"]
    links = [
        {"source_id": one, "target_id": other, "strength": weight}
        for (one, other), weight in sorted(weights.items())
    ]
    body = {"network": {"items": items, "links": links}}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def nodes_csv(graph: "nx.MultiDiGraph[str]") -> str:
    """Return the items as CSV, with the columns that Gephi looks for."""
    head = ("Id", "Label", "Kind", "Group", "Year", "Text")
    rows = [
        (iri, data["label"], data["kind"], data["group"], str(data["year"] or ""), data["text"])
        for iri, data in _sorted_nodes(graph)
    ]
    return formats.as_csv(head, rows)


def edges_csv(graph: "nx.MultiDiGraph[str]") -> str:
    """Return the links as CSV, with the columns that Gephi looks for."""
    head = ("Source", "Target", "Type", "Label", "Role", "Stance", "Weight", "Text")
    rows = sorted(
        (
            one,
            other,
            "Directed",
            data["relation"],
            data.get("role", ""),
            data["stance"],
            str(data["weight"]),
            data["text"],
        )
        for one, other, data in graph.edges(data=True)
    )
    return formats.as_csv(head, rows)


def _flat(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """Return a network in a fixed order whose attributes are text and numbers."""
    import networkx as nx

    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, known in _sorted_nodes(graph):
        flat.add_node(iri, **_plain(known))
    edges = sorted(graph.edges(data=True), key=lambda edge: (*edge[:2], str(edge[2])))
    for number, (one, other, data) in enumerate(edges):
        flat.add_edge(one, other, key=str(number), **_plain(data))
    return flat


def _sorted_nodes(graph: "nx.MultiDiGraph[str]") -> list[tuple[str, Mapping[str, Any]]]:
    return [(iri, graph.nodes[iri]) for iri in sorted(graph.nodes)]


def _plain(data: Mapping[str, object]) -> dict[str, str | int]:
    """Return attributes without those that are not known; facts become lines of text."""
    return {
        name: _LOOSE.sub(" ", value) if isinstance(value, str) else value
        for name, given in data.items()
        if (value := _joined(given)) not in (None, "")
    }


_LOOSE: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def _joined(value: object) -> str | int | None:
    if isinstance(value, list):
        return "\n".join(f"{name}: {said}" for name, said in value)
    return value if isinstance(value, (str, int)) else None


FORMATS: Final[Mapping[str, Callable[["nx.MultiDiGraph[str]"], str]]] = {
    "graphml": as_graphml,
    "gexf": as_gexf,
    "vosviewer": as_vosviewer,
    "nodes": nodes_csv,
    "edges": edges_csv,
}
"""Name of a format -> what writes it; `nodes` and `edges` are CSV."""
