"""The evidence base as one Python object: `intlkg.open()`."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from intlkg import build, evidence, queries, workspace
from intlkg.store import Store

if TYPE_CHECKING:
    import rdflib


class EvidenceBase:
    """A workspace and its store: ask it, trace a theme in it, or walk it with rdflib.

    Example:
        >>> import intlkg
        >>> kg = intlkg.open()
        >>> kg.trace("visibility").propositions[1].items[0].who
        ('M2', 'M4', 'M11', 'M17')
    """

    def __init__(self, of: workspace.Workspace) -> None:
        """Wrap a workspace; use `intlkg.open`."""
        self.workspace = of

    @cached_property
    def store(self) -> Store:
        """The store, built first if files have changed."""
        return build.store(self.workspace)

    @cached_property
    def graph(self) -> rdflib.Dataset:
        """All named graphs as an rdflib `Dataset`."""
        return self.store.dataset()

    def ask(self, question: str, **values: str) -> queries.Answer:
        """Return the answer to a named question.

        Args:
            question: a name that `intlkg ask` lists.
            values: its parameters, as a person would type them.

        Raises:
            QueryError: no such question or parameter, or a value that means nothing here.
        """
        return queries.ask(self.workspace, self.store, question, values)

    def trace(self, theme: str) -> evidence.Trace:
        """Return what supports, disputes and mentions a theme, with the words and their places.

        Raises:
            QueryError: no theme, or more than one, is called so.
        """
        return evidence.trace(self.workspace, self.store, theme)


def open(folder: str | Path | None = None) -> EvidenceBase:
    """Return the evidence base of a folder's workspace.

    Args:
        folder: a folder in a workspace; None stands for the current folder, and where that is in no
            workspace for the one that comes with the package.

    Raises:
        WorkspaceError: the folder is in no workspace.
    """
    return EvidenceBase(workspace.find(Path(folder) if folder is not None else None))
