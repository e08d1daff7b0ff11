"""One interface to the engines that answer SPARQL: in memory, and on disk (both Oxigraph)."""

import itertools
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph

from intlkg.errors import QueryError, StoreError
from intlkg.store.limits import within
from intlkg.store.sparql import checked, undeclared
from intlkg.store.terms import Blank, Iri, Literal, Quad, Term, Triple
from intlkg.vocab import RDFS_LABEL, TRUSTED

if TYPE_CHECKING:
    import rdflib

_Answer = TypeVar("_Answer")
_TRUSTED = Iri(TRUSTED)
_MANY = 10_000
_OPENING = 60.0
"""Seconds that a store on disk may take to open; a sound one takes hundredths of one."""

_LINE = re.compile(r"error at (\d+):")


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer of a SELECT: variable names in order, and a tuple of terms (or None) per row."""

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]

    def __iter__(self) -> Iterator[dict[str, Term]]:
        """Yield each row as variable -> term, unbound variables left out."""
        for row in self.rows:
            yield {n: t for n, t in zip(self.variables, row, strict=True) if t is not None}


class Store:
    """A set of named graphs that answers SPARQL with the trusted graph as its default graph."""

    def __init__(self, engine: pyoxigraph.Store) -> None:
        """Wrap an engine; use `memory` or `disk`."""
        self._engine = engine

    @classmethod
    def memory(cls, dump: bytes | Path = b"") -> "Store":
        """Return a store in memory, filled from N-Quads.

        Raises:
            StoreError: the dump cannot be read.
        """
        engine = pyoxigraph.Store()
        form = pyoxigraph.RdfFormat.N_QUADS
        try:
            if isinstance(dump, Path):
                within(lambda: engine.bulk_load(path=str(dump), format=form))
            else:
                within(lambda: engine.bulk_load(dump, format=form))
        except (OSError, SyntaxError) as error:
            raise StoreError(f"the store's dump cannot be read ({error}); build again") from None
        return cls(engine)

    @classmethod
    def disk(cls, folder: Path) -> "Store":
        """Return the store in a folder, opened for reading only.

        Raises:
            StoreError: there is no store in the folder, or it is damaged.
        """
        try:
            return cls(within(lambda: pyoxigraph.Store.read_only(str(folder)), _OPENING))
        except (OSError, ValueError, RuntimeError, QueryError) as error:
            raise StoreError(f"{folder} cannot be opened ({error}); build again") from None

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """Return the store in a folder, opened for writing; an empty one if there is none.

        Raises:
            StoreError: the folder cannot be written.
        """
        try:
            return cls(pyoxigraph.Store(str(folder)))
        except OSError as error:
            raise StoreError(f"{folder} cannot be written ({error}); make room there") from None

    def in_memory(self) -> "Store":
        """Return a store in memory that holds the same."""
        engine = pyoxigraph.Store()
        engine.bulk_extend(self._engine)
        return Store(engine)

    def copy(self, folder: Path) -> None:
        """Make a store in a folder that holds the same; on one disk they share what is the same.

        Raises:
            StoreError: the folder cannot be written.
        """
        try:
            self._engine.backup(str(folder))
        except OSError as error:
            raise StoreError(f"{folder} cannot be written ({error}); make room there") from None

    def load(self, content: bytes) -> None:
        """Add N-Quads, quickly and not in one transaction; blank nodes stay the nodes they are.

        Raises:
            StoreError: the content is damaged, or there is no room for it.
        """
        form = pyoxigraph.RdfFormat.N_QUADS
        try:
            if b"_:" in content:
                within(lambda: self._engine.bulk_extend(pyoxigraph.parse(content, format=form)))
            else:
                within(lambda: self._engine.bulk_load(content, format=form))
        except (OSError, SyntaxError) as error:
            raise StoreError(f"the statements cannot be loaded ({error}); build again") from None

    def optimize(self) -> None:
        """Put what was loaded in good order for reading, and have it on disk.

        Raises:
            StoreError: there is no room for it.
        """
        within(self._engine.optimize)
        self.flush()

    def flush(self) -> None:
        """Have everything on disk.

        Raises:
            StoreError: there is no room for it.
        """
        try:
            self._engine.flush()
        except OSError as error:
            raise StoreError(f"the store cannot be written ({error}); make room there") from None

    def select(self, query: str, at_most: int | None = None, *, network: bool = False) -> Rows:
        """Return the rows of a SELECT query, all of them or the first ones.

        Args:
            query: the SPARQL.
            at_most: how many rows; None for all.
            network: whether the query may reach for the network.

        Raises:
            QueryError: the SPARQL does not parse, is not a SELECT, or passes a limit.
        """

        def ask() -> Rows:
            answer = self._run(query, network=network)
            if isinstance(answer, pyoxigraph.QueryBoolean):
                raise QueryError("this is an ASK, which has no rows; write a SELECT")
            if not isinstance(answer, pyoxigraph.QuerySolutions):
                fault = "this query gives triples and no rows"
                raise QueryError(f"{fault}; write a SELECT, or take --format turtle")
            names = tuple(variable.value for variable in answer.variables)
            return Rows(names, [tuple(row) for row in itertools.islice(answer, at_most)])

        return within(lambda: _answered(ask))

    def construct(self, query: str, *, network: bool = False) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, each once.

        Args:
            query: the SPARQL.
            network: whether the query may reach for the network.

        Raises:
            QueryError: the SPARQL does not parse, gives no triples, or passes a limit.
        """

        def ask() -> list[Triple]:
            answer = self._run(query, network=network)
            if not isinstance(answer, pyoxigraph.QueryTriples):
                raise QueryError("this query gives no triples; write a CONSTRUCT")
            return list(dict.fromkeys(answer))

        return within(lambda: _answered(ask))

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads: few of them in one transaction, many in bulk."""
        listed = list(quads)
        if len(listed) < _MANY:
            self._engine.extend(listed)
        else:
            self._engine.bulk_extend(listed)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads, one by one."""
        for quad in quads:
            self._engine.remove(quad)

    def __contains__(self, quad: Quad) -> bool:
        """Whether a graph holds a statement."""
        return quad in self._engine

    def find(
        self,
        *,
        triple: Triple | None = None,
        subject: Iri | Blank | Triple | None = None,
        predicate: Iri | None = None,
        value: Term | None = None,
        graph: Iri | None = None,
    ) -> Iterator[Quad]:
        """Yield quads by triple, or by subject, predicate, object and graph; None is any."""
        if triple is not None:
            pattern = triple.subject, triple.predicate, triple.object
            return self._engine.quads_for_pattern(*pattern, graph)
        return self._engine.quads_for_pattern(subject, predicate, value, graph)

    def count(self, graph: Iri) -> int:
        """Return how many statements a graph holds."""
        counted = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        (row,) = self.select(counted).rows
        return int(row[0].value) if isinstance(row[0], Literal) else 0

    def values(
        self, subject: Iri, predicate: Iri, languages: tuple[str, ...] = ("en",)
    ) -> list[Term]:
        """Return the trusted values of a property, sorted.

        Of values with a language tag come those in the first of some languages that there are any
        in, and all of them where there are none.
        """
        found = [
            quad.object
            for quad in self._engine.quads_for_pattern(subject, predicate, None, _TRUSTED)
        ]
        there = {one.language for one in found if isinstance(one, Literal) and one.language}
        shown = next(({tag} for tag in languages if tag in there), there)
        return sorted(
            (
                one
                for one in found
                if not isinstance(one, Literal) or one.language is None or one.language in shown
            ),
            key=str,
        )

    def label(self, term: Iri) -> str | None:
        """Return what people call a thing: its trusted `rdfs:label`, English first."""
        found = self._engine.quads_for_pattern(term, Iri(RDFS_LABEL), None, _TRUSTED)
        labels = sorted(
            (quad.object.language not in (None, "en"), quad.object.value)
            for quad in found
            if isinstance(quad.object, Literal)
        )
        return labels[0][1] if labels else None

    def dataset(self) -> "rdflib.Dataset":
        """Return the same graphs as an rdflib `Dataset`, read-only; its default is the trusted."""
        from intlkg.store import dataset

        return dataset.dataset(self._engine)

    def _run(
        self, query: str, *, network: bool
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        named = checked(query, network=network)
        for graph in named or ():
            if not self._engine.contains_named_graph(_graph(graph)):
                raise QueryError(f"FROM names a graph that is not there: <{graph}>; mend its name")
        home = _TRUSTED if named is None else None
        try:
            return self._engine.query(query, default_graph=home)
        except SyntaxError as error:
            raise _mistake(query, error) from None


def _answered(ask: Callable[[], _Answer]) -> _Answer:
    """Return an answer; what an engine meets while it gives rows is said in words."""
    try:
        return ask()
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from None


def _graph(iri: str) -> Iri:
    try:
        return Iri(iri)
    except ValueError:
        raise QueryError(f"FROM names no graph: <{iri}>; write its whole IRI") from None


def _mistake(query: str, error: SyntaxError) -> QueryError:
    """Return in words what keeps a query from being read."""
    unknown = undeclared(query)
    if unknown is not None:
        prefix, line = unknown
        fault = f"the prefix '{prefix}:' is not known"
        return QueryError(f"{fault}; declare it: PREFIX {prefix}: <…>", line)
    said = textwrap.shorten(str(error), 200, placeholder=" …")
    place = _LINE.search(said)
    return QueryError(f"the SPARQL does not parse: {said}", int(place[1]) if place else 1)
