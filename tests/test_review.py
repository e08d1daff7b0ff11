"""Suggestions from the words of works, and what people decide about them."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg import bib, build, questions, review, workspace
from intlkg.base import Base
from intlkg.workspace import Workspace
from workspaces import Run

Intlkg = Callable[..., Run]
LIBRARY = r"""
@article{a, title = {Psychic Distances and the {Uppsala} model}, author = {Ase, A.}, year = 2001,
  abstract = {We study born globals, not cosmopolitan licencingness, by joint ventures.}}
@article{b, title = {Nothing to see}, author = {Bo, B.}, year = 2002, keywords = {franchising; x}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    made = workspace.create(tmp_path / "own", "Own", "https://example.org/own/")
    (tmp_path / "library.bib").write_text(LIBRARY)
    bib.add(made, [tmp_path / "library.bib"])
    return made


def _pairs(own: Workspace) -> list[str]:
    return [f"{s.work}/{s.concept}" for s in review.suggestions(Base(own, build.store(own)))]


def _themes(own: Workspace, theme: str) -> list[tuple[str, ...]]:
    return list(
        questions.ask(Base(own, build.store(own)), "sources-of-theme", {"theme": theme}).rows
    )


def test_names_are_found_whole_in_the_plural_and_the_longest_counts(own: Workspace) -> None:
    found = review.suggestions(Base(own, build.store(own)))
    assert {(s.work, s.concept, s.words, s.field) for s in found} == {
        ("ase-2001-psychic", "psychic-distance", "Psychic Distances", "title"),
        ("ase-2001-psychic", "uppsala-model", "Uppsala model", "title"),
        ("ase-2001-psychic", "born-global-firm", "born globals", "abstract"),
        ("ase-2001-psychic", "joint-venture", "joint ventures", "abstract"),
        ("bo-2002-nothing", "franchising", "franchising", "keywords"),
    }
    confidence = {s.concept: s.confidence for s in found}
    assert confidence["psychic-distance"] > confidence["born-global-firm"]
    assert all(0 < s.confidence <= 1 for s in found)


def test_a_suggestion_is_in_no_answer_until_it_is_accepted(own: Workspace, intlkg: Intlkg) -> None:
    assert _themes(own, "franchising") == []
    where = ("--workspace", own.root)
    run = intlkg("review", "--accept", "bo-2002-nothing/franchising", "--by", "Ada B.", *where)
    assert (run.status, run.out) == (0, "")
    assert "1 accepted, 0 rejected" in run.err
    assert _themes(own, "franchising") == [
        ("Bo 2002", "work-marked", "mentions", "about", "franchising")
    ]
    assert "bo-2002-nothing/franchising" not in _pairs(own)
    assert intlkg("check", *where).status == 0


def test_a_rejection_is_remembered(own: Workspace, intlkg: Intlkg) -> None:
    name = "ase-2001-psychic/joint-venture"
    assert name in _pairs(own)
    intlkg("review", "--reject", name, "--by", "Ada", "--workspace", own.root)
    assert name not in _pairs(own)
    assert _themes(own, "joint venture") == []


def test_decisions_come_from_a_table_filled_in_elsewhere(
    own: Workspace, intlkg: Intlkg, tmp_path: Path
) -> None:
    where = ("--workspace", own.root)
    rows = list(csv.reader(io.StringIO(intlkg("review", "--csv", *where).out)))
    head, *rest = rows
    decided = [["accept" if row[2] == "uppsala-model" else "", *row[1:]] for row in rest]
    table = tmp_path / "decisions.csv"
    with table.open("w", newline="") as stream:
        csv.writer(stream).writerows([head, *decided])
    before = len(_pairs(own))
    assert intlkg("review", "--from", table, "--by", "Ada", *where).status == 0
    assert len(_pairs(own)) == before - 1
    assert len(_themes(own, "Uppsala model")) == 1
    table.write_text("decision,work,concept\nmaybe,a,b\naccept,,c\n")
    run = intlkg("review", "--from", table, "--by", "Ada", *where)
    assert run.status == 1
    assert ":2: 'maybe' is no decision; write accept or reject" in run.out
    assert ":3: the row has no work; fill it in" in run.out


def test_a_later_decision_takes_the_place_of_an_earlier(own: Workspace) -> None:
    one = bib.Decision("bo-2002-nothing", "franchising", "accept", "Ada")
    bib.decide(own, [one])
    assert len(_themes(own, "franchising")) == 1
    bib.decide(own, [bib.Decision("bo-2002-nothing", "franchising", "reject", "Bo")])
    assert _themes(own, "franchising") == []


def test_a_decision_needs_a_name_and_a_suggestion(own: Workspace, intlkg: Intlkg) -> None:
    run = intlkg("review", "--accept", "x/y", "--workspace", own.root)
    assert run.status == 2
    assert "add --by NAME" in run.err
    run = intlkg("review", "--accept", "x/y", "--by", "Ada", "--workspace", own.root)
    assert run.status == 2
    assert "'x/y' is not suggested" in run.err


def test_a_table_of_decisions_that_is_at_fault_is_named_by_check(
    own: Workspace, intlkg: Intlkg
) -> None:
    (own.root / "bib" / "reviewed.tsv").write_text("work\tconcept\n")
    run = intlkg("check", "--workspace", own.root)
    assert run.status == 1
    assert "bib/reviewed.tsv:1: the first line names no column decision; add it" in run.out
