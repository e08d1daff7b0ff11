"""No query goes out: a server on this machine counts who comes."""

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

import intlkg as package
from intlkg.errors import IntlkgError, QueryError, StoreError
from intlkg.store import Iri, Quad, Store
from intlkg.store.sparql import checked, graphs, network_word, too_deep
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace
from workspaces import Run

Intlkg = Callable[..., Run]


class Canary:
    """A server that counts requests, and gives one empty answer to each."""

    def __init__(self) -> None:
        self.hits = 0
        canary = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.hits += 1
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(200)
                self.send_header("Content-Length", "49")
                self.send_header("Content-Type", "application/sparql-results+json")
                self.end_headers()
                self.wfile.write(b'{"head":{"vars":["s"]},"results":{"bindings":[]}}')

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


GOING_OUT = r"""
SELECT * { SERVICE <URL> { ?s ?p ?o } }
SELECT * { service <URL> { ?s ?p ?o } }
SELECT * { SeRvIcE <URL> { ?s ?p ?o } }
SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }
SELECT * { service silent <URL> { ?s ?p ?o } }
SELECT * { SERVICE<URL>{ ?s ?p ?o } }
SELECT * { SERVICE~<URL>~{ ?s ?p ?o } }
SELECT * { SERVICE# a remark~<URL> { ?s ?p ?o } }
SELECT * { SERVICE # } ' "~<URL> # {~{ ?s ?p ?o } }
PREFIX ex: <URL> SELECT * { SERVICE ex:sparql { ?s ?p ?o } }
PREFIX ex: <URL> SELECT * { SERVICEex:sparql { ?s ?p ?o } }
PREFIX ex: <URL> SELECT * { SERVICESILENTex:sparql { ?s ?p ?o } }
PREFIX : <URL> SELECT * { SERVICE :x { ?s ?p ?o } }
PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }
PREFIX service: <URL> SELECT * { SERVICE service:x { ?s ?p ?o } }
PREFIX ex: <URL> SELECT * { SERVICE ex:%41 { ?s ?p ?o } }
BASE <URL> SELECT * { SERVICE <x> { ?s ?p ?o } }
BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }
SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }
SELECT * { { { { SERVICE <URL> { ?s ?p ?o } } } } }
SELECT * { ?s ?p ?o OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }
SELECT * { { ?s ?p ?o } UNION { SERVICE <URL> { ?s ?p ?o } } }
SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }
SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }
SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }
SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }
SELECT * { VALUES ?e { <URL> } SERVICE ?e { ?s ?p ?o } }
SELECT * { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }
SELECT * { BIND(IRI("URL") AS ?e) SERVICE ?e { ?s ?p ?o } }
SELECT * { BIND(1<2 AS ?x)SERVICE<URL>{ ?s ?p ?o } FILTER(3>2) }
PREFIX ex: <URL> SELECT * { FILTER(?a<1)SERVICEex:x#>~{ ?s ?p ?o } }
PREFIX ex: <URL> SELECT * { FILTER(1<2)SERVICE ex:x#>~{ ?s ?p ?o } }
SELECT * { FILTER(1<2#>'''~)SERVICE<URL>{ ?s ?p ?o } #'''~}
PREFIX urn: <urn:> SELECT * { FILTER(1<urn:x#>'''~)SERVICE<URL>{ ?s ?p ?o } #'''~}
SELECT * { ?s ?p "SERVICE" SERVICE <URL> { ?s ?p ?o } }
SELECT * { BIND("\"" AS ?q) SERVICE <URL> { ?s ?p ?o } BIND("\"" AS ?r) }
SELECT * { BIND('''it's''' AS ?q) SERVICE <URL> { ?s ?p ?o } BIND('it' AS ?r) }
SELECT * { BIND(''AS ?q)SERVICE<URL>{ ?s ?p ?o } BIND('' AS ?r) }
SELECT * { BIND(<x#> AS ?q) SERVICE <URL> { ?s ?p ?o } }
PREFIX ex: <http://e.org/> SELECT * { BIND(ex:a\# AS ?q) SERVICE <URL> { ?s ?p ?o } }
PREFIX ex: <http://e.org/> SELECT * { ?s ?p ex:a.1.SERVICE<URL>{ ?s ?p ?o } }
PREFIX ex: <http://e.org/> SELECT * { ?s ?p ex:.SERVICE<URL>{ ?s ?p ?o } }
PREFIX ex: <http://e.org/> SELECT * { ?s ?p ex:a .SERVICE<URL>{ ?s ?p ?o } }
SELECT * { SERV\u0049CE <URL> { ?s ?p ?o } }
SELECT * { \u0053\U00000045RVICE <URL> { ?s ?p ?o } }
SELECT (COUNT(*) AS ?n) { SERVICE <URL> { ?s ?p ?o } }
ASK { SERVICE <URL> { ?s ?p ?o } }
DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }
CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }
CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } } } }
LOAD <URL>
LOAD SILENT <URL> INTO GRAPH <http://g>
INSERT DATA { <urn:a> <urn:b> <urn:c> } ; load <URL>
""".strip().splitlines()


def test_there_are_many_ways_out() -> None:
    assert len(GOING_OUT) >= 40


@pytest.mark.parametrize("text", GOING_OUT)
def test_no_text_goes_out(text: str, canary: Canary) -> None:
    text = text.replace("URL", canary.url).replace("~", "\n")
    store = Store.memory()
    store.extend([Quad(Iri("urn:a"), Iri("urn:b"), Iri(canary.url), Iri(TRUSTED))])
    dataset = store.dataset()
    ways: list[Callable[[], object]] = [
        lambda: store.select(text), lambda: store.construct(text),
        lambda: list(dataset.query(text)), lambda: dataset.update(text),
        lambda: list(dataset.query(text, use_store_provided=False)),
        lambda: list(dataset.default_graph.query(text)),
    ]  # fmt: skip
    for way in ways:
        with pytest.raises(IntlkgError):
            way()
    assert canary.hits == 0


def test_a_prepared_query_does_not_go_out_either(canary: Canary) -> None:
    dataset = Store.memory().dataset()
    prepared = prepareQuery(f"SELECT * {{ SERVICE <{canary.url}> {{ ?s ?p ?o }} }}")
    with pytest.raises(QueryError, match="SERVICE"):
        dataset.query(prepared)
    labelled = prepareQuery("SELECT * { ?s rdfs:label ?o }", initNs={"rdfs": rdflib.RDFS})
    assert list(dataset.query(labelled)) == []
    assert canary.hits == 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service ?load { ?service a ik:Service ; ik:load 'SERVICE' } # SERVICE <x>",
        'PREFIX service: <urn:x> SELECT * { ?s service:of "LOAD" . FILTER(1 < 2 && 3 > 2) }',
        "SELECT * { ?s ?p '''a SERVICE <x> {''' , <http://e.org/service#load> }",
    ],
)
def test_the_word_alone_is_no_fault(text: str) -> None:
    assert network_word(text) == ""


QUESTION = "#+ summary: What is there?\nSELECT ?s { SERVICE SILENT <URL> { ?s ?p ?o } }\n"
DOORS = {
    "rules": ("build",),
    "questions": ("ask", "out"),
    "checks": ("check",),
    "views": ("network", "out"),
    "lists": ("ask", "out"),
}


@pytest.mark.parametrize("kind", DOORS)
def test_no_file_of_a_workspace_goes_out(
    kind: str, canary: Canary, own_toy: Workspace, intlkg: Intlkg
) -> None:
    path = own_toy.root / "queries" / kind / "out.rq"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = QUESTION.replace("SELECT ?s", "CONSTRUCT { ?s a ?p }") if kind == "rules" else QUESTION
    path.write_text(text.replace("URL", canary.url))
    run = intlkg(*DOORS[kind], "--workspace", own_toy.root)
    assert run.status in (1, 2)
    assert "SERVICE, which goes to the network" in run.out + run.err
    assert canary.hits == 0


def test_python_does_not_go_out(canary: Canary, toy: Workspace) -> None:
    kg = package.open(toy.root)
    with pytest.raises(QueryError, match="SERVICE"):
        kg.query(f"SELECT * {{ SERVICE <{canary.url}> {{ ?s ?p ?o }} }}")
    with pytest.raises(QueryError, match="SERVICE"):
        kg.graph.query(f"SELECT * {{ SERVICE <{canary.url}> {{ ?s ?p ?o }} }}")
    assert canary.hits == 0


def test_only_query_goes_out_where_it_may(canary: Canary, toy: Workspace, intlkg: Intlkg) -> None:
    text = f"SELECT ?s {{ SERVICE <{canary.url}> {{ ?s ?p ?o }} }}"
    refused = intlkg("query", text, "--workspace", toy.root)
    assert (refused.status, canary.hits) == (2, 0)
    assert "--allow-network" in refused.err
    run = intlkg("query", text, "--allow-network", "--workspace", toy.root)
    assert run.status == 0, run.err
    assert canary.hits == 1


def test_from_is_honoured() -> None:
    store = Store.memory()
    for name in (TRUSTED, "http://e.org/g"):
        store.extend([Quad(Iri(f"{name}#s"), Iri("urn:p"), Iri("urn:o"), Iri(name))])
    text = "PREFIX e: <http://e.org/> SELECT ?s FROM {} {{ ?s ?p ?o }}"
    assert str(store.select("SELECT ?s { ?s ?p ?o }").rows[0][0]) == f"<{TRUSTED}#s>"
    for name in ("e:g", "<http://e.org/g>"):
        assert str(store.select(text.format(name)).rows[0][0]) == "<http://e.org/g#s>"
        assert len(list(store.dataset().query(text.format(name)))) == 1
    named = "SELECT ?g FROM NAMED <http://e.org/g> { GRAPH ?g { ?s ?p ?o } }"
    assert len(store.select(named).rows) == 1
    with pytest.raises(QueryError, match="a graph that is not there"):
        store.select(text.format("<http://e.org/h>"))
    assert graphs("SELECT * { ?from ?p 'FROM <x>' } # FROM") is None


def test_what_is_too_deep_is_refused_before_the_engine_sees_it() -> None:
    for text in ("SELECT * " + "{" * 5000 + "}" * 5000, f"SELECT * {{ FILTER({'1+' * 20000}1) }}"):
        assert too_deep(text)
        with pytest.raises(QueryError, match="too deep"):
            checked(text)
    assert not too_deep("SELECT * { VALUES ?x { " + "<urn:x> 1 " * 50000 + "} }")


def test_an_unknown_prefix_is_named() -> None:
    with pytest.raises(QueryError, match="prefix 'foo:' is not known; declare it") as caught:
        Store.memory().select("SELECT *\n{ ?s foo:bar ?o }")
    assert caught.value.line == 2


def test_the_dataset_is_read_only_and_says_so(toy: Workspace) -> None:
    graph = package.open(toy.root).graph
    triple = (rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"), rdflib.URIRef("urn:c"))
    for write in (graph.add, graph.remove):
        with pytest.raises(StoreError, match="read-only here"):
            write(triple)
    with pytest.raises(StoreError, match="read-only here"):
        graph.default_graph.add(triple)
    with pytest.raises(StoreError, match="read-only here"):
        graph.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert triple not in graph.default_graph


def test_only_one_place_asks_the_engine() -> None:
    home = Path(package.__file__).parent
    asking = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*.py")
        if "._engine.query(" in path.read_text() or "pyoxigraph.Store(" in path.read_text()
    }
    assert asking == {"store/engine.py"}
