import pytest

from intlkg import network, queries
from intlkg.errors import QueryError
from intlkg.store import Store
from intlkg.workspace import Workspace

DATA = "https://example.org/toy/data/harbour-2020/"
CONCEPT = "https://w3id.org/intlkg/concept/"


def _graph(toy: Workspace, toy_store: Store, view: str = "knowledge"):
    return network.project(toy, toy_store, queries.named(toy, view, "views"))


def test_the_knowledge_view_has_every_kind_of_item(toy: Workspace, toy_store: Store) -> None:
    graph = _graph(toy, toy_store)
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert kinds == {"theme", "finding", "statement", "participant", "source"}


def test_a_statement_carries_its_words_speakers_places_and_source(
    toy: Workspace, toy_store: Store
) -> None:
    node = _graph(toy, toy_store).nodes[DATA + "q359"]
    assert node["text"] == "Nobody here knows us, abroad they do"
    assert node["facts"] == [
        ("Said by", "P2"),
        ("Answers", "question 1: Why abroad?"),
        ("Where", "Abstract, characters 95-131"),
        ("Where", "section 2 Findings, characters 359-395"),
        ("Source", "Lind 2020"),
    ]


def test_a_theme_carries_its_scheme_and_definition(toy: Workspace, toy_store: Store) -> None:
    node = _graph(toy, toy_store).nodes[CONCEPT + "visibility"]
    assert (node["label"], node["group"]) == ("visibility", "Motives")
    assert node["text"] == "Wanting to be known abroad."


def test_a_work_carries_its_corrected_year_and_its_title(toy: Workspace, toy_store: Store) -> None:
    node = _graph(toy, toy_store).nodes["https://example.org/toy/work/berg-moe-2017-seen"]
    assert (node["label"], node["year"]) == ("Berg & Moe 2018", 2018)
    assert ("Title", "Being seen abroad") in node["facts"]


def test_opposite_stances_are_links_of_their_own(toy: Workspace, toy_store: Store) -> None:
    graph = _graph(toy, toy_store)
    finding = "https://example.org/toy/proposition/distance-determines-internationalization"
    stances = {
        one: data["stance"] for one, other, data in graph.edges(data=True) if other == finding
    }
    assert stances == {
        DATA + "q511": "supports",
        DATA + "q561": "disputes",
        "https://example.org/toy/data/pier-2021/q73": "supports",
        "https://example.org/toy/work/lind-2020-small": "supports",
    }


def test_themes_are_weighted_by_the_participants_they_share(
    toy: Workspace, toy_store: Store
) -> None:
    graph = _graph(toy, toy_store, "themes")
    weights = {frozenset(edge): weight for *edge, weight in graph.edges(data="weight")}
    assert weights[frozenset({CONCEPT + "distance", CONCEPT + "visibility"})] == 1
    assert weights[frozenset({CONCEPT + "partner-help", CONCEPT + "visibility"})] == 1
    assert weights[frozenset({CONCEPT + "online-presence", CONCEPT + "visibility"})] == 1


def test_no_node_is_called_by_its_iri(corpus: Workspace, corpus_store: Store) -> None:
    for name in queries.load(corpus, "views"):
        for iri, data in _graph(corpus, corpus_store, name).nodes(data=True):
            assert data["label"], iri
            assert "://" not in data["label"]


VIEW = """#+ summary: A view of one theme
PREFIX ikc: <https://w3id.org/intlkg/concept/>
SELECT ?from ?from_kind ?relation ?to ?to_kind
WHERE { BIND(ikc:visibility AS ?from) BIND("theme" AS ?from_kind) }
ORDER BY ?from
"""


def test_an_item_without_links_is_in_the_network(toy: Workspace, toy_store: Store) -> None:
    graph = network.project(toy, toy_store, queries.read("queries/views/one.rq", VIEW.encode()))
    assert list(graph.nodes) == [CONCEPT + "visibility"]
    assert graph.number_of_edges() == 0


def test_a_view_that_lacks_a_column_is_refused(toy: Workspace, toy_store: Store) -> None:
    view = queries.read("queries/views/one.rq", VIEW.replace(" ?relation", "").encode())
    with pytest.raises(QueryError, match=r"queries/views/one\.rq has no column 'relation'; select"):
        network.project(toy, toy_store, view)
