"""The evidence gap map: themes by kinds of evidence, and by the concepts of some schemes."""

from intlkg import questions
from intlkg.base import Base
from intlkg.evidence.model import KINDS
from intlkg.evidence.themes import by_theme, ordered, path
from intlkg.store import Iri
from intlkg.vocab import term


def gap_map(base: Base) -> list[tuple[str, ...]]:
    """Return themes by kinds of evidence and by the concepts of the workspace's `gap_map`.

    Raises:
        UnknownNameError: the settings name a scheme that there is none of.
    """
    themes, said = ordered(base), by_theme(base)
    across = [
        theme for name in base.workspace.gap_map for theme in themes if _in(base, theme.iri, name)
    ]
    items = {iri: {(one.iri, one.kind) for one in listed} for iri, listed in said.items()}
    rows: list[tuple[str, ...]] = [("theme", "path", *KINDS, *(one.label for one in across))]
    for theme in themes:
        own = items[theme.iri]
        kinds = (sum(kind == wanted for _, kind in own) for wanted in KINDS)
        both = (len(own & items[other.iri]) if other != theme else 0 for other in across)
        rows.append((theme.label, " > ".join(path(base, theme.iri)), *map(str, (*kinds, *both))))
    return rows


def _in(base: Base, concept: str, scheme: str) -> bool:
    iri = questions.find(base, "schemes", scheme, "scheme")
    return iri in base.store.values(Iri(concept), Iri(term("skos:inScheme")))
