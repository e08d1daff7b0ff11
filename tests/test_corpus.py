"""The shipped workspace: our own data, checked like code."""

import csv
import io
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from intlkg import build, evidence, questions
from intlkg.base import Base
from intlkg.check import check
from intlkg.errors import QueryError
from intlkg.store import Store
from intlkg.workspace import Workspace
from workspaces import DATA

EXPECTED = DATA / "expected" / "corpus"
ANSWERS = sorted(path.stem for path in EXPECTED.glob("*.csv"))
QUOTED = re.compile(r"[“\"](?P<words>[^“”\"]{12,}?)[”\"]", re.S)


def _rows(base: Base, name: str, **values: str) -> list[dict[str, str]]:
    answer = questions.ask(base, name, values)
    return [dict(zip(answer.variables, row, strict=True)) for row in answer.rows]


def test_visibility_is_traced_to_four_managers_and_their_sentence(corpus_base: Base) -> None:
    for called in ("visibility", "making the name"):
        proposition, *_ = evidence.trace(corpus_base, called).propositions
        assert proposition.label == "visibility motivates internationalization"
        item, conclusion = proposition.of("supports")
        assert (conclusion.kind, conclusion.names) == ("finding", ("Makaya 2024",))
        assert item.names == ("M2", "M4", "M11", "M17")
        assert item.words == (
            "For sure money, also visibility, and being well known around the world, "
            "also to make the name"
        )
        (place,) = item.places
        assert (place.source, place.start, place.end) == ("Makaya 2024", 29104, 29197)
        assert place.section.startswith("section 4-2 ")


def test_a_misspelt_theme_suggests_the_right_one(corpus_base: Base) -> None:
    with pytest.raises(QueryError, match=r"did you mean .psychic distance."):
        evidence.trace(corpus_base, "psychc distance")


def test_both_spellings_name_a_theme(corpus_base: Base) -> None:
    for called in ("internationalization", "internationalisation"):
        assert evidence.trace(corpus_base, called).theme.label == "internationalization"


def test_nothing_is_wrong_with_our_data(corpus: Workspace) -> None:
    assert check(corpus).problems == ()


def test_every_anchor_holds_against_the_text(corpus: Workspace, texts: Path) -> None:
    found = check(corpus, [texts])
    assert found.problems == ()
    assert found.unread == ()
    assert found.anchors == 539


def test_one_wrong_character_in_a_quote_is_found(
    tmp_path: Path, corpus: Workspace, texts: Path
) -> None:
    shutil.copytree(corpus.root, tmp_path / "copy", ignore=shutil.ignore_patterns("build"))
    study = tmp_path / "copy" / "graphs" / "makaya-2024.trig"
    words = study.read_text(encoding="utf-8")
    study.write_text(words.replace("For sure money, also", "For sure money also"), encoding="utf-8")
    from intlkg.workspace import read

    (first, second) = check(read(tmp_path / "copy"), [texts]).problems
    assert first.path == second.path == "graphs/makaya-2024.trig"
    assert "a29104: its positions span 93 characters but its words have 92" in first.message
    assert "a29104: its words are not in the text" in second.message


def test_who_and_what_there_is(corpus_base: Base, corpus: Workspace) -> None:
    codes = [row["code"] for row in _rows(corpus_base, "participants")]
    assert sorted(codes, key=evidence.natural) == [f"M{number}" for number in range(1, 21)]
    statements = {row["statement"] for row in _rows(corpus_base, "statements")}
    assert len(statements) == 66
    schemes = {row["scheme"] for row in _rows(corpus_base, "concepts")}
    assert len(schemes) == 15
    printed = [
        quad.object.value
        for quad in build.dump(corpus)
        if quad.predicate.value.endswith("entryNumber") and "graph/bib/" in str(quad.graph_name)
    ]
    assert len(printed) == 52
    assert {int(number) for number in printed} == set(range(1, 52))


def test_every_quotation_printed_in_the_findings_is_anchored(
    corpus_base: Base, texts: Path
) -> None:
    text = (texts / "makaya-2024.txt").read_bytes().decode("utf-8")
    begin = text.index("Questions overview: According to the respondent")
    end = text.index("5. – Discussion")
    anchored = [(int(row["start"]), int(row["end"])) for row in _rows(corpus_base, "anchors")]
    quoted = [match.span("words") for match in QUOTED.finditer(text, begin, end)]
    assert len(quoted) >= 40
    for start, stop in quoted:
        inside = [one for one in anchored if one[0] < stop and start < one[1]]
        assert inside, text[start:stop]


def test_every_manager_named_in_the_findings_and_the_discussion_speaks(
    corpus_base: Base, texts: Path
) -> None:
    text = (texts / "makaya-2024.txt").read_bytes().decode("utf-8")
    begin = text.index("Questions overview: According to the respondent")
    end = text.index("6 – Conclusion:")
    named = set(re.findall(r"\bM\d{1,2}\b", text[begin:end]))
    speakers = {row["who"] for row in _rows(corpus_base, "statements")}
    assert named <= speakers


@pytest.mark.parametrize("name", ANSWERS)
def test_a_question_gives_the_answer_that_was_read_against_the_text(
    corpus_base: Base, corpus: Workspace, name: str
) -> None:
    query = questions.named(corpus, name)
    answer = questions.ask(corpus_base, name, query.example)
    expected = (EXPECTED / f"{name}.csv").read_text(encoding="utf-8")
    assert list(csv.reader(io.StringIO(answer.csv()))) == list(csv.reader(io.StringIO(expected)))


def test_a_printed_mistake_stays_and_the_correction_has_an_author(
    corpus_base: Base, corpus_store: Store
) -> None:
    rows = _rows(corpus_base, "corrected-references")
    said = [(row["reference"], row["fact"], row["printed"], row["right"]) for row in rows]
    assert ("entry 14", "year", "2006", "2016") in said
    curated = "https://w3id.org/intlkg/graph/makaya-2024/curated"
    found = corpus_store.select(
        f"SELECT ?who {{ GRAPH ?p {{ <{curated}> <http://www.w3.org/ns/prov#wasAttributedTo> ?who }} }}"
    )
    assert [row["who"].value for row in found] == ["https://w3id.org/intlkg/agent/curators"]  # type: ignore[union-attr]


def test_every_citation_entry_and_section_is_reached_by_a_question(corpus_base: Base) -> None:
    citations = _rows(corpus_base, "citations")
    assert Counter(row["status"] for row in citations) == {
        "resolved": 46,
        "resolved with mismatch": 6,
        "dangling": 15,
    }
    assert all(row["section"] and row["function"] and row["work"] for row in citations)
    entries = _rows(corpus_base, "reference-entries")
    assert len(entries) == 52
    assert {int(row["number"]) for row in entries} == set(range(1, 52))
    assert sum(int(row["cited"]) for row in entries) == 52
    sections = _rows(corpus_base, "sections")
    assert len(sections) == 21
    starts = [int(row["start"]) for row in sections]
    assert starts == sorted(set(starts))


def test_disagreements_are_found_between_all_three_kinds_of_voices(corpus_base: Base) -> None:
    sides: dict[str, dict[str, set[str]]] = {}
    for row in _rows(corpus_base, "disagreements"):
        sides.setdefault(row["proposition"], {}).setdefault(row["stance"], set()).add(row["who"])
    entry = sides["psychic distance determines entry mode choice"]
    assert ("M9" in entry["supports"], entry["disputes"]) == (True, {"M1"})
    hinders = sides["psychic distance hinders internationalization"]
    assert (hinders["supports"], hinders["disputes"]) == ({"Makaya 2024"}, {"M1"})
    determines = sides["psychic distance determines internationalization"]
    assert determines["supports"] == {"the participants", "M9"}
    assert determines["disputes"] == {"M1"}
    revised = sides["environmental uncertainty is associated with psychic distance"]
    assert revised["supports"] == {"Johanson & Vahlne 1977"}
    assert revised["disputes"] == {"Johanson & Vahlne 2009"}


def test_works_of_the_same_people_and_year_are_told_apart(corpus_base: Base) -> None:
    entries = {row["number"]: row for row in _rows(corpus_base, "reference-entries")}
    assert [entries[number]["work"] for number in ("30", "33", "34")] == [
        "Neubert 2018",
        "Neubert 2018a",
        "Neubert 2018b",
    ]
    assert (entries["34"]["year"], entries["51"]["venue"]) == ("2018b", "Appl.Econ.")
    names = Counter(row["work"] for row in _rows(corpus_base, "works"))
    assert not [name for name, times in names.items() if times > 1 and name.startswith("Neubert")]
