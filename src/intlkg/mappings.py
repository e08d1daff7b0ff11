"""Mappings to other vocabularies, from tables in SSSOM, the standard for sharing mappings."""

import csv
from collections.abc import Iterator, Mapping
from typing import Final

import yaml

from intlkg.errors import Problem
from intlkg.store import Iri, Literal, Quad
from intlkg.vocab import IKV, RDF_TYPE, term

_MATCHES: Final = tuple(
    f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)
_NEEDED: Final = ("subject_id", "predicate_id", "object_label", "mapping_justification")
JEL: Final = IKV + "jel-code"
"""Datatype of notations that are codes of the JEL classification."""


def read(name: str, content: bytes, graph: str) -> tuple[list[Quad], list[Problem]]:
    """Return the statements of an SSSOM table, and the rows that are at fault.

    A row with a concept as object becomes one mapping and says what the other concept is called; a
    row with `object_type` "rdfs literal" becomes a notation.

    Args:
        name: the file's name, for messages.
        content: the table: YAML behind `#`, then tab-separated values.
        graph: IRI of the named graph for the statements.
    """
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return [], [Problem(name, 1, "it is not UTF-8; save it as UTF-8")]
    head = [line[1:] for line in lines if line.startswith("#")]
    try:
        about = yaml.safe_load("\n".join(head)) or {}
    except yaml.YAMLError as error:
        fault = f"the head is not YAML ({' '.join(str(error).split())})"
        return [], [Problem(name, 1, f"{fault}; mend it")]
    rows = csv.DictReader(lines[len(head) :], delimiter="\t", quoting=csv.QUOTE_NONE)
    quads: list[Quad] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, len(head) + 2):
        fault = _fault(row, about.get("curie_map", {}))
        if fault:
            problems.append(Problem(name, number, fault))
        else:
            quads += _quads(row, about, Iri(graph))
    return quads, problems


def _fault(row: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    missing = [column for column in _NEEDED if not row.get(column)]
    if missing:
        return f"the row has no {missing[0]}; fill it in"
    literal = row.get("object_type") == "rdfs literal"
    allowed = ("skos:notation",) if literal else _MATCHES
    if row["predicate_id"] not in allowed:
        return f"'{row['predicate_id']}' is no mapping; use one of {', '.join(allowed)}"
    for column in ("subject_id",) if literal else ("subject_id", "object_id"):
        prefix = row.get(column, "").partition(":")[0]
        if prefix not in prefixes:
            return f"the prefix of '{row.get(column, '')}' is not in curie_map; add it to the head"
    return ""


def _quads(
    row: Mapping[str, str], about: Mapping[str, dict[str, str]], graph: Iri
) -> Iterator[Quad]:
    prefixes = about["curie_map"]
    subject = _expanded(row["subject_id"], prefixes)
    predicate = Iri(term(row["predicate_id"]))
    if row.get("object_type") == "rdfs literal":
        yield Quad(subject, predicate, Literal(row["object_label"], datatype=Iri(JEL)), graph)
        return
    concept = _expanded(row["object_id"], prefixes)
    label = Literal(row["object_label"], language="en")
    yield Quad(subject, predicate, concept, graph)
    yield Quad(concept, Iri(RDF_TYPE), Iri(term("skos:Concept")), graph)
    yield Quad(concept, Iri(term("skos:prefLabel")), label, graph)
    yield Quad(concept, Iri(term("rdfs:isDefinedBy")), Iri(str(about["object_source"])), graph)


def _expanded(curie: str, prefixes: Mapping[str, str]) -> Iri:
    prefix, _, local = curie.partition(":")
    return Iri(prefixes[prefix] + local)
