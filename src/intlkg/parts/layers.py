"""The layers above the files: where each graph comes from, what is trusted, what rules add."""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote

from intlkg.errors import BuildError, Problem, QueryError
from intlkg.store import Iri, Literal, Quad, Store, Triple
from intlkg.vocab import GRAPH_STATUS, IKV, RDF_TYPE, TRUSTED, TRUSTED_STATUSES, term
from intlkg.workspace import MARKER, Workspace

_HOME: Final = Iri(TRUSTED)


def provenance(workspace: Workspace, names: Iterable[str]) -> list[Quad]:
    """Say of each file's own graph which layer it is and what it was read from."""
    graph = Iri(f"{workspace.base}graph/provenance")
    said: list[Quad] = [_status(graph, graph, "provenance")]
    inferred = Iri(inferred_graph(workspace))
    said.append(_status(inferred, graph, "inferred"))
    settings = Iri(f"{workspace.base}graph/settings")
    own, language = Iri(f"{workspace.base}workspace"), Literal(workspace.language)
    said += [
        Quad(own, Iri(term("ik:language")), language, settings),
        _status(settings, graph, "asserted"),
        _derived(settings, Iri(f"{workspace.base}file/{MARKER}"), graph),
    ]
    for name in names:
        file = Iri(f"{workspace.base}file/{quote(name)}")
        if name.endswith((".ttl", ".bib", ".tsv")):
            subject = Iri(workspace.graph(name))
            said.append(_status(subject, graph, "source" if name.endswith(".bib") else "asserted"))
            said.append(_derived(subject, file, graph))
        elif name.endswith(".rq"):
            said.append(_derived(inferred, file, graph))
    kind = Iri(term("ik:StatementGraph"))
    graphs = {quad.subject for quad in said if quad.graph_name == graph}
    said += [Quad(one, Iri(RDF_TYPE), kind, graph) for one in graphs]
    return said


def inferred_graph(workspace: Workspace) -> str:
    """Return the IRI of the graph that holds what the rules add."""
    return f"{workspace.base}graph/inferred"


def trusted_graphs(store: Store) -> frozenset[str]:
    """Return the IRIs of the graphs whose statements are in the trusted graph."""
    found = store.find(predicate=Iri(GRAPH_STATUS))
    return frozenset(
        q.subject.value
        for q in found
        if isinstance(q.subject, Iri)
        and isinstance(q.object, Iri)
        and q.object.value in TRUSTED_STATUSES
    )


def lifted(content: bytes, graphs: Iterable[str]) -> bytes:
    """Return those lines of N-Quads that are in some graphs, moved to the trusted graph.

    The statements of a line stay as they are written; a line ends with its graph.
    """
    ends = {f" <{graph}> .".encode() for graph in graphs}
    end = f" <{TRUSTED}> .".encode()
    moved = []
    for line in content.splitlines():
        cut = line.rfind(b" <")
        if line[cut:] in ends:
            moved.append(line[:cut] + end)
    return b"\n".join([*moved, b""])


def infer(store: Store, rules: Mapping[str, str], graph: str) -> int:
    """Run each rule once, in the order of the names, on the trusted graph as it then stands.

    What a rule adds is put into the trusted graph and into its own.

    Args:
        store: what to reason on, and to extend.
        rules: name -> CONSTRUCT query.
        graph: IRI of the graph for what is new.

    Returns:
        How many statements were added.

    Raises:
        BuildError: a rule does not parse.
    """
    own = Iri(graph)
    added = 0
    for name, text in rules.items():
        try:
            made = store.construct(text)
        except QueryError as error:
            raise BuildError([Problem(name, error.line, f"{error}; mend the rule")]) from None
        new = [t for t in made if in_graph(t, _HOME) not in store]
        store.extend(in_graph(t, home) for t in new for home in (_HOME, own))
        added += len(new)
    return added


def in_graph(triple: Triple, graph: Iri) -> Quad:
    """Return a triple as a quad of a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _status(graph: Iri, home: Iri, status: str) -> Quad:
    return Quad(graph, Iri(GRAPH_STATUS), Iri(IKV + status), home)


def _derived(subject: Iri, file: Iri, graph: Iri) -> Quad:
    return Quad(subject, Iri(term("prov:wasDerivedFrom")), file, graph)
