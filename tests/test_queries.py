import csv
import io
import json
import re
import tomllib

import pytest
import rdflib

from intlkg import build, queries
from intlkg.errors import QueryError
from intlkg.store import Iri, Literal, Rows, Store
from intlkg.vocab import TRUSTED
from intlkg.workspace import Workspace, shipped
from workspaces import DATA

EXPECTED = DATA / "expected" / "toy"
VALUES = tomllib.loads((EXPECTED / "values.toml").read_text())
QUESTIONS = sorted(queries.load(shipped(), "questions"))
VIEWS = sorted(queries.load(shipped(), "views"))

GOOD = """#+ summary: What is there?
#+ parameters:
#+   theme: {summary: a concept, values: concepts}
#+ example: {theme: visibility}
SELECT ?s { VALUES ?theme { <http://e.org/x> } ?s ?p ?theme }
"""


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
    assert queries.read("queries/questions/x.rq", GOOD.encode()).summary == "What is there?"
    with pytest.raises(QueryError, match=f"queries/questions/x.rq: .*{fault}"):
        queries.read("queries/questions/x.rq", GOOD.replace(old, new).encode())


def test_a_value_is_bound_as_a_term_and_cannot_change_the_query(toy_store: Store) -> None:
    query = queries.read("queries/questions/x.rq", GOOD.encode())
    evil = '" } ?a ?b ?c . FILTER(true) } #'
    bound = queries.bind(query, {"theme": [Literal(evil)]})
    assert toy_store.select(bound).rows == []
    assert bound.count("\n") == GOOD.count("\n")


def test_a_parameter_that_a_query_does_not_have_is_refused(
    toy: Workspace, toy_store: Store
) -> None:
    with pytest.raises(QueryError, match="no parameter 'them'; did you mean 'theme'"):
        queries.ask(toy, toy_store, "sources-of-theme", {"them": "visibility"})


def test_an_unknown_question_suggests_near_ones(toy: Workspace, toy_store: Store) -> None:
    with pytest.raises(
        QueryError, match="no question 'disagrements'; did you mean 'disagreements'"
    ):
        queries.ask(toy, toy_store, "disagrements")


@pytest.mark.parametrize(
    "called",
    ["visibility", "Visibility", " being  seen ", "ikc:visibility",
     "https://w3id.org/intlkg/concept/visibility", "<https://w3id.org/intlkg/concept/visibility>"],
)  # fmt: skip
def test_a_theme_is_found_by_any_of_its_names(
    toy: Workspace, toy_store: Store, called: str
) -> None:
    answer = queries.ask(toy, toy_store, "sources-of-theme", {"theme": called})
    assert ("P1", "supports", "first-hand", "visibility") in answer.rows


def test_an_unknown_theme_suggests_near_ones(toy: Workspace, toy_store: Store) -> None:
    with pytest.raises(QueryError, match="no theme is called 'visibilty'; did you mean 'visib"):
        queries.ask(toy, toy_store, "sources-of-theme", {"theme": "visibilty"})


def test_a_name_of_two_things_is_not_guessed(own_toy: Workspace) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    concepts.write_text(
        concepts.read_text()
        + """
ikc:renown a skos:Concept ; skos:inScheme ikc:process ; skos:prefLabel "renown"@en ;
  skos:altLabel "being seen"@en ; ik:certainty ikv:uncertain ; skos:definition "Fame."@en .
"""
    )
    store = build.store(own_toy)
    with pytest.raises(QueryError, match="'being seen' may mean renown, visibility; name one"):
        queries.ask(own_toy, store, "sources-of-theme", {"theme": "being seen"})


def test_a_preferred_label_goes_before_an_alternative(own_toy: Workspace) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    concepts.write_text(concepts.read_text().replace('"remoteness"', '"visibility"'))
    answer = queries.ask(own_toy, build.store(own_toy), "sources-of-theme", {"theme": "visibility"})
    assert {row[3] for row in answer.rows} == {"visibility"}


def test_csv_is_safe_for_spreadsheets() -> None:
    answer = queries.Answer(("a",), (("=1+1",), ("fine",)), Rows(("a",), []))
    assert answer.csv() == "a\n'=1+1\nfine\n"


def test_json_is_the_sparql_results_format(toy: Workspace, toy_store: Store) -> None:
    body = json.loads(queries.ask(toy, toy_store, "voices-per-motive").json())
    assert body["head"]["vars"] == ["motive", "participants"]
    first = body["results"]["bindings"][0]
    assert first["motive"] == {"type": "uri", "value": "https://w3id.org/intlkg/concept/visibility"}
    assert first["participants"]["value"] == "4"
    assert first["participants"]["datatype"].endswith("#integer")


def _answer(toy: Workspace, store: Store, name: str) -> list[list[str]]:
    query = queries.named(toy, name)
    values = VALUES.get(name, query.example)
    return list(csv.reader(io.StringIO(queries.ask(toy, store, name, values).csv())))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_gives_its_expected_answer(toy: Workspace, toy_store: Store, name: str) -> None:
    expected = (EXPECTED / f"{name}.csv").read_text(encoding="utf-8")
    assert _answer(toy, toy_store, name) == list(csv.reader(io.StringIO(expected)))


def test_no_expected_answer_is_left_over() -> None:
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == QUESTIONS


@pytest.fixture(scope="module")
def plain(toy: Workspace, toy_store: Store) -> rdflib.Dataset:
    """All graphs in rdflib's own engine, the trusted one as default graph."""
    dataset = rdflib.Dataset()
    dataset.parse(data=build.export(toy, "nquads", restricted=True), format="nquads")
    trusted = rdflib.URIRef(TRUSTED)
    dataset.default_graph += dataset.graph(trusted)
    dataset.remove_graph(trusted)
    return dataset


@pytest.mark.filterwarnings("ignore:Dataset\\..* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("name", QUESTIONS + [f"views/{view}" for view in VIEWS])
def test_a_question_gives_the_same_rows_in_another_engine(
    toy: Workspace, toy_store: Store, plain: rdflib.Dataset, name: str
) -> None:
    kind, _, short = name.rpartition("/")
    query = queries.named(toy, short, kind or "questions")
    values = VALUES.get(name, query.example)
    bound = {
        parameter: [queries.resolve(toy, toy_store, query.parameters[parameter], value)]
        for parameter, value in values.items()
    }
    text = queries.bind(query, bound)
    ours = sorted([queries.text(term) for term in row] for row in toy_store.select(text).rows)
    theirs = sorted(
        ["" if term is None else str(term) for term in row] for row in plain.query(text)
    )
    assert ours == theirs
    assert TRUSTED not in text


def test_every_query_runs_and_is_ordered() -> None:
    for kind in ("questions", "checks", "views"):
        for query in queries.load(shipped(), kind).values():
            assert "ORDER BY" in query.text, query.path
            assert not any(c in query.text for c in ("* {", "+ ?")), query.path
    assert len(QUESTIONS) >= 6
    assert len(queries.load(shipped(), "rules")) >= 3
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


AUDITS = [name for name, query in queries.load(shipped(), "questions").items() if query.audit]


@pytest.mark.parametrize("name", AUDITS)
def test_what_is_at_fault_in_one_text_does_not_depend_on_another(
    corpus: Workspace, corpus_store: Store, twice: Store, name: str
) -> None:
    text = queries.named(corpus, name).text
    alone, both = corpus_store.select(text).rows, twice.select(text).rows
    assert len(both) == 2 * len(alone)
