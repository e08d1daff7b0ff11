"""Part of a network: what lies around one item."""

from typing import TYPE_CHECKING

from intlkg.errors import QueryError
from intlkg.queries import near

if TYPE_CHECKING:
    import networkx as nx


def item(graph: "nx.MultiDiGraph[str]", name: str) -> str:
    """Return the IRI of the item that a person means by its label, the end of its IRI or the IRI.

    Raises:
        QueryError: nothing, or more than one item, is called so; the message says what is.
    """
    wanted = _fold(name)
    labels: dict[str, list[str]] = {}
    for iri, data in graph.nodes(data=True):
        labels.setdefault(_fold(data["label"]), []).append(iri)
    ends = [iri for iri in graph if iri == name or iri.endswith((f"/{name}", f"#{name}"))]
    found = labels.get(wanted) or ends
    if len(found) > 1:
        listed = ", ".join(sorted("/".join(iri.rsplit("/", 2)[-2:]) for iri in found))
        raise QueryError(f"'{name}' may mean {listed}; name one of them")
    if not found:
        raise QueryError(f"no item of this view is called '{name}'{near(name, labels)}")
    return found[0]


def around(graph: "nx.MultiDiGraph[str]", focus: str, depth: int) -> "nx.MultiDiGraph[str]":
    """Return the part of a network that is at most some links away from an item."""
    import networkx as nx

    near_by = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), focus, depth)
    return graph.subgraph(near_by).copy()


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
