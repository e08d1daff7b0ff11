"""Evidence from papers: marks, passages, notes; in and out again, named by people."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg import bib, build, evidence, questions, workspace
from intlkg.base import Base
from intlkg.bib.passages import COLUMNS, noted
from intlkg.errors import BuildError, UnknownNameError, WorkspaceError
from intlkg.workspace import Workspace
from workspaces import DATA, Run, copy_of

PSYCHIC = "https://w3id.org/intlkg/concept/psychic-distance"


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    """The library workspace, to be changed by one test."""
    return copy_of(DATA / "library", tmp_path / "own")


def opened(own: Workspace) -> Base:
    return Base(own, build.store(own))


def stands(base: Base, theme: str) -> set[tuple[str, str, str]]:
    return {(who.name, who.voice, stance) for who, stance, *_ in evidence.trace(base, theme).who()}


def test_a_library_alone_is_evidence(library_base: Base) -> None:
    assert stands(library_base, "psychic distance") == {
        ("Dean 2019", "work", "supports"),
        ("Dean 2019", "work-marked", "supports"),
        ("Okafor & Reyes 2021", "work", "disputes"),
        ("Silva 2015", "work-marked", "disputes"),
    } | {("Tanaka 2020", "work", "supports")}


def test_a_keyword_never_weighs_like_a_quoted_page(library_base: Base) -> None:
    trace = evidence.trace(library_base, "psychic distance")
    kinds = {one.voice: one.hand for one in trace.evidence}
    assert kinds == {"work": "first", "work-marked": "none"}
    assert all(not one.words for one in trace.evidence if one.voice == "work-marked")


def test_words_are_checked_where_the_text_is_at_hand(library_base: Base) -> None:
    passages = [one for one in evidence.evidence(library_base) if one.kind == "passage"]
    checked = {one.words: one.checked for one in passages}
    assert checked["Far markets frighten small firms."] == "yes"
    assert checked["Our firms sold far away first."] == "text not at hand"


def test_words_that_are_not_in_the_text_are_told(own: Workspace) -> None:
    (own.root / "texts" / "okafor2021.txt").write_text("Something else.", encoding="utf-8")
    found = evidence.evidence(opened(own))
    assert {one.checked for one in found if one.words.startswith("Our firms")} == {"no"}


def test_a_note_without_a_mark_is_no_evidence(library_base: Base) -> None:
    silva = [one for one in evidence.evidence(library_base) if "Silva 2015" in one.names]
    assert {one.kind for one in silva} == {"mark"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "note",
            "[supports: psychic distance] “far is hard” (Doe, 2001, p. 12)",
            ("supports", "psychic distance", "far is hard", "12", ""),
        ),
        (
            "comment-ada",
            "“far is hard” (pp. 12--13) [disputes: psychic distance]",
            ("disputes", "psychic distance", "far is hard", "12–13", "ada"),
        ),
        ("annote", "[Mentions: Uppsala model]", ("mentions", "Uppsala model", "", "", "")),
        (
            "note",
            "``far is hard'' [supports: psychic distance]",
            ("supports", "psychic distance", "far is hard", "", ""),
        ),
    ],
)
def test_notes_of_other_programs(
    name: str, text: str, expected: tuple[str, str, str, str, str]
) -> None:
    (found,) = noted("doe2001", [(name, text)])
    page = found.page.replace("--", "–")
    assert (found.stance, found.theme, found.words, page, found.reader) == expected


def test_a_note_has_a_passage_a_paragraph() -> None:
    text = (
        "[supports: a] “one” (p. 1)\n\n[disputes: b | hinders | c] “two” (p. 2)\n\nNothing (p. 3)."
    )
    first, second = noted("k", [("note", text)])
    assert (first.theme, first.words, first.page) == ("a", "one", "1")
    assert (second.subject, second.relation, second.object) == ("b", "hinders", "c")
    assert (second.words, second.page) == ("two", "2")


@pytest.mark.parametrize("field", ["abstract", "title", "keywords", "comment"])
def test_other_fields_are_no_notes(field: str) -> None:
    assert not list(noted("k", [(field, "[supports: psychic distance] “x”")]))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"theme": "psychic distance"}, "the row has no work"),
        ({"work": "dean2019"}, "neither a theme nor a proposition"),
        ({"work": "dean2019", "subject": "war"}, "part of a proposition"),
        (
            {"work": "dean2019", "theme": "a", "subject": "b", "relation": "c", "object": "d"},
            "keep one of them",
        ),
        ({"work": "dean2019", "theme": "a", "stance": "likes"}, "'likes' is no stance"),
    ],
)
def test_a_row_at_fault_is_named_at_its_line(
    own: Workspace, row: dict[str, str], fault: str
) -> None:
    path = own.root / "bib" / "evidence.tsv"
    line = path.read_text(encoding="utf-8").count("\n") + 1
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\t".join(row.get(column, "") for column in COLUMNS) + "\n")
    with pytest.raises(BuildError) as raised:
        build.build(own)
    (problem,) = raised.value.problems
    assert (problem.path, problem.line) == ("bib/evidence.tsv", line)
    assert fault in problem.message


def test_a_repeated_row_is_named(own: Workspace) -> None:
    path = own.root / "bib" / "evidence.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(BuildError) as raised:
        build.build(own)
    assert "says the same as line 2" in raised.value.problems[0].message


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (("dean2019", "psychic distanse"), "no theme is called 'psychic distanse'; did you mean"),
        (("deen2019", "psychic distance"), "no work is called 'deen2019'; did you mean"),
    ],
)
def test_names_that_nothing_has_are_problems_at_their_row(
    own: Workspace, intlkg: Callable[..., Run], cells: tuple[str, str], fault: str
) -> None:
    path = own.root / "bib" / "evidence.tsv"
    line = path.read_text(encoding="utf-8").count("\n") + 1
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\t".join(cells) + "\n")
    run = intlkg("check", "--workspace", own.root)
    assert run.status == 1
    assert f"bib/evidence.tsv:{line}: {fault}" in run.out


def test_columns_and_separators_are_the_person_s(own: Workspace) -> None:
    path = own.root / "bib" / "evidence.tsv"
    path.write_bytes(
        '\ufeffmine;stance;theme;page;words;work\r\nx;supports;Psychic Distance;9;"a; b";silva2015\r\n'.encode()
    )
    base = opened(own)
    (found,) = [one for one in evidence.evidence(base) if one.words == "a; b"]
    assert (found.names, found.places[0].locator) == (("Silva 2015",), "p. 9")
    bib.note(
        own, bib.Note("dean2019", "psychic distance", "", "", "", "mentions", "c; d", "1", "", "")
    )
    lines = path.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[2] == ';mentions;psychic distance;1;"c; d";dean2019'
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_value_without_its_column_is_refused(own: Workspace) -> None:
    path = own.root / "bib" / "evidence.tsv"
    path.write_text("work\ttheme\n", encoding="utf-8")
    note = bib.Note("dean2019", "psychic distance", "", "", "", "", "words", "", "", "")
    with pytest.raises(WorkspaceError, match="no column 'words'"):
        bib.note(own, note)
    assert path.read_text(encoding="utf-8") == "work\ttheme\n"


def test_note_adds_evidence_that_trace_shows_at_once(
    own: Workspace, intlkg: Callable[..., Run]
) -> None:
    arguments = (
        "--says", "language distance hinders internationalization", "--words", "we did not understand",
        "--page", "3", "--by", "Ada", "--workspace", own.root,
    )  # fmt: skip
    run = intlkg("note", "silva2015", *arguments)
    assert run.status == 0, run.err
    said = json.loads(intlkg("trace", "--workspace", own.root, "language distance", "--json").out)
    (proposition,) = said["propositions"]
    assert proposition["label"] == "language distance hinders internationalization"
    (one,) = proposition["evidence"]
    assert (one["words"], one["places"][0]["text"]) == ("we did not understand", "Silva 2015, p. 3")
    assert said["who"] == [
        {
            "name": "Silva 2015",
            "iri": "https://example.org/own/work/silva2015",
            "voice": "work",
            "stance": "supports",
            "role": "about",
            "themes": ["language distance"],
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (
            ("dean", "--theme", "psychic distance"),
            "no work has the key 'dean'; did you mean 'dean2019'",
        ),
        (("dean2019", "--theme", "psychic distanse"), "no theme is called"),
        (("dean2019", "--says", "war and peace"), "has no relation"),
        (("dean2019", "--says", "warx hinders internationalization"), "no theme is called 'warx'"),
        (("dean2019",), "say what it is on"),
        (("dean2019", "--theme", "a", "--says", "b"), "say what it is on"),
    ],
)
def test_note_refuses_what_is_not_there(
    own: Workspace, intlkg: Callable[..., Run], arguments: tuple[str, ...], fault: str
) -> None:
    before = (own.root / "bib" / "evidence.tsv").read_bytes()
    run = intlkg("note", *arguments, "--workspace", own.root)
    assert run.status == 2
    assert fault in run.err
    assert "Traceback" not in run.err
    assert (own.root / "bib" / "evidence.tsv").read_bytes() == before


def test_note_says_when_the_evidence_is_there_already(
    own: Workspace, intlkg: Callable[..., Run]
) -> None:
    note = ("note", "dean2019", "--theme", "born global firm", "--workspace", own.root)
    assert intlkg(*note).status == 0
    again = intlkg(*note)
    assert again.status == 2
    assert "says the same as line" in again.err


def test_what_goes_out_comes_back_as_what_it_was(own: Workspace, tmp_path: Path) -> None:
    base = opened(own)
    (tmp_path / "out.bib").write_text(evidence.bibliography(base, "bibtex"), encoding="utf-8")
    other = workspace.create(tmp_path / "other", "Other", "https://example.org/other/")
    bib.add(other, [tmp_path / "out.bib"])
    back = opened(other)
    for theme in ("psychic distance", "born global firm", "cultural distance"):
        assert stands(back, theme) == stands(base, theme), theme
    words = {(one.words, one.reader) for one in evidence.evidence(base) if one.kind == "passage"}
    assert {(o.words, o.reader) for o in evidence.evidence(back) if o.kind == "passage"} == words


def test_second_hand_never_returns_as_a_mark(corpus_base: Base, tmp_path: Path) -> None:
    exported = evidence.bibliography(corpus_base, "bibtex", theme="psychic distance")
    assert "reported supports" in exported
    (tmp_path / "out.bib").write_text(exported, encoding="utf-8")
    other = workspace.create(tmp_path / "other", "Other", "https://example.org/other/")
    bib.add(other, [tmp_path / "out.bib"])
    assert not evidence.evidence(opened(other))


def test_names_in_any_language_and_any_namespace(ward_base: Base) -> None:
    for name in ("moral injury", "moralische Verletzung", "blessure morale", "MoralInjury",
                 "https://vocab.example.net/nursing#MoralInjury", "NACHTSCHICHT"):  # fmt: skip
        assert evidence.trace(ward_base, name).theme.iri.startswith("https://vocab.example.net/")
    assert evidence.trace(ward_base, "moral injury").theme.label == "moralische Verletzung"
    assert evidence.scheme(ward_base, "mesures").label == "Massnahmen"
    with pytest.raises(UnknownNameError):
        evidence.trace(ward_base, "visibility")


def test_a_workspace_of_another_field_has_no_problems_and_all_doors(
    ward_base: Base, corpus_base: Base, intlkg: Callable[..., Run]
) -> None:
    root = ward_base.workspace.root
    run = intlkg("check", "--workspace", root)
    assert run.status == 0, run.out
    for name in evidence.TABLES:
        assert intlkg("table", name, "--workspace", root).status == 0
    head = evidence.table(ward_base, "gap-map").head
    assert head[-1] == "Nachbesprechung"
    asked = questions.asked(ward_base.workspace)
    assert not set(questions.load(corpus_base.workspace, "field")) & set(asked)
    for name, query in asked.items():
        if not query.parameters:
            assert intlkg("ask", name, "--workspace", root).status == 0, name


def test_a_workspace_of_the_first_release_still_opens(
    own_toy: Workspace, intlkg: Callable[..., Run]
) -> None:
    path = own_toy.root / "graphs" / "harbour-2020.trig"
    old = path.read_text(encoding="utf-8").replace("ik:stance", "ik:direction")
    path.write_text(old, encoding="utf-8")
    base = opened(own_toy)
    assert evidence.trace(base, "visibility").who()
    run = intlkg("check", "--workspace", own_toy.root)
    assert "it uses ik:direction, which is now called ik:stance; write the new name" in run.out
    assert "graphs/harbour-2020.trig:" in run.out
