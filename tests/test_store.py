import pytest
import rdflib

from intlkg.errors import Problem, QueryError, StoreError
from intlkg.store import Iri, Literal, Quad, Store, parse, serialize
from intlkg.vocab import RDFS_LABEL, TRUSTED

TURTLE = b"@prefix e: <http://e.org/> .\ne:a e:p [ e:q 1 ] , [ e:q 2 ] .\n"


def test_a_syntax_error_is_a_problem_with_its_line() -> None:
    assert parse(
        "graphs/x.ttl", b"@prefix e: <http://e.org/> .\n\ne:a f:p e:b .\n", "http://g"
    ) == (Problem("graphs/x.ttl", 3, "The prefix f: has not been declared; mend the syntax here"))


def test_blank_nodes_have_the_same_labels_each_time_and_differ_between_files() -> None:
    once, again = parse("a.ttl", TURTLE, "http://g"), parse("a.ttl", TURTLE, "http://g")
    other = parse("b.ttl", TURTLE, "http://g")
    assert isinstance(once, list)
    assert isinstance(again, list)
    assert isinstance(other, list)
    assert serialize(once, "nquads") == serialize(again, "nquads")
    blanks = [{q.object for q in quads if "_:" in str(q.object)} for quads in (once, other)]
    assert len(blanks[0]) == 2
    assert not blanks[0] & blanks[1]


def test_a_file_without_named_graphs_goes_into_its_own() -> None:
    quads = parse("a.ttl", TURTLE, "http://home")
    assert isinstance(quads, list)
    assert {str(quad.graph_name) for quad in quads} == {"<http://home>"}


@pytest.mark.parametrize("form", ["turtle", "nquads", "jsonld"])
def test_the_order_of_statements_does_not_change_the_bytes(form: str) -> None:
    quads = [
        Quad(Iri(f"http://e.org/{n}"), Iri("http://e.org/p"), Literal(str(n)), Iri("http://g"))
        for n in range(20)
    ]
    if form == "turtle":
        triples = [quad.triple for quad in quads]
        assert serialize(triples, form) == serialize(reversed(triples), form)
    else:
        assert serialize(quads, form) == serialize(reversed(quads), form)


def _store(graph: str) -> Store:
    store = Store.memory()
    home = Iri(graph)
    store.extend([Quad(Iri("http://e.org/a"), Iri(RDFS_LABEL), Literal("a thing"), home)])
    return store


def test_queries_see_the_trusted_graph_and_nothing_else_unless_they_say_so() -> None:
    query = "SELECT ?s { ?s ?p ?o }"
    assert len(_store(TRUSTED).select(query).rows) == 1
    assert _store("http://g").select(query).rows == []
    assert len(_store("http://g").select("SELECT ?s { GRAPH ?g { ?s ?p ?o } }").rows) == 1


def test_sparql_that_does_not_parse_is_refused_in_words() -> None:
    with pytest.raises(QueryError, match="the SPARQL does not parse: error at 1:13"):
        _store(TRUSTED).select("SELECT WHERE")


def test_a_select_is_not_a_construct() -> None:
    with pytest.raises(QueryError, match="write a CONSTRUCT"):
        _store(TRUSTED).construct("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="write a SELECT"):
        _store(TRUSTED).select("ASK { ?s ?p ?o }")


def test_the_store_is_an_rdflib_dataset_too() -> None:
    dataset = _store(TRUSTED).dataset()
    assert isinstance(dataset, rdflib.Dataset)
    graph = dataset.graph(rdflib.URIRef(TRUSTED))
    assert str(graph.value(rdflib.URIRef("http://e.org/a"), rdflib.RDFS.label)) == ("a thing")


def test_a_damaged_dump_says_what_to_do() -> None:
    with pytest.raises(StoreError, match="build again"):
        Store.memory(b"not quads")
