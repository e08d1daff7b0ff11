"""Part of a network: what lies around one item."""

from typing import TYPE_CHECKING

from intlkg.errors import QueryError
from intlkg.questions import fold, near

if TYPE_CHECKING:
    import networkx as nx


def around(graph: "nx.MultiDiGraph[str]", name: str, depth: int) -> "nx.MultiDiGraph[str]":
    """Return the part of a network that is at most some links away from an item.

    Args:
        graph: as `project` makes it.
        name: the item, by its label, the end of its IRI or the IRI.
        depth: how many links.

    Raises:
        QueryError: nothing, or more than one item, is called so; the message says what is.
    """
    import networkx as nx

    plain = graph.to_undirected(as_view=True)
    near_by = nx.single_source_shortest_path_length(plain, _item(graph, name), depth)
    return graph.subgraph(near_by).copy()


def _item(graph: "nx.MultiDiGraph[str]", name: str) -> str:
    wanted = fold(name)
    labels: dict[str, list[str]] = {}
    for iri, data in graph.nodes(data=True):
        labels.setdefault(fold(data["label"]), []).append(iri)
    ends = [iri for iri in graph if iri == name or iri.endswith((f"/{name}", f"#{name}"))]
    found = labels.get(wanted) or ends
    if len(found) > 1:
        listed = ", ".join(sorted("/".join(iri.rsplit("/", 2)[-2:]) for iri in found))
        raise QueryError(f"'{name}' may mean {listed}; name one of them")
    if not found:
        raise QueryError(f"no item of this view is called '{name}'{near(name, labels)}")
    return found[0]
