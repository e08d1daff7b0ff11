"""Where a network's nodes stand on the map: computed once, the same for the same network."""

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Positions = dict[str, np.ndarray]

SEED: Final = 7
_STEP: Final = 90.0
"""Distance that neighbours should have, in the map's units (a node is about 20 wide)."""

_GAP: Final = 120.0
_ASPECT: Final = 1.7


def positions(graph: "nx.MultiDiGraph[str]") -> dict[str, tuple[int, int]]:
    """Return node -> (x, y) in whole map units, larger components first, none overlapping.

    Each component is laid out by the force-directed method of Fruchterman and Reingold (1991) with
    a fixed seed; the components are packed in rows.
    """
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph.nodes))
    plain.add_edges_from(sorted((a, b) for a, b in graph.edges() if a != b))
    parts = sorted(nx.connected_components(plain), key=lambda part: (-len(part), min(part)))
    boxes = [_box(plain.subgraph(sorted(part))) for part in parts]
    return _packed(boxes)


def _box(part: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Return one component's positions, its corner at (0, 0)."""
    import networkx as nx

    ordered = nx.Graph()
    ordered.add_nodes_from(sorted(part.nodes))
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in part.edges))
    size = len(ordered)
    spread = _STEP * math.sqrt(size)
    found: Positions = nx.spring_layout(
        ordered, seed=SEED, iterations=200, k=1.4 / math.sqrt(size), scale=spread
    )
    left = min(float(p[0]) for p in found.values())
    top = min(float(p[1]) for p in found.values())
    return {node: (float(p[0]) - left, float(p[1]) - top) for node, p in found.items()}


def _packed(boxes: list[dict[str, tuple[float, float]]]) -> dict[str, tuple[int, int]]:
    """Return all positions, the boxes set in rows of about the width of a screen."""
    sizes = [_size(box) for box in boxes]
    area = sum((width + _GAP) * (height + _GAP) for width, height in sizes)
    row = max([math.sqrt(area * _ASPECT), *(width for width, _ in sizes)], default=0.0)
    placed: dict[str, tuple[int, int]] = {}
    x = y = tallest = 0.0
    for box, (width, height) in zip(boxes, sizes, strict=True):
        if x and x + width > row:
            x, y, tallest = 0.0, y + tallest + _GAP, 0.0
        for node, (dx, dy) in box.items():
            placed[node] = (round(x + dx), round(y + dy))
        x, tallest = x + width + _GAP, max(tallest, height)
    return placed


def _size(box: dict[str, tuple[float, float]]) -> tuple[float, float]:
    return max(x for x, _ in box.values()), max(y for _, y in box.values())
