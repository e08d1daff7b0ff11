"""The overview of a network that is too large to draw: its most linked items, themes first."""

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx as nx

SHOWN: Final = 2_000
"""Items up to which a page draws the whole network."""

_FRONT: Final = 300
"""Items of the overview."""

_LINKS: Final = 450
"""Links of the overview, the heaviest."""

_AROUND: Final = 12
"""Items of the overview that one item behind it may link with each other."""


def overview(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """Return at most 300 items of a network, and links as heavy as what they share.

    Themes come before other kinds, more links before fewer. Two items are linked when they are in
    the network, or when items that are not drawn link both.
    """
    import networkx as nx

    degree = dict(graph.degree())
    ranked = sorted(graph, key=lambda iri: (graph.nodes[iri]["kind"] != "theme", -degree[iri], iri))
    chosen = set(ranked[:_FRONT])
    shared: Counter[tuple[str, str]] = Counter()
    near: dict[str, set[str]] = {}
    for one, other in graph.edges():
        if one in chosen and other in chosen:
            shared[min(one, other), max(one, other)] += 1
        elif one in chosen:
            near.setdefault(other, set()).add(one)
        elif other in chosen:
            near.setdefault(one, set()).add(other)
    for ends in near.values():
        for pair in combinations(sorted(ends)[:_AROUND], 2):
            shared[pair] += 1
    front: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    front.add_nodes_from((iri, graph.nodes[iri]) for iri in ranked[:_FRONT])
    heaviest = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_LINKS]
    front.add_edges_from(
        (one, other, {"weight": weight}) for (one, other), weight in heaviest if one != other
    )
    return front
