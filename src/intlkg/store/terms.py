"""RDF terms: Oxigraph's own, under the names that the rest of the package uses."""

from pyoxigraph import BlankNode as Blank
from pyoxigraph import Literal, Quad, Triple
from pyoxigraph import NamedNode as Iri

Term = Iri | Blank | Literal | Triple
"""Anything that can stand in a row of an answer."""

__all__ = ["Blank", "Iri", "Literal", "Quad", "Term", "Triple"]
