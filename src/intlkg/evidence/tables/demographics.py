"""Themes by what participants are, with small counts hidden."""

from collections.abc import Sequence
from typing import Final

from intlkg import questions
from intlkg.base import Base
from intlkg.evidence.model import ROLES, Evidence
from intlkg.evidence.themes import by_theme, ordered, within
from intlkg.store import Iri
from intlkg.vocab import term

LEAST: Final = 3
"""Counts of persons below this are not told apart."""


def demographics(base: Base) -> list[tuple[str, ...]]:
    """Return themes by what participants are, in numbers of persons who support what is about them.

    Small counts are hidden. Where the facts on persons are not there, there are no columns.
    """
    bearers = _bearers(base)
    keys = sorted(bearers)
    totals = _suppressed([len(bearers[key]) for key in keys], keys)
    heads = (f"{': '.join(key)} ({total})" for key, total in zip(keys, totals, strict=True))
    rows: list[tuple[str, ...]] = [("theme", *heads)]
    for theme in sorted(ordered(base), key=lambda theme: theme.label):
        themes = within(base, theme.iri)
        said = [one for one in by_theme(base)[theme.iri] if _supports(one, themes)]
        persons = {who.iri for one in said for who in one.who}
        cells = [len(persons & bearers[key]) for key in keys]
        if any(cells):
            rows.append((theme.label, *_suppressed(cells, keys)))
    return rows


def _bearers(base: Base) -> dict[tuple[str, str], set[str]]:
    """Return (list, characteristic) -> IRIs of the participants who have it."""
    found: dict[tuple[str, str], set[str]] = {}
    for quad in base.store.find(predicate=Iri(term("ik:characteristic"))):
        value = questions.text(quad.object)
        schemes = base.store.values(Iri(value), Iri(term("skos:inScheme")))
        for scheme in schemes:
            key = (base.label(questions.text(scheme)), base.label(value))
            found.setdefault(key, set()).add(questions.text(quad.subject))
    return found


def _supports(one: Evidence, themes: Sequence[str]) -> bool:
    return one.stance == "supports" and one.role(themes)[0] == ROLES[0]


def _suppressed(cells: Sequence[int], keys: Sequence[tuple[str, str]]) -> list[str]:
    """Return counts as text, small ones hidden; and with a single one the next of its list too.

    Otherwise it could be worked out from the total.
    """
    hidden = {at for at, cell in enumerate(cells) if 0 < cell < LEAST}
    for name in {name for name, _ in keys}:
        own = [at for at, (other, _) in enumerate(keys) if other == name]
        if len(hidden & set(own)) == 1:
            rest = [at for at in own if at not in hidden and cells[at]]
            hidden |= {min(rest, key=lambda at: cells[at])} if rest else set()
    return ["hidden" if at in hidden else str(cell) for at, cell in enumerate(cells)]
