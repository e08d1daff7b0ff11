"""The store as an rdflib `Dataset` that is read and never written, offline and within limits."""

from collections.abc import Mapping
from typing import Any, NoReturn

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from intlkg.errors import StoreError
from intlkg.store.limits import within
from intlkg.store.sparql import checked
from intlkg.vocab import PREFIXES, TRUSTED

_READ_ONLY = (
    "the evidence base is read-only here; change its text files and build, "
    "or copy what you need into an rdflib Graph of your own"
)


class ReadOnlyStore(OxigraphStore):  # type: ignore[misc]
    """Oxigraph behind rdflib, for reading."""

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: object,  # noqa: N803
        **_: object,
    ) -> Result:
        """Return the answer to a query, all of it."""
        text = query if isinstance(query, str) else _text(query)
        home = queryGraph if checked(text) is None else ""
        return within(
            lambda: _whole(super(ReadOnlyStore, self).query(text, initNs, initBindings, home))
        )

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise StoreError(_READ_ONLY)

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib calls it for a graph that is only looked at."""

    add = addN = remove = remove_graph = update = open = destroy = _refuse  # noqa: N815


class ReadOnlyDataset(rdflib.Dataset):
    """A `Dataset` whose queries are all answered by the store."""

    def query(
        self,
        query_object: Query | str,
        processor: object = "sparql",
        result: object = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        use_store_provided: bool = True,
        **_: object,
    ) -> Result:
        """Return the answer to a query; a prepared one is asked by its text and its prefixes.

        The engine answers whatever `processor`, `result` and `use_store_provided` say: rdflib's own
        would go to the network.
        """
        known: dict[str, Any] = dict(self.namespaces())
        if not isinstance(query_object, str):
            known |= {name: str(space) for name, space in query_object._original_args[1].items()}
        home = "__UNION__" if self.default_union else self.default_graph.identifier
        found: Result = self.store.query(query_object, initNs or known, initBindings or {}, home)
        return found

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise StoreError(_READ_ONLY)

    add = addN = remove = update = parse = remove_graph = _refuse  # noqa: N815


def dataset(engine: pyoxigraph.Store) -> rdflib.Dataset:
    """Return the graphs of an engine as a `Dataset`; its default graph is the trusted one."""
    made = ReadOnlyDataset(store=ReadOnlyStore(store=engine))
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace)
    made.default_graph = rdflib.Graph(made.store, rdflib.URIRef(TRUSTED))
    return made


def _text(query: Query) -> str:
    return str(query._original_args[0])


def _whole(result: Result) -> Result:
    """Return an answer with its rows read: they are read where it is limited."""
    if result.type == "SELECT":
        result.bindings = list(result.bindings)
    return result
