"""Saturation: how many themes each further participant adds, and what chance would give."""

import random
from collections.abc import Mapping, Sequence
from typing import Final

from intlkg.base import Base
from intlkg.evidence.rows import evidence
from intlkg.evidence.tables.matrix import codes

ORDERS: Final = 1000
"""How many orders of the participants the band of saturation is taken from."""


def saturation(base: Base) -> list[tuple[str, ...]]:
    """Return for each further participant how many themes are new, and what chance would give."""
    known = dict(codes(base))
    themes: dict[str, set[str]] = {code: set() for code in known.values()}
    for one in evidence(base):
        for who in one.who:
            if who.iri in known:
                themes[known[who.iri]] |= {theme.iri for theme in one.themes}
    draw = random.Random(1)  # noqa: S311
    orders = [draw.sample(list(themes), len(themes)) for _ in range(ORDERS)]
    curves = [_cumulated(order, themes) for order in orders]
    own = _cumulated(list(themes), themes)
    rows = [("participants", "participant", "new_themes", "themes", "low", "median", "high")]
    before = 0
    for position, (code, total) in enumerate(zip(themes, own, strict=True)):
        column = sorted(curve[position] for curve in curves)
        low, middle, high = (str(column[round(s * (ORDERS - 1))]) for s in (0.025, 0.5, 0.975))
        rows.append((str(position + 1), code, str(total - before), str(total), low, middle, high))
        before = total
    return list(rows)


def _cumulated(order: Sequence[str], themes: Mapping[str, set[str]]) -> list[int]:
    known: set[str] = set()
    return [len(known := known | themes[who]) for who in order]
