"""The terms and namespaces of the model, by the names that queries and files use."""

from typing import Final

IK: Final = "https://w3id.org/intlkg/ns#"
IKV: Final = "https://w3id.org/intlkg/code/"
IKC: Final = "https://w3id.org/intlkg/concept/"
TRUSTED: Final = "https://w3id.org/intlkg/graph/trusted"
"""The merge of the source, asserted and inferred layers: every query's default graph."""

RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RDFS_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
GRAPH_STATUS: Final = IK + "graphStatus"
TRUSTED_STATUSES: Final = frozenset({IKV + "source", IKV + "asserted", IKV + "inferred"})

STANCES: Final = ("supports", "disputes", "mentions")
KINDS: Final = (
    "quote", "reported", "finding", "assertion", "claim", "citation", "passage", "mark", "coding",
)  # fmt: skip
VOICES: Final = (
    "participant", "group", "unnamed", "study", "work", "work-second-hand", "work-marked",
)  # fmt: skip
SPEAKERS: Final = VOICES[:3]
"""The voices of those whom a study interviewed."""

HANDS: Final = ("first", "second", "none")
ROLES: Final = ("about", "leading to", "explained by", "ways", "kinds", "proposed by it")
"""The codes of evidence, as shown and in that order; `ontology/codes.ttl` defines them."""

PREFIXES: Final = {
    "biro": "http://purl.org/spar/biro/",
    "c4o": "http://purl.org/spar/c4o/",
    "cito": "http://purl.org/spar/cito/",
    "co": "http://purl.org/co/",
    "dcterms": "http://purl.org/dc/terms/",
    "disco": "http://rdf-vocabulary.ddialliance.org/discovery#",
    "doco": "http://purl.org/spar/doco/",
    "fabio": "http://purl.org/spar/fabio/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frbr": "http://purl.org/vocab/frbr/core#",
    "ik": IK,
    "ikc": IKC,
    "ikv": IKV,
    "iso-thes": "http://purl.org/iso25964/skos-thes#",
    "oa": "http://www.w3.org/ns/oa#",
    "obo": "http://purl.obolibrary.org/obo/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "pro": "http://purl.org/spar/pro/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": XSD,
}
"""Prefix -> namespace, in alphabetical order, for exports and for reading messages."""


def term(prefixed: str) -> str:
    """Return the IRI of a prefixed name, such as `skos:prefLabel`.

    Raises:
        KeyError: the prefix is not one of `PREFIXES`.
    """
    prefix, _, local = prefixed.partition(":")
    return PREFIXES[prefix] + local
