"""Where a network's nodes stand on the map: computed once, the same for the same network."""

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

SEED: Final = 7
_STEP: Final = 90.0
"""Distance that neighbours should have, in the map's units (a node is about 20 wide)."""

_NEAREST: Final = 46.0
"""Distance below which two nodes are pushed apart."""

_MOST: Final = 1_500
"""Nodes up to which pushing apart is affordable: it compares all pairs."""

_GAP: Final = 120.0
_ASPECT: Final = 1.5
"""Width to height of the map, about that of the space it has on a screen."""


def positions(graph: "nx.MultiDiGraph[str]") -> dict[str, tuple[int, int]]:
    """Return node -> (x, y) in whole map units, larger components first, none overlapping.

    Each component is laid out by the force-directed method of Fruchterman and Reingold (1991) with
    a fixed seed; the components are packed in rows.
    """
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph.nodes))
    plain.add_edges_from(sorted((a, b) for a, b in graph.edges() if a != b))
    parts = sorted(nx.connected_components(plain), key=lambda part: (-len(part), min(part)))
    boxes = [_box(plain.subgraph(sorted(part))) for part in parts]
    return _packed(boxes)


def _box(part: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    """Return one component's positions, its corner at (0, 0).

    A link counts less the more links its ends have, so that a hub does not pull all into a ball.
    """
    import networkx as nx
    import numpy as np

    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(part.nodes))
    for one, other in sorted(sorted(edge) for edge in part.edges):
        ordered.add_edge(one, other, weight=2 / math.sqrt(part.degree[one] * part.degree[other]))
    found = nx.spring_layout(
        ordered,
        seed=SEED,
        iterations=min(300, 30 + 60_000 // len(ordered)),
        k=1.2 / math.sqrt(len(ordered)),
    )
    points = np.array([found[node] for node in ordered])
    points -= points.min(axis=0)
    wide = _STEP * math.sqrt(len(ordered) * _ASPECT)
    points *= np.array([wide, wide / _ASPECT]) / np.maximum(points.max(axis=0), 1e-9)
    points = _apart(points)
    points -= points.min(axis=0)
    return {node: (float(x), float(y)) for node, (x, y) in zip(ordered, points, strict=True)}


def _apart(points: "np.ndarray") -> "np.ndarray":
    """Return points pushed away from each other until neighbours keep their distance."""
    import numpy as np

    if len(points) > _MOST:
        return points
    for _ in range(60):
        gaps = points[:, None, :] - points[None, :, :]
        lengths = np.hypot(gaps[..., 0], gaps[..., 1])
        np.fill_diagonal(lengths, np.inf)
        push = np.clip(_NEAREST - lengths, 0, None) / 2 / np.maximum(lengths, 1.0)
        points = points + 0.5 * (gaps * push[..., None]).sum(axis=1)
    return points


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
