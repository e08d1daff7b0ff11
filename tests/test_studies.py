"""Anchors placed and refreshed by `intlkg verify --write`, and the layout of graph files."""

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from intlkg.check import check, verify
from intlkg.errors import IntlkgError, Problem
from intlkg.store import Document, read_document
from intlkg.studies import passages
from intlkg.studies.passages import Passage
from intlkg.workspace import Workspace
from workspaces import ROOT, Run

Intlkg = Callable[..., Run]
STUDY = "graphs/harbour-2020.trig"
TEXT = "texts/harbour-2020.txt"
NEW = """
  h:q-new a ik:VerbatimQuote ; c4o:hasContent "{words}"@en ;
    ik:statedBy h:P5 ; ik:attributionMode ikv:individual .
"""


def _insert(toy: Workspace, turtle: str) -> None:
    study = toy.root / STUDY
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace("\ng:source {\n", f"\ng:source {{\n{turtle}", 1), "utf-8")


def _triples(path: Path) -> set[str]:
    return set(map(str, pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TRIG)))


def test_words_are_found_exactly_or_whatever_their_typography() -> None:
    text = "He said “we *grow*\n\nabroad – fast” and ‘grow’ again."
    assert passages.find("grow", text) == [Passage(13, 17), Passage(40, 44)]
    (place,) = passages.find_tolerant('"we grow abroad - fast"', text)
    assert text[place.start : place.end] == "“we *grow*\n\nabroad – fast”"
    assert passages.find_tolerant("we shrink", text) == []
    assert passages.find("", text) == []


def test_a_curator_types_only_the_words(own_toy: Workspace) -> None:
    _insert(own_toy, NEW.format(words="Nobody here knows us"))
    assert any("needs a place in the text" in p.message for p in check(own_toy).problems)
    found = verify(own_toy, own_toy.root / TEXT, fill=True)
    assert found.changes == ("h:q-new placed at 95 and 359",)
    assert found.problems == ()
    assert check(own_toy).problems == ()
    written = (own_toy.root / STUDY).read_text(encoding="utf-8")
    assert "ik:anchor h:a95-q-new , h:a359-q-new ." in written
    assert re.search(r"h:a359-q-new a ik:TextAnchor .*ik:inSection", written) is None


def test_typed_words_take_the_typography_of_the_text(own_toy: Workspace) -> None:
    text = own_toy.root / TEXT
    text.write_text(
        text.read_text("utf-8") + "\nOne said “it’s the\nharbour’s *pride*”.\n", "utf-8"
    )
    _insert(own_toy, NEW.format(words="it's the harbour's pride"))
    found = verify(own_toy, text, fill=True)
    assert "h:q-new takes the text's own typography" in found.changes
    assert "it’s the harbour’s pride" in (own_toy.root / STUDY).read_text(encoding="utf-8")
    assert found.problems == ()


def test_a_look_alike_letter_is_named_and_nothing_is_placed(own_toy: Workspace) -> None:
    _insert(own_toy, NEW.format(words="Nobody here knоws us"))
    found = verify(own_toy, own_toy.root / TEXT, fill=True)
    (missing,) = [p for p in found.problems if "its words are not in the text" in p.message]
    assert "the most similar stand at 95-115" in missing.message
    assert "CYRILLIC SMALL LETTER O" in missing.message
    assert "LATIN SMALL LETTER O" in missing.message
    assert missing.path == STUDY


def test_words_at_several_places_need_their_surroundings(own_toy: Workspace) -> None:
    turtle = """
  h:a-distance a ik:TextAnchor ; oa:hasSource h:text ; oa:hasSelector h:a-distance-q .
  h:a-distance-q a oa:TextQuoteSelector ; oa:exact "distance" {prefix}.
"""
    _insert(own_toy, turtle.format(prefix=""))
    found = verify(own_toy, own_toy.root / TEXT, fill=True)
    (several,) = [p for p in found.problems if "places" in p.message]
    assert "add an oa:prefix that only one of them has" in several.message
    study = own_toy.root / STUDY
    text = study.read_text(encoding="utf-8")
    study.write_text(
        text.replace('oa:exact "distance" .', 'oa:exact "distance" ; oa:prefix "that " .')
    )
    assert verify(own_toy, own_toy.root / TEXT, fill=True).problems == ()
    assert 'oa:start "771"' in study.read_text(encoding="utf-8")


def test_a_changed_text_moves_every_anchor(own_toy: Workspace) -> None:
    text = own_toy.root / TEXT
    before = text.read_text(encoding="utf-8")
    text.write_text(before.replace("ABSTRACT", "ABSTRACT OF THE STUDY"), encoding="utf-8")
    stale = verify(own_toy, text)
    assert any("its digest is not that of harbour-2020.txt" in p.message for p in stale.problems)
    assert any("its words stand at 319-352, not at 306-339" in p.message for p in stale.problems)
    found = verify(own_toy, text, fill=True)
    assert "h:a306 moved from 306 to 319" in found.changes
    assert [p.path for p in found.problems if not p.path.endswith(".bib")] == []
    assert len(found.problems) == 4  # the reference entries, whose offsets are in the BibTeX file


def test_filling_twice_changes_nothing(own_toy: Workspace) -> None:
    study = own_toy.root / STUDY
    before = study.read_bytes()
    found = verify(own_toy, own_toy.root / TEXT, fill=True)
    assert (found.changes, found.written, found.anchors) == ((), None, 30)
    assert study.read_bytes() == before


def test_a_text_of_no_study_is_refused(own_toy: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Something else.")
    with pytest.raises(IntlkgError, match="is none of this workspace's texts"):
        verify(own_toy, other)
    other.write_bytes(b"\xff\xfe")
    with pytest.raises(IntlkgError, match="give the text as UTF-8"):
        verify(own_toy, other)


def test_the_command_says_what_it_did(intlkg: Intlkg, own_toy: Workspace) -> None:
    text = own_toy.root / TEXT
    run = intlkg("verify", "--text", text, "--workspace", own_toy.root)
    assert (run.status, run.out) == (0, "")
    assert run.err == "30 anchored passages, 0 problems.\n"
    _insert(own_toy, NEW.format(words="We only followed"))
    run = intlkg("verify", "--text", text, "--write", "--workspace", own_toy.root)
    assert run.status == 0
    assert "h:q-new placed at 421" in run.err
    text.write_text(text.read_text("utf-8").replace("followed", "fo11owed"), encoding="utf-8")
    run = intlkg("verify", "--text", text, "--workspace", own_toy.root)
    assert run.status == 1
    assert "graphs/harbour-2020.trig:" in run.out
    assert "Traceback" not in run.err


@pytest.mark.parametrize("path", sorted((ROOT / "graphs").glob("*.trig")), ids=lambda p: p.name)
def test_our_graph_files_are_in_the_stable_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = read_document(path.name, text)
    assert isinstance(document, Document)
    assert document.text() == text


def test_the_layout_keeps_comments_order_and_meaning(tmp_path: Path) -> None:
    source = """# head
@prefix e: <http://e.org/> .
e:g { # inside
  # above
  e:a e:p "x # no comment; \\"quoted\\" ." , '''long
one''' ; e:q [ e:r ( 1 2.5 ) ] . # behind

  # alone

  e:b a e:C ;; e:p 1.5, true
}
GRAPH e:h { e:c e:p <http://e.org/x#y> }
"""
    before, after = tmp_path / "a.trig", tmp_path / "b.trig"
    before.write_text(source)
    document = read_document("a.trig", source)
    assert isinstance(document, Document)
    after.write_text(document.text())
    canonical = [pyoxigraph.Dataset(pyoxigraph.parse(p.read_bytes(), pyoxigraph.RdfFormat.TRIG))
                 for p in (before, after)]  # fmt: skip
    for dataset in canonical:
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert canonical[0] == canonical[1]
    for comment in ("# head", "# inside", "# above", "# behind", "# alone"):
        assert comment in document.text()
    again = read_document("b.trig", document.text())
    assert isinstance(again, Document)
    assert again.text() == document.text()


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("@prefix e: <http://e.org/> .\ne:a e:b e:c", "the file ends in the middle"),
        ("@prefix e: <http://e.org/> ;\n", "';' stands where '.' is needed"),
        ('e:g {\n\n e:a e:b "open }\n', "is not understood"),
    ],
)
def test_a_broken_file_is_a_problem_with_its_line(source: str, fault: str) -> None:
    problem = read_document("x.trig", source)
    assert isinstance(problem, Problem)
    assert fault in problem.message


def test_the_audit_lists_each_kind_of_fault(intlkg: Intlkg, toy: Workspace) -> None:
    run = intlkg("audit", "--workspace", toy.root)
    assert run.status == 0
    assert "   2  In-text citations that may mean more than one entry\n" in run.out
    assert "   1  Statements whose words differ between two printings\n" in run.out
    assert "   2  Numbers in prose that disagree with the table of participants\n" in run.out
    assert "   1  Printed words that mix look-alike letters of two alphabets\n" in run.out
    assert "met on the quаy" in run.out
    import json

    parts = json.loads(intlkg("audit", "--format", "json", "--workspace", toy.root).out)
    assert {part["question"] for part in parts} >= {"dangling-citations", "uncited-entries"}
    assert all(part["count"] == len(part["rows"]) for part in parts)
