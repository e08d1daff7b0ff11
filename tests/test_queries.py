import csv
import io
import json
import re
import tomllib
from collections import Counter

import pytest
import rdflib

from intlkg import build, questions
from intlkg.base import Base
from intlkg.errors import QueryError
from intlkg.store import Iri, Literal, Rows, Store
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace, shipped
from workspaces import DATA

EXPECTED = DATA / "expected" / "toy"
VALUES = tomllib.loads((EXPECTED / "values.toml").read_text())
LISTS = sorted(questions.load(shipped(), "lists"))
QUESTIONS = sorted(questions.asked(shipped()))
VIEWS = sorted(questions.load(shipped(), "views"))

GOOD = """#+ summary: What is there?
#+ parameters:
#+   theme: {summary: a concept, values: concepts}
#+ example: {theme: visibility}
SELECT ?s { VALUES ?theme { <http://e.org/x> } ?s ?p ?theme }
"""


@pytest.fixture(scope="module")
def base(toy: Workspace, toy_store: Store) -> Base:
    return Base(toy, toy_store)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("#+ summary: What is there?\n", "", "needs a line '#\\+ summary: …'"),
        ("summary: a", "about: a", "parameter 'theme' needs a summary and a question"),
        ("#+ example: {theme: visibility}\n", "", "the example must name exactly the parameters"),
        ("VALUES ?theme", "VALUES ?topic", "parameter 'theme' needs one line VALUES \\?theme"),
        ("#+ summary: W", "#+ colour: red\n#+ summary: W", "the header has 'colour'; use"),
        ("{theme: visibility}", "{theme: ", "the header is not YAML"),
    ],
)
def test_a_faulty_header_is_refused_with_the_fault(old: str, new: str, fault: str) -> None:
    assert questions.read("queries/questions/x.rq", GOOD.encode()).summary == "What is there?"
    with pytest.raises(QueryError, match=f"queries/questions/x.rq: .*{fault}"):
        questions.read("queries/questions/x.rq", GOOD.replace(old, new).encode())


def test_a_value_is_bound_as_a_term_and_cannot_change_the_query(toy_store: Store) -> None:
    query = questions.read("queries/questions/x.rq", GOOD.encode())
    evil = '" } ?a ?b ?c . FILTER(true) } #'
    bound = questions.bind(query, {"theme": [Literal(evil)]})
    assert toy_store.select(bound).rows == []
    assert bound.count("\n") == GOOD.count("\n")


def test_a_parameter_that_a_query_does_not_have_is_refused(
    base: Base,
) -> None:
    with pytest.raises(QueryError, match="no parameter 'them'; did you mean 'theme'"):
        questions.ask(base, "sources-of-theme", {"them": "visibility"})


def test_an_unknown_question_suggests_near_ones(base: Base) -> None:
    with pytest.raises(
        QueryError, match="no question 'disagrements'; did you mean 'disagreements'"
    ):
        questions.ask(base, "disagrements")


@pytest.mark.parametrize(
    "called",
    ["visibility", "Visibility", " being  seen ", "ikc:visibility",
     "https://w3id.org/intlkg/concept/visibility", "<https://w3id.org/intlkg/concept/visibility>"],
)  # fmt: skip
def test_a_theme_is_found_by_any_of_its_names(base: Base, called: str) -> None:
    answer = questions.ask(base, "sources-of-theme", {"theme": called})
    assert ("P1", "participant", "supports", "about", "visibility") in answer.rows


def test_an_unknown_theme_suggests_near_ones(base: Base) -> None:
    with pytest.raises(QueryError, match="no theme is called 'visibilty'; did you mean 'visib"):
        questions.ask(base, "sources-of-theme", {"theme": "visibilty"})


def test_a_name_of_two_things_is_not_guessed(own_toy: Workspace) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    concepts.write_text(
        concepts.read_text()
        + """
ikc:renown a skos:Concept ; skos:inScheme ikc:process ; skos:prefLabel "renown"@en ;
  skos:altLabel "being seen"@en ; ik:certainty ikv:uncertain ; skos:definition "Fame."@en .
"""
    )
    base = Base(own_toy, build.store(own_toy))
    with pytest.raises(QueryError, match="'being seen' may mean renown, visibility; name one"):
        questions.ask(base, "sources-of-theme", {"theme": "being seen"})


def test_a_preferred_label_goes_before_an_alternative(own_toy: Workspace) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    concepts.write_text(concepts.read_text().replace('"remoteness"', '"visibility"'))
    base = Base(own_toy, build.store(own_toy))
    answer = questions.ask(base, "sources-of-theme", {"theme": "visibility"})
    assert {row[4] for row in answer.rows} == {"visibility"}


def test_csv_is_safe_for_spreadsheets() -> None:
    answer = questions.Answer(("a",), (("=1+1",), ("fine",)), Rows(("a",), []))
    assert answer.csv() == "a\n'=1+1\nfine\n"


def test_json_is_the_sparql_results_format(base: Base) -> None:
    body = json.loads(questions.ask(base, "voices-per-motive").json())
    assert body["head"]["vars"] == ["motive", "participants"]
    first = body["results"]["bindings"][0]
    assert first["motive"] == {"type": "uri", "value": "https://w3id.org/intlkg/concept/visibility"}
    assert first["participants"]["value"] == "4"
    assert first["participants"]["datatype"].endswith("#integer")


def _answer(base: Base, name: str) -> list[list[str]]:
    query = questions.named(base.workspace, name)
    values = VALUES.get(name, query.example)
    return list(csv.reader(io.StringIO(questions.ask(base, name, values).csv())))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_gives_its_expected_answer(base: Base, name: str) -> None:
    expected = (EXPECTED / f"{name}.csv").read_text(encoding="utf-8")
    assert _answer(base, name) == list(csv.reader(io.StringIO(expected)))


def test_no_expected_answer_is_left_over() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == QUESTIONS


def _bound(base: Base, kind: str, name: str) -> str:
    """Return the text of a query with the values that it is asked with here."""
    query = questions.named(base.workspace, name, kind)
    values = VALUES.get(name, query.example)
    bound = {
        parameter: [questions.resolve(base, query.parameters[parameter], value)]
        for parameter, value in values.items()
    }
    return questions.bind(query, bound)


def _ours(base: Base, text: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(map(questions.text, row)) for row in base.store.select(text).rows)


def _theirs(dataset: rdflib.Dataset, text: str) -> Counter[tuple[str, ...]]:
    return Counter(
        tuple("" if term is None else str(term) for term in row) for row in dataset.query(text)
    )


@pytest.fixture(scope="module")
def plain(base: Base) -> rdflib.Dataset:
    """All graphs in rdflib's own engine, the trusted one as default graph."""
    dataset = rdflib.Dataset()
    dataset.parse(data=build.export(base.workspace, "nquads", restricted=True), format="nquads")
    trusted = rdflib.URIRef(TRUSTED)
    dataset.default_graph += dataset.graph(trusted)
    dataset.remove_graph(trusted)
    return dataset


@pytest.fixture(scope="module")
def exported(base: Base) -> rdflib.Dataset:
    """What anybody gets: the exported Turtle, without graphs of other status."""
    dataset = rdflib.Dataset()
    dataset.default_graph.parse(data=build.export(base.workspace, "turtle"), format="turtle")
    return dataset


@pytest.mark.filterwarnings("ignore:Dataset\\..* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", QUESTIONS + [f"views/{view}" for view in VIEWS])
def test_a_question_gives_the_same_rows_in_another_engine(
    base: Base, plain: rdflib.Dataset, name: str
) -> None:
    kind, _, short = name.rpartition("/")
    text = _bound(base, kind or "questions", short)
    assert _ours(base, text) == _theirs(plain, text)
    assert TRUSTED not in text


@pytest.mark.filterwarnings("ignore:Dataset\\..* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_nothing_else_on_the_exported_turtle(
    base: Base, exported: rdflib.Dataset, name: str
) -> None:
    text = _bound(base, "questions", name)
    ours, theirs = _ours(base, text), _theirs(exported, text)
    if "GRAPH" in text:
        assert not theirs - ours
    else:
        assert theirs == ours


@pytest.mark.filterwarnings("ignore:Dataset\\..* is deprecated:DeprecationWarning")
def test_facts_on_persons_are_not_counted_as_none_where_they_are_absent(
    base: Base, exported: rdflib.Dataset
) -> None:
    for name in ("wrong-counts", "counts-against-table", "themes-by-characteristic"):
        text = _bound(base, "questions", name)
        assert _ours(base, text)
        assert not _theirs(exported, text)


@pytest.mark.parametrize("name", ["themes-by-characteristic", "motives-by-characteristic"])
def test_small_counts_of_persons_are_not_told(
    corpus: Workspace, corpus_store: Store, name: str
) -> None:
    answer = questions.ask(Base(corpus, corpus_store), name)
    assert answer.rows
    assert all(int(row[-1]) >= 3 for row in answer.rows)


@pytest.mark.parametrize("name", LISTS)
def test_no_list_is_called_as_a_question_is(name: str) -> None:
    assert name not in questions.load(shipped(), "questions")


def test_every_query_runs_and_is_ordered() -> None:
    for kind in ("questions", "lists", "checks", "views"):
        for query in questions.load(shipped(), kind).values():
            assert "ORDER BY" in query.text, query.path
            assert not any(c in query.text for c in ("* {", "+ ?")), query.path
    assert len(QUESTIONS) >= 6
    assert len(questions.load(shipped(), "rules")) >= 3
    assert len(VIEWS) >= 2


def test_every_term_of_a_label_is_an_iri(toy_store: Store) -> None:
    assert toy_store.label(Iri("https://w3id.org/intlkg/concept/visibility")) == "visibility"
    assert toy_store.label(Iri("https://example.org/nothing")) is None


@pytest.fixture(scope="module")
def twice(corpus: Workspace, corpus_store: Store) -> Store:
    """The shipped graphs, and the study once more under other names: two studies of one field."""
    lines = build.export(corpus, "nquads", restricted=True).decode().splitlines(True)
    study = "".join(line for line in lines if "makaya-2024" in line)
    other = study.replace("makaya-2024", "other-2025").replace("Makaya 2024", "Other 2025")
    other = re.sub(r'"M(\d+)"', r'"N\1"', other)
    return Store.memory(("".join(lines) + other).encode())


AUDITS = [name for name, query in questions.load(shipped(), "questions").items() if query.audit]


@pytest.mark.parametrize("name", AUDITS)
def test_what_is_at_fault_in_one_text_does_not_depend_on_another(
    corpus: Workspace, corpus_store: Store, twice: Store, name: str
) -> None:
    text = questions.named(corpus, name).text
    alone, both = corpus_store.select(text).rows, twice.select(text).rows
    assert len(both) == 2 * len(alone)
