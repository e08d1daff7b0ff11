"""The evidence base as one Python object: `intlkg.open()`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from intlkg import build, evidence, network, questions, workspace
from intlkg.base import Base
from intlkg.store import Iri, Store, apart
from intlkg.vocab import term

if TYPE_CHECKING:
    import networkx as nx
    import rdflib


class EvidenceBase:
    """A workspace and its store: ask it, trace a theme in it, or walk it with rdflib.

    Example:
        >>> import intlkg
        >>> kg = intlkg.open()
        >>> kg.trace("visibility").propositions[0].evidence[0].names
        ('M2', 'M4', 'M11', 'M17')
    """

    def __init__(self, of: workspace.Workspace, in_memory: bool = False) -> None:
        """Wrap a workspace; use `intlkg.open`."""
        self.workspace = of
        self._in_memory = in_memory

    @cached_property
    def store(self) -> Store:
        """The store, built first if files have changed."""
        store = build.store(self.workspace)
        return store.in_memory() if self._in_memory else store

    @cached_property
    def base(self) -> Base:
        """The workspace with its store, and what was read of them once."""
        return Base(self.workspace, self.store)

    @cached_property
    def graph(self) -> rdflib.Dataset:
        """All named graphs as an rdflib `Dataset`, which is read-only."""
        return self.store.dataset()

    def ask(self, question: str, **values: str) -> questions.Answer:
        """Return the answer to a named question.

        Args:
            question: a name that `intlkg ask` lists.
            values: its parameters, as a person would type them.

        Raises:
            QueryError: no such question or parameter, or a value that means nothing here.

        Example:
            >>> import intlkg
            >>> intlkg.open().ask("voices-per-motive").rows[0][0]
            'proactive motive'
        """
        return questions.ask(self.base, question, values)

    def query(self, sparql: str, *, seconds: float = 60) -> questions.Answer:
        """Return the answer to any SPARQL SELECT on the trusted graph; prefixes are known.

        Args:
            sparql: the query; it cannot reach for the network.
            seconds: how long it may take.

        Raises:
            QueryError: the SPARQL does not parse (with line and column), is not a SELECT, took too
                long or needed too much memory.

        Example:
            >>> import intlkg
            >>> counted = "SELECT (COUNT(?who) AS ?n) { ?who a ik:Participant }"
            >>> intlkg.open().query(counted).rows
            (('20',),)
        """
        base = self.base

        def ask() -> questions.Answer:
            again = base if self._in_memory else Base(self.workspace, build.opened(self.workspace))
            return questions.run(again, sparql)[0]

        return apart(ask, seconds)

    def trace(self, theme: str, depth: int | None = None) -> evidence.Trace:
        """Return what supports, disputes and mentions a theme, with the words and their places.

        Args:
            theme: a concept by any of its names, its id or its IRI.
            depth: how many levels of narrower themes to take along; None for all.

        Raises:
            QueryError: no theme, or more than one, is called so.
        """
        return evidence.trace(self.base, theme, depth)

    def why(
        self,
        trace: evidence.Trace,
        proposition: evidence.Proposition | None,
        one: evidence.Evidence,
    ) -> list[evidence.Link]:
        """Return the chain of nodes that leads from a trace's theme to the words of evidence."""
        return evidence.why(self.base, trace, proposition, one)

    def scheme(self, name: str) -> evidence.Scheme:
        """Return a scheme of concepts by any of its names: its concepts with their tallies.

        Raises:
            UnknownNameError: no scheme, or more than one, is called so.
        """
        return evidence.scheme(self.base, name)

    def concept(self, name: str) -> Concept:
        """Return a concept by any of its names, its id or its IRI.

        Raises:
            QueryError: no concept, or more than one, is called so.

        Example:
            >>> import intlkg
            >>> intlkg.open().concept("cultural distance").broader
            ('psychic distance',)
        """
        found = questions.find(self.base, "concepts", name, "theme")
        return Concept.of(self.store, found.value)

    def table(self, name: str) -> evidence.Table:
        """Return an evidence table, by a name that `intlkg table` lists.

        Raises:
            QueryError: no table is called so.
        """
        return evidence.table(self.base, name)

    def without(self, *sources: str) -> list[evidence.Loss]:
        """Return what loses support when participants, studies or cited works are withdrawn.

        Raises:
            QueryError: no source, or more than one, is called so.
        """
        return evidence.without(self.base, sources)

    def network(
        self, view: str = "knowledge", focus: str | None = None, depth: int = 2
    ) -> nx.MultiDiGraph[str]:
        """Return a view as a networkx graph, or what lies around an item of it.

        Args:
            view: a name that `intlkg network` lists.
            focus: an item, by its label or the end of its IRI; None for the whole view.
            depth: how many links around the item.

        Raises:
            QueryError: no such view or item, or more than one item of that name.

        Example:
            >>> import intlkg
            >>> graph = intlkg.open().network("theories", focus="Uppsala model", depth=1)
            >>> sorted(graph.nodes[iri]["label"] for iri in graph)[:2]
            ['Johanson & Vahlne 1977', 'Johanson & Vahlne 2009']
        """
        query = questions.named(self.workspace, view, "views")
        graph = network.project(self.base, query)
        return graph if focus is None else network.around(graph, focus, depth)

    def draw(self, view: str = "knowledge", focus: str | None = None, depth: int = 2) -> Drawing:
        """Return the interactive page of a view, which a notebook shows; as for `network`.

        Raises:
            QueryError: no such view or item, or more than one item of that name.
        """
        from intlkg import pages

        graph = self.network(view, focus, depth)
        query = questions.named(self.workspace, view, "views")
        return Drawing(pages.drawing(self.base, graph, query))


@dataclass(frozen=True, slots=True)
class Drawing:
    """An interactive page: `html` is the whole document."""

    html: str

    def write(self, path: str | Path) -> None:
        """Write the page to a file, whole or not at all."""
        workspace.write(Path(path), self.html.encode())

    def _repr_html_(self) -> str:
        shown = escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{shown}" title="Network" width="100%" height="720" '
            'style="border: 1px solid"></iframe>'
        )


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept as people read it.

    Attributes:
        iri: which concept it is.
        label: its preferred name.
        definition: what it means; empty where nobody has said.
        scheme: the list that it is in.
        other_names: its alternative English names.
        broader: names of the concepts above it.
        narrower: names of the concepts below it.
        related: names of the concepts beside it.
    """

    iri: str
    label: str
    definition: str
    scheme: str
    other_names: tuple[str, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]

    @classmethod
    def of(cls, store: Store, iri: str) -> Concept:
        """Return the concept of an IRI as the store has it."""

        def said(prefixed: str) -> tuple[str, ...]:
            found = store.values(Iri(iri), Iri(term(prefixed)))
            return tuple(
                (store.label(one) or one.value) if isinstance(one, Iri) else questions.text(one)
                for one in found
            )

        return cls(
            iri,
            store.label(Iri(iri)) or iri,
            " ".join(said("skos:definition")),
            ", ".join(said("skos:inScheme")),
            said("skos:altLabel"),
            said("skos:broader"),
            said("skos:narrower"),
            said("skos:related"),
        )


def open(folder: str | Path | None = None, *, in_memory: bool = False) -> EvidenceBase:
    """Return the evidence base of a folder's workspace.

    Args:
        folder: a folder in a workspace; None stands for the current folder, and where that is in no
            workspace for the one that comes with the package.
        in_memory: read the whole store into memory first: for many questions to a large one.

    Raises:
        WorkspaceError: the folder is in no workspace.
    """
    return EvidenceBase(workspace.find(Path(folder) if folder is not None else None), in_memory)
