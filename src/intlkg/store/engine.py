"""One interface to the engines that answer SPARQL: in memory, and on disk (both Oxigraph)."""

import itertools
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from intlkg.errors import QueryError, StoreError
from intlkg.store.terms import Blank, Iri, Literal, Quad, Term, Triple
from intlkg.vocab import PREFIXES, RDFS_LABEL, TRUSTED

if TYPE_CHECKING:
    import rdflib

_TRUSTED = Iri(TRUSTED)
_MANY = 10_000
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
        try:
            if isinstance(dump, Path):
                engine.bulk_load(path=str(dump), format=pyoxigraph.RdfFormat.N_QUADS)
            else:
                engine.bulk_load(dump, format=pyoxigraph.RdfFormat.N_QUADS)
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
            return cls(pyoxigraph.Store.read_only(str(folder)))
        except OSError as error:
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
                self._engine.bulk_extend(pyoxigraph.parse(content, format=form))
            else:
                self._engine.bulk_load(content, format=form)
        except (OSError, SyntaxError) as error:
            raise StoreError(f"the statements cannot be loaded ({error}); build again") from None

    def optimize(self) -> None:
        """Put what was loaded in good order for reading, and have it on disk.

        Raises:
            StoreError: there is no room for it.
        """
        self._engine.optimize()
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

    def select(self, query: str, at_most: int | None = None) -> Rows:
        """Return the rows of a SELECT query, all of them or the first ones.

        Raises:
            QueryError: the SPARQL does not parse, or is not a SELECT.
        """
        answer = self._run(query)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            fault = "this query gives no rows"
            raise QueryError(f"{fault}; write a SELECT, or take --format turtle for a CONSTRUCT")
        names = tuple(variable.value for variable in answer.variables)
        return Rows(names, [tuple(solution) for solution in itertools.islice(answer, at_most)])

    def construct(self, query: str) -> list[Triple]:
        """Return the triples of a CONSTRUCT query, each once.

        Raises:
            QueryError: the SPARQL does not parse, or is not a CONSTRUCT.
        """
        answer = self._run(query)
        if not isinstance(answer, pyoxigraph.QueryTriples):
            raise QueryError("this query gives no triples; write a CONSTRUCT")
        return list(dict.fromkeys(answer))

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
        """Return the same graphs as an rdflib `Dataset`; its default graph is the trusted one."""
        import rdflib
        from oxrdflib import OxigraphStore

        dataset = rdflib.Dataset(store=OxigraphStore(store=self._engine))
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        dataset.default_graph = rdflib.Graph(dataset.store, rdflib.URIRef(TRUSTED))
        return dataset

    def _run(
        self, query: str
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        try:
            return self._engine.query(query, default_graph=[_TRUSTED])
        except SyntaxError as error:
            said = textwrap.shorten(str(error), 200, placeholder=" …")
            line = _LINE.search(said)
            raise QueryError(
                f"the SPARQL does not parse: {said}", int(line[1]) if line else 1
            ) from None
        except (OSError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from None
