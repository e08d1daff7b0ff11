"""Measures of a network's items that the field uses, each on links without direction."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

SEED: Final = 1
_EXACT: Final = 2_000
"""Items up to which betweenness is exact; above, it is estimated from a sample of paths."""

_SAMPLE: Final = 200

_Plain: TypeAlias = "nx.Graph[str]"


def measured(graph: "nx.MultiDiGraph[str]", name: str) -> dict[str, float]:
    """Return item -> its value by a measure of `MEASURES`.

    Several links between two items count as one, as heavy as all of them; a link from an item to
    itself does not count.
    """
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph.nodes))
    for one, other, data in sorted(graph.edges(data=True), key=lambda edge: edge[:2]):
        if one != other:
            before = plain.get_edge_data(one, other, {"weight": 0})["weight"]
            plain.add_edge(one, other, weight=before + data.get("weight", 1))
    return MEASURES[name][1](plain)


def table(
    graph: "nx.MultiDiGraph[str]", names: Sequence[str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the head and the rows of a table of measures, the highest of the first one first."""
    values = {name: measured(graph, name) for name in names}
    first = values[names[0]]
    ordered = sorted(graph.nodes, key=lambda iri: (-first[iri], graph.nodes[iri]["label"], iri))
    if names[0] == "community":
        ordered.sort(key=lambda iri: first[iri])
    rows = [
        (
            str(graph.nodes[iri]["label"]),
            str(graph.nodes[iri]["kind"]),
            *(f"{values[name][iri]:.3f}".removesuffix(".000") for name in names),
        )
        for iri in ordered
    ]
    return ("item", "kind", *names), rows


def communities(plain: _Plain) -> list[set[str]]:
    """Return the communities of Louvain's method (Blondel et al. 2008), the largest first."""
    import networkx as nx

    found = nx.community.louvain_communities(plain, seed=SEED)
    return sorted(found, key=lambda members: (-len(members), min(members)))


def _degree(plain: _Plain) -> dict[str, float]:
    return dict(plain.degree())


def _strength(plain: _Plain) -> dict[str, float]:
    return dict(plain.degree(weight="weight"))


def _betweenness(plain: _Plain) -> dict[str, float]:
    import networkx as nx

    sample = _SAMPLE if len(plain) > _EXACT else None
    found: dict[str, float] = nx.betweenness_centrality(plain, k=sample, seed=SEED)
    return found


def _community(plain: _Plain) -> dict[str, float]:
    return {
        member: number for number, members in enumerate(communities(plain), 1) for member in members
    }


def _core(plain: _Plain) -> dict[str, float]:
    import networkx as nx

    return dict(nx.core_number(plain))


def _bridging(plain: _Plain) -> dict[str, float]:
    """Return the participation coefficient of Guimerà and Amaral (2005) on the communities."""
    home = _community(plain)
    found: dict[str, float] = {}
    for node in plain:
        total = plain.degree(node, weight="weight")
        shares: dict[float, float] = {}
        for other, data in plain[node].items():
            shares[home[other]] = shares.get(home[other], 0) + data["weight"]
        found[node] = 1 - sum((part / total) ** 2 for part in shares.values()) if total else 0.0
    return found


MEASURES: Final[Mapping[str, tuple[str, Callable[[_Plain], dict[str, float]]]]] = {
    "degree": ("How many items it is linked with.", _degree),
    "strength": ("The weight of all its links.", _strength),
    "betweenness": (
        "The share of shortest paths that lead through it (Freeman 1977); above "
        f"{_EXACT:,} items estimated from {_SAMPLE}.",
        _betweenness,
    ),
    "community": ("Its community by Louvain's method, 1 is the largest.", _community),
    "core": ("Core and periphery: the k of the innermost k-core that it is in.", _core),
    "bridging": (
        "How evenly its links spread over the communities (participation coefficient): 0 all in "
        "one, towards 1 a bridge.",
        _bridging,
    ),
}
"""Name -> what it says, and what computes it."""
