"""The ontology and the vocabulary, proved with other tools: a reasoner, and another OWL library."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import owlready2
import owlrl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from intlkg import build
from intlkg.store import parse, serialize
from intlkg.vocab import IK, IKC, PREFIXES
from intlkg.workspace import Workspace
from workspaces import ROOT

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
EXAMPLE_PREFIXES = {
    **PREFIXES,
    "agent": "https://w3id.org/intlkg/agent/",
    "tb": "https://example.org/toy/",
    "te": "https://example.org/toy/evidence/",
    "tm": "https://example.org/toy/mark/",
    "d": "https://w3id.org/intlkg/disagreement/",
    "g": "https://w3id.org/intlkg/graph/makaya-2024/",
    "h": "https://example.org/toy/data/harbour-2020/",
    "m": "https://w3id.org/intlkg/data/makaya-2024/",
    "p": "https://w3id.org/intlkg/proposition/",
    "tn": "https://w3id.org/intlkg/tension/",
    "role": "https://w3id.org/intlkg/role/",
    "tg": "https://example.org/toy/graph/harbour-2020/",
    "tp": "https://example.org/toy/proposition/",
    "tw": "https://example.org/toy/work/",
    "work": "https://w3id.org/intlkg/work/",
}
FILES = sorted([*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "ontology").glob("concepts/*.ttl")])


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "intlkg.ttl", format="turtle")


def _terms(ontology: rdflib.Graph) -> Iterator[URIRef]:
    for term in sorted(set(ontology.subjects())):
        if isinstance(term, URIRef) and str(term).startswith(IK):
            yield term


def _closure(*graphs: rdflib.Graph) -> rdflib.Graph:
    merged = rdflib.Graph()
    for graph in graphs:
        merged += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(merged)
    return merged


def _concepts() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in (ROOT / "ontology" / "concepts").glob("*.ttl"):
        graph.parse(path, format="turtle")
    return graph


def test_every_example_holds_in_our_data(
    ontology: rdflib.Graph, corpus: Workspace, toy: Workspace
) -> None:
    known: set[str] = set()
    for workspace in (corpus, toy):
        build.build(workspace)
        known |= {str(quad.triple) for quad in build.dump(workspace)}
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in EXAMPLE_PREFIXES.items())
    for term in _terms(ontology):
        for example in ontology.objects(term, SKOS.example):
            quads = parse("x.ttl", (head + example).encode(), "http://g")
            assert isinstance(quads, list), (term, quads)
            assert str(term) in str(quads[0].triple), term
            assert {str(quad.triple) for quad in quads} <= known, (term, example)


def test_the_data_is_consistent_under_owl_2_rl(corpus: Workspace) -> None:
    build.build(corpus)
    data = rdflib.Graph().parse(data=build.export(corpus, "turtle"), format="turtle")
    assert not list(_closure(data).subjects(RDF.type, ERROR))


def test_the_reasoner_sees_a_contradiction(ontology: rdflib.Graph) -> None:
    broken = rdflib.Graph()
    thing = URIRef("https://example.org/thing")
    broken.add((thing, RDF.type, URIRef(IK + "Proposition")))
    broken.add((thing, RDF.type, URIRef(IK + "EvidenceLine")))
    assert list(_closure(ontology, broken).subjects(RDF.type, ERROR))


def test_the_scheme_of_a_concept_decides_its_class(ontology: rdflib.Graph) -> None:
    closed = _closure(ontology, _concepts())
    for concept, facet in [
        ("visibility", "Motive"),
        ("lack-of-funding", "Barrier"),
        ("franchising", "EntryMode"),
        ("uppsala-model", "Theory"),
        ("psychic-distance", "Distance"),
        ("online-presence", "DigitalSkill"),
        ("born-global-firm", "FirmType"),
    ]:
        assert (URIRef(IKC + concept), RDF.type, URIRef(IK + facet)) in closed
    assert (URIRef(IKC + "visibility"), RDF.type, URIRef(IK + "Barrier")) not in closed


def test_our_rules_and_the_reasoner_agree_on_the_facets(corpus: Workspace) -> None:
    build.build(corpus)
    ours = {
        (quad.subject.value, quad.object.value)
        for quad in build.dump(corpus)
        if quad.predicate.value == str(RDF.type)
        and str(quad.graph_name).endswith("trusted>")
        and quad.object.value.startswith(IK)
        and quad.subject.value.startswith(IKC)
    }
    graph = rdflib.Graph().parse(ROOT / "ontology" / "intlkg.ttl", format="turtle")
    closed = _closure(graph, _concepts())
    theirs = {
        (str(concept), str(facet))
        for concept, facet in closed.subject_objects(RDF.type)
        if str(concept).startswith(IKC) and str(facet).startswith(IK)
    }
    assert ours == theirs


def test_the_ontology_stays_in_owl_2_rl_without_cardinalities(ontology: rdflib.Graph) -> None:
    for forbidden in (OWL.cardinality, OWL.minCardinality, OWL.unionOf, OWL.someValuesFrom):
        assert (None, forbidden, None) not in ontology
    assert (None, OWL.imports, None) not in ontology


def test_names_follow_the_house(ontology: rdflib.Graph) -> None:
    for term in _terms(ontology):
        local = str(term)[len(IK) :]
        is_class = (term, RDF.type, OWL.Class) in ontology
        assert re.fullmatch("[A-Z][A-Za-z]+" if is_class else "[a-z][A-Za-z]+", local), local
        assert not re.match(r"(is|has)[A-Z]", local) or local in ("hasSpeaker", "hasSide")


def test_the_declarations_of_reused_terms_are_made_from_their_table() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reused_terms.py"), "--check"]
    assert subprocess.run(command).returncode == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_another_tool_loads_the_file(path: Path, tmp_path: Path) -> None:
    quads = parse(path.name, path.read_bytes(), "http://g")
    assert isinstance(quads, list), quads
    triples = tmp_path / "x.nt"
    triples.write_bytes(serialize([quad.triple for quad in quads], "ntriples"))
    world = owlready2.World()
    world.get_ontology(f"file://{triples}").load()
    assert len(world.graph) >= len(quads)


def test_another_tool_sees_the_classes_and_properties(
    ontology: rdflib.Graph, tmp_path: Path
) -> None:
    triples = tmp_path / "x.nt"
    ontology.serialize(triples, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(f"file://{triples}").load()
    seen = {entity.iri for entity in [*world.classes(), *world.properties()]}
    declared = {
        str(term)
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(RDF.type, kind)
        if isinstance(term, URIRef)
    }
    assert declared <= seen
    participant = world[IK + "Participant"]
    assert world[IK + "Speaker"] in participant.is_a
    assert (URIRef(IK + "Participant"), RDFS.subClassOf, URIRef(IK + "Speaker")) in ontology
