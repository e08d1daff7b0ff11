"""What falls when a source is withdrawn: what loses all or part of its support."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intlkg import queries
from intlkg.evidence.pieces import Piece, pieces
from intlkg.store import Iri, Store
from intlkg.vocab import term
from intlkg.workspace import Workspace

QUESTION: Final = "if-withdrawn"
"""The question whose parameter says what can be withdrawn."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A theme or a proposition that loses support.

    Attributes:
        kind: `theme` or `proposition`.
        label: what it is called.
        before: how many sources support it with the withdrawn ones.
        after: how many without them.
    """

    kind: str
    label: str
    before: int
    after: int


def without(workspace: Workspace, store: Store, sources: Iterable[str]) -> list[Loss]:
    """Return what loses support when sources are withdrawn; what loses all of it first.

    Args:
        workspace: whose evidence.
        store: its store.
        sources: participants, studies or cited works, as a person names them; with a study goes all
            that its text says and reports.

    Raises:
        QueryError: nothing, or more than one thing, is called so.
    """
    parameter = queries.named(workspace, QUESTION).parameters["source"]
    gone: set[str] = set()
    for name in sources:
        found = queries.resolve(workspace, store, parameter, name)
        gone.add(found.value)
        if isinstance(found, Iri):
            texts = store.values(found, Iri(term("ik:reportedIn")))
            gone |= {queries.text(text) for text in texts}
    said = [one for one in pieces(workspace, store) if one.direction == "supports"]
    losses = [
        *_losses("proposition", said, gone, lambda one: (one.proposition, one.claim)),
        *_losses("theme", said, gone, lambda one: (one.theme.iri, one.theme.label)),
    ]
    return sorted(losses, key=lambda one: (one.after > 0, one.kind, one.label))


def _losses(
    kind: str, said: Sequence[Piece], gone: set[str], about: Callable[[Piece], tuple[str, str]]
) -> list[Loss]:
    before: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one in said:
        before.setdefault(about(one), set()).add((one.who_iri, one.source_iri))
    losses = []
    for (iri, label), voices in before.items():
        left = {voice for voice in voices if not gone & set(voice)}
        if iri and left != voices:
            losses.append(Loss(kind, label, len(voices), len(left)))
    return losses
