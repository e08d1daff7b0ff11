"""Read RDF files into quads, and write quads in the formats that other tools read."""

import hashlib
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph

from intlkg.errors import Problem, StoreError
from intlkg.store.terms import Blank, Iri, Literal, Quad, Triple
from intlkg.vocab import PREFIXES

FORMATS: Final = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "trig": pyoxigraph.RdfFormat.TRIG,
}
"""Name of a format, as commands take it -> the engine's own."""

_BY_SUFFIX: Final = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
}
_PLACE: Final = re.compile(r"^Parser error at (?:line (\d+)[^:]*|between [^:]*line (\d+)[^:]*): ")


def parse(name: str, content: bytes, graph: str) -> list[Quad] | Problem:
    """Return the quads of an RDF file, or the defect that keeps it from being read.

    Blank nodes get canonical labels (RDF Dataset Canonicalization 1.0), prefixed with a digest of
    the file's name, so that two builds give the same bytes and two files never share a node.

    Args:
        name: the file's name; its ending says the syntax (.ttl, .trig or .nq).
        content: the file's bytes, UTF-8.
        graph: IRI of the named graph that takes the triples of a file without named graphs.
    """
    try:
        quads = list(pyoxigraph.parse(content, format=_BY_SUFFIX[Path(name).suffix]))
    except SyntaxError as error:
        message = _PLACE.sub("", str(error.args[0]))
        return Problem(name, error.lineno or 1, f"{message}; mend the syntax here")
    except UnicodeDecodeError as error:
        return Problem(name, 1, f"{error}; save the file as UTF-8")
    if any(_has_blank(quad) for quad in quads):
        quads = _canonical(quads, hashlib.sha256(name.encode()).hexdigest()[:8])
    home = Iri(graph)
    default = pyoxigraph.DefaultGraph()
    return [
        Quad(q.subject, q.predicate, q.object, home) if q.graph_name == default else q
        for q in quads
    ]


def load(content: bytes) -> list[Quad]:
    """Return the quads of N-Quads that `serialize` wrote, node for node as they were.

    Raises:
        StoreError: the content is damaged.
    """
    try:
        return list(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise StoreError(f"a generated file is damaged ({error}); delete it and build") from None


_Statement = TypeVar("_Statement", Quad, Triple)


def serialize(statements: Iterable[_Statement], form: str) -> bytes:
    """Return statements as bytes in a format of `FORMATS`; the same set gives the same bytes."""
    if form == "nquads":
        return "".join(f"{text} .\n" for text in sorted(set(map(str, statements)))).encode()
    by_text = {str(statement): statement for statement in statements}
    ordered = [by_text[text] for text in sorted(by_text)]
    output = io.BytesIO()
    pyoxigraph.serialize(ordered, output, format=FORMATS[form], prefixes=PREFIXES)
    return output.getvalue()


def render(term: Iri | Literal) -> str:
    """Return a term as SPARQL and N-Triples write it, every special character escaped."""
    return str(term)


def _has_blank(quad: Quad) -> bool:
    return isinstance(quad.subject, Blank) or isinstance(quad.object, Blank)


def _canonical(quads: list[Quad], scope: str) -> list[Quad]:
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)

    def scoped(term: object) -> object:
        return Blank(f"b{scope}{term.value}") if isinstance(term, Blank) else term

    return [
        Quad(scoped(q.subject), q.predicate, scoped(q.object), q.graph_name)  # type: ignore[arg-type]
        for q in dataset
    ]
