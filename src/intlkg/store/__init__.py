"""The graph store: RDF terms, reading and writing RDF, and one interface to the SPARQL engines."""

from intlkg.store.document import Block, Document, Graph, read_document
from intlkg.store.engine import Rows, Store
from intlkg.store.limits import apart, given_up, within
from intlkg.store.syntax import FORMATS, load, parse, render, serialize
from intlkg.store.terms import Blank, Iri, Literal, Quad, Term, Triple

__all__ = [
    "FORMATS",
    "Blank",
    "Block",
    "Document",
    "Graph",
    "Iri",
    "Literal",
    "Quad",
    "Rows",
    "Store",
    "Term",
    "Triple",
    "apart",
    "given_up",
    "load",
    "parse",
    "read_document",
    "render",
    "serialize",
    "within",
]
