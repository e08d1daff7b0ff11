"""The evidence base that is handed down: a workspace, its store, and what was read of them once."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from intlkg.store import Iri, Quad, Store
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace

_Made = TypeVar("_Made")


class Base:
    """A workspace with its store; what is worked out of them once is kept.

    Attributes:
        workspace: the files and settings.
        store: what they were built into.
    """

    def __init__(self, workspace: Workspace, store: Store) -> None:
        """Join a workspace and its store."""
        self.workspace = workspace
        self.store = store
        self._kept: dict[tuple[object, ...], object] = {}
        self._labels: dict[str, str] = {}

    def once(self, make: "Callable[..., _Made]", *about: str) -> _Made:
        """Return what a function makes of this base and some words; it is called once for each."""
        key = (make, *about)
        if key not in self._kept:
            self._kept[key] = make(self, *about)
        return self._kept[key]  # type: ignore[return-value]

    def trusted(
        self, subject: str = "", predicate: Iri | None = None, value: str = ""
    ) -> Iterator[Quad]:
        """Yield the trusted statements with some subject, property and object; empty is any."""
        return self.store.find(
            subject=Iri(subject) if subject else None,
            predicate=predicate,
            value=Iri(value) if value else None,
            graph=Iri(TRUSTED),
        )

    def label(self, iri: str) -> str:
        """Return what people call a thing, or the end of its IRI where it has no label."""
        if iri not in self._labels:
            self._labels[iri] = self.store.label(Iri(iri)) or tail(iri)
        return self._labels[iri]


def tail(iri: str) -> str:
    """Return the end of an IRI: what follows its last slash or hash."""
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
