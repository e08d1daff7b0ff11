import pytest

from intlkg import network, questions
from intlkg.base import Base
from intlkg.errors import QueryError

DATA = "https://example.org/toy/data/harbour-2020/"
CONCEPT = "https://w3id.org/intlkg/concept/"


def _graph(base: Base, view: str = "knowledge"):
    return network.project(base, questions.named(base.workspace, view, "views"))


def test_the_knowledge_view_has_every_kind_of_item(toy_base: Base) -> None:
    graph = _graph(toy_base)
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert kinds == {
        "theme", "proposition", "statement", "participant", "group", "unnamed", "study", "source",
    }  # fmt: skip


def test_a_statement_carries_its_words_speakers_places_and_source(toy_base: Base) -> None:
    node = _graph(toy_base).nodes[DATA + "q359"]
    assert node["text"] == "Nobody here knows us, abroad they do"
    assert node["facts"] == [
        ("Said by", "P2"),
        ("Answers", "question 1: Why abroad?"),
        ("Where", "Abstract, characters 95-131"),
        ("Where", "section 2 Findings, characters 359-395"),
        ("Source", "Lind 2020"),
    ]


def test_a_theme_carries_its_scheme_and_definition(toy_base: Base) -> None:
    node = _graph(toy_base).nodes[CONCEPT + "visibility"]
    assert (node["label"], node["group"]) == ("visibility", "Motives")
    assert node["text"] == "Wanting to be known abroad."


def test_a_work_carries_its_corrected_year_and_its_title(toy_base: Base) -> None:
    node = _graph(toy_base).nodes["https://example.org/toy/work/berg-moe-2017-seen"]
    assert (node["label"], node["year"]) == ("Berg & Moe 2018", 2018)
    assert ("Title", "Being seen abroad") in node["facts"]


def test_opposite_stances_are_links_of_their_own(toy_base: Base) -> None:
    graph = _graph(toy_base)
    proposition = "https://example.org/toy/proposition/distance-determines-internationalization"
    stances = {
        one: data["stance"] for one, other, data in graph.edges(data=True) if other == proposition
    }
    assert stances == {
        DATA + "q511": "supports",
        DATA + "q561": "disputes",
        "https://example.org/toy/data/pier-2021/q73": "supports",
        DATA + "study": "supports",
    }


def test_themes_are_weighted_by_the_participants_they_share(toy_base: Base) -> None:
    graph = _graph(toy_base, "themes")
    weights = {frozenset(edge): weight for *edge, weight in graph.edges(data="weight")}
    assert weights[frozenset({CONCEPT + "distance", CONCEPT + "visibility"})] == 1
    assert weights[frozenset({CONCEPT + "partner-help", CONCEPT + "visibility"})] == 1
    assert weights[frozenset({CONCEPT + "online-presence", CONCEPT + "visibility"})] == 1


def test_no_node_is_called_by_its_iri(corpus_base: Base) -> None:
    for name in questions.load(corpus_base.workspace, "views"):
        for iri, data in _graph(corpus_base, name).nodes(data=True):
            assert data["label"], iri
            assert "://" not in data["label"]


VIEW = """#+ summary: A view of one theme
PREFIX ikc: <https://w3id.org/intlkg/concept/>
SELECT ?from ?from_kind ?relation ?to ?to_kind
WHERE { BIND(ikc:visibility AS ?from) BIND("theme" AS ?from_kind) }
ORDER BY ?from
"""


def test_an_item_without_links_is_in_the_network(toy_base: Base) -> None:
    graph = network.project(toy_base, questions.read("queries/views/one.rq", VIEW.encode()))
    assert list(graph.nodes) == [CONCEPT + "visibility"]
    assert graph.number_of_edges() == 0


def test_a_view_that_lacks_a_column_is_refused(toy_base: Base) -> None:
    view = questions.read("queries/views/one.rq", VIEW.replace(" ?relation", "").encode())
    with pytest.raises(QueryError, match=r"queries/views/one\.rq has no column 'relation'; select"):
        network.project(toy_base, view)


ROLES = {
    "about", "leading-to", "explained-by", "ways", "kinds", "proposed",
    "quote", "reported", "finding", "assertion", "claim", "citation", "passage", "mark", "coding",
    "stated-by", "speaks-in", "reported-in", "contrasts", "shares-participants",
    "broader", "extends", "criticizes", "originated-in", "revised-in",
    "cites", "cited-with", "shares-references",
}  # fmt: skip


def test_every_link_of_a_shipped_view_has_a_role_that_is_documented(
    corpus_base: Base, toy_base: Base, library_base: Base
) -> None:
    described = str(network.project.__globals__["__doc__"])
    assert all(f"`{role}`" in described for role in ROLES)
    found = {
        data["role"]
        for base in (corpus_base, toy_base, library_base)
        for name in questions.load(base.workspace, "views")
        for *_, data in _graph(base, name).edges(data=True)
    }
    assert found <= ROLES
    assert found >= ROLES - {"shares-references"}


def test_a_library_alone_has_works_propositions_and_themes(library_base: Base) -> None:
    graph = _graph(library_base)
    assert {data["kind"] for _, data in graph.nodes(data=True)} == {
        "theme",
        "proposition",
        "source",
    }
    marks = [data for *_, data in graph.edges(data=True) if data["role"] == "mark"]
    assert {data["relation"] for data in marks} == {"is marked with"}
    assert ("Given", "marked by a reader, no words") in marks[0]["facts"]


def test_evidence_links_carry_words_kind_and_place(toy_base: Base) -> None:
    graph = _graph(toy_base)
    claim = next(data for *_, data in graph.edges(data=True) if data["role"] == "claim")
    facts = dict(claim["facts"])
    assert claim["text"]
    assert facts["Given"].startswith("second-hand, as ")
    assert "characters" in facts["Where"]
    quote = next(data for *_, data in graph.edges(data=True) if data["role"] == "quote")
    assert quote["text"] == ""


def test_a_work_without_an_entry_says_so(corpus_base: Base) -> None:
    notes = {data["note"] for _, data in _graph(corpus_base).nodes(data=True)}
    assert notes == {"", "no entry in the list"}
