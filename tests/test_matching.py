"""Likeness of names: what is folded, what is the same, what is near, and what is not offered."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import SKOS

from intlkg.matching import NEAR_ENOUGH, Match, Names, Usage, fold, stems
from workspaces import ROOT

TERMS = sorted((ROOT / "tests" / "data" / "terms").glob("*.tsv"))


def _ontology() -> Iterator[tuple[str, str]]:
    graph = rdflib.Graph()
    for path in sorted((ROOT / "ontology" / "concepts").glob("*.ttl")):
        graph.parse(path, format="turtle")
    for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, label in sorted(graph.subject_objects(kind)):
            if isinstance(label, rdflib.Literal) and label.language == "en":
                yield str(label), str(concept).rsplit("/", 1)[-1]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    return list(_ontology())


@pytest.fixture(scope="module")
def names(pairs: list[tuple[str, str]]) -> Names:
    return Names(pairs, usage())


def usage() -> Usage:
    words = ROOT / "ontology" / "words"
    lines = {
        path.stem: [line for line in path.read_text().splitlines() if not line.startswith("#")]
        for path in words.glob("*.txt")
    }
    return Usage(lines["alike"], lines["light"])


def _keys(matches: tuple[Match, ...]) -> list[str]:
    return [match.key for match in matches]


def _answer(names: Names, text: str) -> tuple[str, list[str]]:
    for kind in ("exact", "same_stems", "near", "containing", "wider"):
        if found := getattr(names, kind)(text):
            return kind, _keys(found)[:5]
    return "none", []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Internationalisation", "internationalization"),
        ("high-tech  Firms", "high tech firms"),
        ("favourable behaviour", "favorable behavior"),
        ("Organising; analysed", "organizing analyzed"),
        ("R&D", "r & d"),
        ("Porter’s diamond", "Porter's Diamond"),
        ("ﬁrm", "firm"),
        ("re-entry", "reentry"),
        ("non-equity", "nonequity"),
        ("start-ups", "startups"),
        ("export promotion programmes", "export promotion programs"),
        ("signalling", "signaling"),
        ("Straße", "STRASSE"),
    ],
)
def test_differences_that_do_not_matter_are_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("source", "sorce"), ("hour", "hor"), ("internalization", "internationalization")],
)
def test_differences_that_matter_are_not_folded(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_text_without_a_letter_folds_to_nothing() -> None:
    assert fold(" … – ") == ""
    assert stems("") == ()


def test_stems_leave_small_words_out_unless_there_are_no_others() -> None:
    assert stems("Barriers to the internationalisation of firms") == stems(
        "barrier internationalization firm"
    )
    assert stems("of the") == ("of", "the")


def test_an_empty_index_answers_nothing() -> None:
    empty = Names([])
    for kind in ("exact", "same_stems", "near", "containing", "wider"):
        assert getattr(empty, kind)("networks") == ()


@pytest.mark.parametrize("text", ["", "…", "of the", "   "])
def test_a_text_without_words_is_no_error(names: Names, text: str) -> None:
    assert _answer(names, text) == ("none", [])


def test_exact_names_all_that_have_the_name() -> None:
    names = Names([("growth", "a"), ("Growth", "b"), ("profit", "c")])
    assert names.exact("GROWTH") == (Match("a", "growth", 1.0), Match("b", "Growth", 1.0))


def test_inflection_and_word_order_do_not_matter(names: Names) -> None:
    assert _keys(names.same_stems("internationalisation's speeds")) == [
        "speed-of-internationalization"
    ]
    assert names.same_stems("psychic distances of markets") == ()


def test_containing_puts_the_name_with_least_besides_first() -> None:
    names = Names([("trust in foreign partners", "far"), ("foreign partners", "near")])
    assert _keys(names.containing("partner")) == ["near", "far"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("psycic distance", "psychic-distance"),
        ("Upsala model", "uppsala-model"),
        ("effectaution", "effectuation"),
        ("internatoinalization", "internationalization"),
        ("entrepeneurial orientation", "entrepreneurial-orientation"),
        ("liability of forignness", "liability-of-foreignness"),
        ("social acpital", "social-capital"),
        ("martet diversification", "market-diversification"),
        ("shortage of funding", "lack-of-funding"),
        ("obstacles of language", "language-differences"),
    ],
)
def test_slips_and_other_words_for_the_same_are_near(names: Names, typed: str, meant: str) -> None:
    assert _keys(names.near(typed))[0] == meant


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("reshoring", "export-mode"),
        ("trade fairs", "tariff-barriers"),
        ("renovation", "innovation"),
        ("state model", "stage-theory"),
        ("corporation tax", "cooperation-culture"),
        ("exploring", "export-mode"),
        ("form", "firm-types"),
    ],
)
def test_what_only_looks_alike_is_not_offered(
    pairs: list[tuple[str, str]], text: str, never: str
) -> None:
    own = set(stems(text))
    others = [(name, key) for name, key in pairs if not own <= set(stems(name))]
    names = Names(others, usage())
    assert never not in _answer(names, text)[1]


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("digital marketing strategy of exporters", "marketing-strategy"),
        ("attribution theory", "theories"),
        ("social media campaigning", "social-media-marketing"),
        ("ecological obstacles", "barriers"),
        ("the importance of weak ties abroad", "weak-ties"),
    ],
)
def test_the_nearest_wider_one_comes_from_the_head(names: Names, text: str, wider: str) -> None:
    assert names.near(text) == names.exact(text) == ()
    assert wider in _keys(names.wider(text))
    assert all(match.score < NEAR_ENOUGH for match in names.wider(text))


@pytest.mark.parametrize("text", ["endogeneity", "gender", "panel data", "qwertz", "tax havens"])
def test_where_there_is_none_nothing_is_offered(names: Names, text: str) -> None:
    assert _answer(names, text) == ("none", [])


def test_every_name_of_a_concept_leads_to_it(names: Names, pairs: list[tuple[str, str]]) -> None:
    lost = [pair for pair in pairs if pair[1] not in _keys(names.exact(pair[0]))]
    assert not lost


def test_scheme_names_lead_to_schemes(names: Names) -> None:
    for word in "barriers challenges motives drivers determinants theories strategies".split():
        assert len(names.exact(word)) == 1
    assert _keys(names.exact("modes of entry")) == ["entry-modes"]


def _judged(names: Names, text: str, expected: list[str]) -> str:
    kind, keys = _answer(names, text)
    if kind in ("wider", "none"):
        return "right" if expected == ["-"] or set(keys) & set(expected) else "none"
    return "right" if set(keys) & set(expected) else "wrong"


@pytest.mark.parametrize("path", TERMS, ids=lambda path: path.stem)
def test_terms_of_review_articles_are_found_or_refused(names: Names, path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = [_judged(names, row["term"], row["expected"].split()) for row in rows]
    assert len(rows) >= 150
    assert found.count("right") >= 0.8 * len(rows)
    assert found.count("wrong") <= 0.05 * len(rows)


def test_expected_concepts_of_the_terms_are_there(pairs: list[tuple[str, str]]) -> None:
    known = {key for _, key in pairs} | {"-"}
    for path in TERMS:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            term, expected, source = line.split("\t")
            assert set(expected.split()) <= known, term
            assert source


def test_it_is_fast(pairs: list[tuple[str, str]]) -> None:
    fold.cache_clear()
    started = time.process_time()
    names = Names(pairs[:1000])
    built = time.process_time() - started
    names.near("warm up")
    started = time.process_time()
    for text in ("psycic distance", "trade fairs", "networks", "internatoinal entrepreneurs"):
        _answer(names, text)
    assert built < 0.03
    assert (time.process_time() - started) / 4 < 0.005
