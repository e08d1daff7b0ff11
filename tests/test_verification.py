"""Words that are typed from a page: found whatever printing does to them, with gaps or without."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg.check import verify
from intlkg.studies import differences, gaps, passages, stands
from intlkg.workspace import Workspace
from workspaces import Run

Intlkg = Callable[..., Run]
STUDY, TEXT = "graphs/harbour-2020.trig", "texts/harbour-2020.txt"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("an international firm", "an inter-\nnational firm"),
        ("a high-tech firm", "a high-\ntech firm"),
        ("a high-tech international firm", "a high-\ntech inter-  \n  national firm"),
        ("an international firm", "an inter\u00adnational firm"),
        ("an international firm", "an inter\u00ad\nnational firm"),
        ("the first office", "the ﬁrst oﬃce"),
        ("a café abroad", unicodedata.normalize("NFD", "a café abroad")),
        (unicodedata.normalize("NFD", "a café abroad"), "a café abroad"),
        ("20 km away … far", "20\u00a0km away ... far"),
        ("it's “far”", "it’s “far”"),
        ("a well-known firm", "a well\u2011known firm"),
    ],
)
def test_words_are_found_whatever_printing_does_to_them(typed: str, printed: str) -> None:
    text = f"One said: {printed}, and went."
    (place,) = passages.locate(typed, text)
    assert text[place.start : place.end] == printed


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("o", "ﬁrm oﬃces"[4:]),
        ("a cafe", unicodedata.normalize("NFD", "a café abroad")),
        ("if", "iﬁ"),
        ("hightech", "a high-tech firm"),
        ("re-sign", "they resign"),
    ],
)
def test_half_a_letter_or_another_word_is_not_found(typed: str, text: str) -> None:
    found = passages.find_tolerant(typed, text)
    assert [text[one.start : one.end] for one in found] in ([], ["o"])


def test_each_hyphen_at_a_line_end_stays_as_it_was_typed() -> None:
    printed = "‘high-\ntech’ inter-\nnational"
    assert passages.retyped("'high-tech' international", printed) == "‘high-tech’ international"
    assert passages.agrees("high-tech international", "high-\n*tech* inter-\nnational") is False
    assert passages.agrees("high-tech international", "high-\ntech inter-\nnational")
    assert not passages.agrees("'far'", "‘far’")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("obody here knоws us", "CYRILLIC SMALL LETTER O"),
        ("Nobody here really knows us, abroad", "'really ', is here and not there"),
        ("Nobody knows us, abroad they", "'here ' is there and not here"),
        ("Nobody here knows us, abroad tey do", "before character 31, 'h' (U+0068"),
        ("Xobody here knows us, abroad they do", "character 1 is 'X' (U+0058"),
        (
            "Nobody here knows us abroad they do",
            "before character 21, ',' (U+002C, COMMA) is there",
        ),
    ],
)
def test_a_refusal_names_the_first_true_difference(typed: str, fault: str) -> None:
    text = 'Why?\n\nOne P2 says, "Nobody here *knows*\nus, abroad they do".\n\n1. Introduction'
    assert fault in differences.likeness(typed, text)


def test_words_with_gaps_are_split_into_passages() -> None:
    assert gaps.parts("We want […] to be [the firm] seen") == [
        gaps.Part("We want", ""),
        gaps.Part("to be", gaps.OMISSION),
        gaps.Part("seen", gaps.INSERTION),
    ]
    assert gaps.parts("... seen (...) [sic] abroad") == [
        gaps.Part("seen", gaps.OMISSION),
        gaps.Part("abroad", gaps.OMISSION),
    ]
    assert gaps.parts("plain words") == [gaps.Part("plain words", "")]


def test_passages_are_found_in_their_order_and_near_together() -> None:
    text = "we go. We stay, then we go far, and we do not go away."
    assert [one.start for one in gaps.locate(["we", "go", "away"], text)] == [36, 46, 49]
    assert gaps.locate(["away", "go"], text) == []
    assert gaps.disordered(["away", "go"], text)
    assert stands("we … go [far] away", text)
    assert not stands("away … we", text)
    assert not stands("we fly", text)
    assert gaps.negation(" do not ") == "not"
    assert gaps.negation(" don’t ") == "n’t"
    assert gaps.negation(" knot ") == ""


def _with(own_toy: Workspace, words: str, text: str = "") -> Path:
    study, file = own_toy.root / STUDY, own_toy.root / TEXT
    new = f'  h:q-new a ik:VerbatimQuote ; c4o:hasContent "{words}"@en ;\n'
    new += "    ik:statedBy h:P5 ; ik:attributionMode ikv:individual .\n"
    before = study.read_text(encoding="utf-8")
    study.write_text(before.replace("\ng:source {\n", f"\ng:source {{\n{new}", 1), "utf-8")
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    return file


def test_a_statement_with_a_gap_gets_a_place_for_each_passage(own_toy: Workspace) -> None:
    file = _with(own_toy, "Nobody here [in town] knows us […] they do")
    found = verify(own_toy, file, fill=True)
    assert found.changes == ("h:q-new placed at 332, then 344, then 361",) or found.changes == (
        "h:q-new placed at 95, then 107, then 124",
    )
    assert (found.problems, found.warnings, found.unplaced) == ((), (), 0)
    written = (own_toy.root / STUDY).read_text(encoding="utf-8")
    assert written.count("ik:gapBefore ikv:insertion") == 1
    assert written.count("ik:part ") == 5
    assert verify(own_toy, file, fill=True).changes == ()


def test_a_negation_in_a_gap_is_to_be_read_again(own_toy: Workspace, intlkg: Intlkg) -> None:
    file = _with(own_toy, "distance does […] matter any more")
    assert verify(own_toy, file, fill=True).problems == ()
    run = intlkg("verify", "--text", file, "--workspace", own_toy.root)
    assert run.status == 0
    assert "Read again: graphs/harbour-2020.trig:" in run.err
    assert "the gap before it, 574-579, negates ('not')" in run.err


def test_passages_in_another_order_are_refused(own_toy: Workspace) -> None:
    file = _with(own_toy, "abroad they do … nobody wants … Nobody here knows us")
    (problem,) = verify(own_toy, file, fill=True).problems
    assert "its words are not in the text" in problem.message
    own = _with(own_toy, "abroad they do … Five owners were asked")
    found = verify(own_toy, own, fill=True)
    assert any("its passages stand in another order" in p.message for p in found.problems)


def test_words_over_a_line_end_stay_readable(own_toy: Workspace) -> None:
    file = _with(own_toy, "our high-tech pride", "\nOne said “our high-\ntech pride”.\n")
    found = verify(own_toy, file, fill=True)
    assert (found.problems, found.changes) == ((), ("h:q-new placed at 1395",))
    assert "our high-tech pride" in (own_toy.root / STUDY).read_text(encoding="utf-8")


def test_what_has_no_place_yet_is_counted(own_toy: Workspace, intlkg: Intlkg) -> None:
    file = _with(own_toy, "Nobody here knows us")
    assert verify(own_toy, file).unplaced == 1
    run = intlkg("verify", "--text", file, "--workspace", own_toy.root)
    assert "30 anchored passages, 1 not placed yet, 0 problems." in run.err
