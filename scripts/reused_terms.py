#!/usr/bin/env python3
"""Write ontology/reused.ttl, declarations of the terms of others, from reused-terms.tsv."""

import csv
import re
import sys
from pathlib import Path

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"
HEAD = """\
# Terms of other vocabularies that this model uses, declared so that none has to be loaded.
# Made from reused-terms.tsv by scripts/reused_terms.py: change the table, not this file.
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

"""
OWL_KINDS = {
    "AnnotationProperty",
    "Class",
    "DatatypeProperty",
    "FunctionalProperty",
    "InverseFunctionalProperty",
    "ObjectProperty",
    "OntologyProperty",
    "SymmetricProperty",
    "TransitiveProperty",
}
BUILT_IN = ("http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#")


def declarations(table: str) -> str:
    """Return the Turtle that declares each term of the table once, by what it is."""
    rows = {row["IRI"]: row for row in csv.DictReader(table.splitlines(), delimiter="\t")}
    own = {iri: row for iri, row in rows.items() if not iri.startswith(BUILT_IN)}
    return HEAD + "".join(_declaration(iri, own[iri]["kind"]) for iri in sorted(own))


def _declaration(iri: str, kind: str) -> str:
    names = set(re.sub(r" \(.*", "", kind).split("|"))
    kinds = names & OWL_KINDS
    if kinds & {"ObjectProperty", "DatatypeProperty"}:
        kinds -= {"AnnotationProperty"}
    written = sorted(f"owl:{name}" for name in kinds) or (
        ["rdf:Property"] if "Property" in names else ["owl:NamedIndividual"]
    )
    return f"<{iri}> a {' , '.join(written)} ; rdfs:isDefinedBy <{_vocabulary(iri)}> .\n"


def _vocabulary(iri: str) -> str:
    if "obolibrary" in iri:
        return "http://purl.obolibrary.org/obo/sepio.owl"
    return re.sub(r"[^/#]*$", "", iri).rstrip("#")


def main() -> int:
    """Write the file, or with --check say whether it is current."""
    made = declarations((ONTOLOGY / "reused-terms.tsv").read_text(encoding="utf-8"))
    target = ONTOLOGY / "reused.ttl"
    if "--check" in sys.argv:
        return int(target.read_text(encoding="utf-8") != made)
    target.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
