"""What the audit finds: each kind of fault in a copy of the invented study, and in our own."""

import pytest

from intlkg import build, evidence, questions
from intlkg.base import Base
from intlkg.workspace import Workspace

BIB, STUDY = "bib/harbour-2020.bib", "graphs/harbour-2020.trig"

FAULTS = [
    ("odd-references", BIB, "1--9", "9--9", "its pages begin and end on the same page"),
    ("odd-references", BIB, "1--9", "9--1", "its pages end before they begin"),
    ("odd-references", BIB, "1--9", "1--90", "it has 90 pages"),
    ("odd-references", BIB, "1--9", "7", "it prints one page alone, or the number of an article"),
    ("odd-references", BIB, "1--9", "0972150919887250", "its pages are a publisher's number for"),
    ("odd-references", BIB, "(2005).", "(2005, 15-15 November).", "its days begin and end on the"),
    ("odd-references", BIB, "(2005).", "(2005, 31 June).", "it prints a day that no month has"),
    ("odd-references", BIB, "1(1), 1-9.", "<https://doi-org.ezproxy.uef.fi/10.1/x>",
     "its link leads through the login of one library"),
    ("odd-references", BIB, "1(1), 1-9.", "<http://ebookcentral.proquest.com/lib/x/detail>",
     "its link leads to the copy of one library"),
    ("odd-references", BIB, "author = {Olsen, P.}", "author = {Ze-Lei, P.}",
     "'Ze-Lei' looks like a given name"),
    ("odd-references", STUDY, "g:curated {", 'g:curated { h:ref4 ik:looksWrong "Odd."@en .', "Odd."),
    ("incomplete-references", BIB, "  volume = {1},\n", "", "volume"),
    ("incomplete-references", BIB, "  pages = {1--9},\n", "", "pages"),
    ("list-order", BIB, "{Olsen, P. (2005)", "{Aase, P. (2005)", "Aase, P. (2005)"),
    ("corrected-references", STUDY, "g:curated {",
     'g:curated { work:olsen-2005-nets dcterms:title "Boats and nets" .', "Boats and nets"),
    ("corrected-references", STUDY, "g:curated {",
     'g:curated { work:olsen-2005-nets frbr:partOf h:v . h:v dcterms:title "Port Studies" .',
     "Port Studies"),
    ("corrected-references", STUDY, "g:curated {",
     'g:curated { <https://example.org/toy/person/harbour-2020-olsen-p> foaf:name "P. Olson" ; '
     'foaf:familyName "Olson" ; foaf:givenName "P." .', "Olson, P."),
    ("odd-citations", STUDY, 'oa:prefix "nt keeps firms at home ("', 'oa:prefix "(13 "',
     "a number stands before it"),
    ("odd-citations", STUDY, 'c4o:hasContent "Moen, 2011"', 'c4o:hasContent "Moen, M., 2011"',
     "it prints an author's initial"),
    ("odd-citations", STUDY, 'c4o:hasContent "Moen, 2011"', 'c4o:hasContent "Moenet al, 2011"',
     "a space is missing before 'et al'"),
    ("odd-citations", STUDY, 'c4o:hasContent "Norn (2015)"', 'c4o:hasContent "Norn, (2015)"',
     "a comma stands before the bracket of the year"),
    ("odd-citations", STUDY, 'c4o:hasContent "Norn (2015)"', 'c4o:hasContent "Knight Norn (2015)"',
     "two names stand side by side without a joining word"),
    ("unpaired-marks", STUDY, 'oa:suffix "*”, P5 argued', 'oa:suffix "*, P5 argued', "no mark closes it"),
    ("unpaired-marks", STUDY, 'prefix "t home.\\n\\nP1 says that “*"',
     'prefix "t home.\\n\\nP1 says that *"', "no mark opens it"),
    ("quotes-of-two-speakers", STUDY, 'c4o:hasContent "We only followed a customer"',
     'c4o:hasContent "Distance decides where we go"', "another owner (unnamed)"),
    ("wrong-ranges", STUDY, "g:curated {", "g:curated { h:t-met ik:claimedFrom 31 ; ik:claimedTo 60 . "
     "h:P1 foaf:age 30 . h:P2 foaf:age 60 .", "31-60,30-60"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "path", "old", "new", "found"), FAULTS)
def test_the_audit_finds_a_fault_of_each_kind(
    own_toy: Workspace, question: str, path: str, old: str, new: str, found: str
) -> None:
    assert questions.named(own_toy, question).audit
    before = questions.ask(Base(own_toy, build.store(own_toy)), question).csv()
    file = own_toy.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(_last(text, old, new) if path == BIB else text.replace(old, new, 1), "utf-8")
    after = questions.ask(Base(own_toy, build.store(own_toy)), question).csv()
    assert after.count(found) > before.count(found), after


def test_every_kind_of_fault_is_in_the_invented_study_or_in_a_copy_of_it(toy_base: Base) -> None:
    empty = {part.question for part in evidence.audit(toy_base) if not part.answer.rows}
    assert empty <= {question for question, *_ in FAULTS}


def _last(text: str, old: str, new: str) -> str:
    head, _, tail = text.rpartition(old)
    return head + new + tail


def _entries(base: Base, question: str, column: int = 1) -> set[tuple[str, str]]:
    answer = questions.ask(base, question)
    return {(row[0].removeprefix("entry "), row[column]) for row in answer.rows}


def test_what_a_reader_found_in_the_entries_of_our_study_is_found(corpus_base: Base) -> None:
    corrected = _entries(corpus_base, "corrected-references")
    assert corrected >= {
        ("3", "author"), ("19", "author"), ("9", "venue"),
        ("10", "title"), ("14", "title"), ("15", "title"), ("20", "title"),
    }  # fmt: skip
    lacking = _entries(corpus_base, "incomplete-references")
    assert lacking >= {("2", "pages"), ("11", "volume"), ("11", "pages"), ("40", "volume"),
                       ("41", "volume"), ("41", "pages")}  # fmt: skip
    odd = {entry for entry, _ in _entries(corpus_base, "odd-references")}
    assert odd >= {"8", "17", "32", "36", "37", "43", "46", "48", "51"}
    assert 8 <= len(questions.ask(corpus_base, "list-order").rows) <= 12


def test_what_is_not_at_fault_in_our_study_is_not_told(corpus_base: Base) -> None:
    lacking = _entries(corpus_base, "incomplete-references")
    assert not lacking & {("28", "venue"), ("45", "year")}
    assert not questions.ask(corpus_base, "differing-printings").rows
    assert not questions.ask(corpus_base, "wrong-ranges").rows
    assert ("19", "'Jan-Erik' looks like a given name that stands as family name") not in _entries(
        corpus_base, "odd-references"
    )


def test_stray_characters_and_marks_of_our_study_are_found(corpus_base: Base) -> None:
    because = _entries(corpus_base, "odd-citations")
    assert ("Gulanowski et al., 2018", "a number stands before it") in because
    assert ("Yamin, M., & Kurt, 2018", "it prints an author's initial") in because
    places = [row[0] for row in questions.ask(corpus_base, "unpaired-marks").rows]
    assert any(place.endswith("characters 31481-31590") for place in places)
