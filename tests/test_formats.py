"""RIS and CSL-JSON, folders and standard input, inheritance, marks, and bibliographies out again."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from intlkg import bib, build, questions, workspace
from intlkg.base import Base
from intlkg.bib.work import resolved
from intlkg.errors import WorkspaceError
from intlkg.vocab import term
from intlkg.workspace import Workspace
from workspaces import DATA, Run

Intlkg = Callable[..., Run]
RIS = """TY  - JOUR
AU  - Smith, John
AU  - O'Neil, Jane {Q}
TI  - A title & more: 50% of C_1
T2  - Journal of X
PY  - 2019/03/01/
VL  - 3
IS  - 2
SP  - 1
EP  - 9
DO  - 10.1000/abc_d
KW  - born global
KW  - psychic distance
XX  - odd
ID  - smith2019
N1  - note
UR  - http://x.org/a?b=1&c=2
ER  -

TY  - BOOK
A1  - Doe, Jane, Jr.
T1  - A book without an end
Y1  - 2001
PB  - Taylor & Francis
"""
CSL = [
    {
        "id": "http://zotero.org/1", "type": "article-journal", "title": "Psychic distance",
        "author": [
            {"family": "Beck", "given": "Ann", "non-dropping-particle": "van der"},
            {"literal": "World Bank"},
        ],
        "container-title": "J", "issued": {"date-parts": [[2020, 5]]}, "DOI": "10.1/zz",
        "page": "1-9", "custom": {"a": 1},
    },
    {"id": "x2", "type": "book", "title": "B"},
]  # fmt: skip


def _written(own: Workspace, name: str) -> list[bib.Entry]:
    return list(bib.read(name, (own.root / "bib" / name).read_bytes()).entries)


def test_every_ris_record_is_read_even_without_its_end(own_toy: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "endnote.ris"
    file.write_text(RIS, encoding="utf-8")
    (added,) = bib.add(own_toy, [file]).files
    assert (added.blocks, len(added.added), added.failed) == (2, 2, ())
    assert [work.line for work in added.added] == [1, 20]
    article, book = _written(own_toy, "endnote.bib")
    assert (article.kind, book.kind) == ("article", "book")
    assert article.fields["ids"] == "smith2019"
    assert article.fields["ris-xx"] == "odd"
    assert article.fields["date"] == "2019-03-01"
    assert [name.suffix for name in bib.split(book.fields["author"])] == ["Jr."]
    graph = {(q.predicate.value, getattr(q.object, "value", "")) for q in bib.quads(
        "bib/endnote.bib", [article, book], base="http://e.org/", graph="http://e.org/g")}  # fmt: skip
    assert (term("dcterms:title"), "A title & more: 50% of C_1") in graph
    assert (term("foaf:name"), "Jane {Q} O'Neil") in graph
    assert (term("fabio:hasURL"), "http://x.org/a?b=1&c=2") in graph
    assert (term("dcterms:publisher"), "Taylor & Francis") in graph
    assert (term("prism:doi"), "10.1000/abc_d") in graph


def test_every_csl_item_is_read_and_what_is_none_is_named(
    own_toy: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "zotero.json"
    file.write_text(json.dumps([*CSL, 5], indent=1), encoding="utf-8")
    (added,) = bib.add(own_toy, [file]).files
    assert (added.blocks, len(added.added), len(added.failed)) == (3, 2, 1)
    assert "this is no CSL-JSON item" in added.failed[0].message
    article, _ = _written(own_toy, "zotero.bib")
    assert [name.full for name in bib.split(article.fields["author"])] == [
        "Ann van der Beck",
        "World Bank",
    ]
    assert article.fields["ids"] == "http://zotero.org/1"


def test_json_that_does_not_parse_is_a_problem(own_toy: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "cut.json"
    file.write_text('[\n{"id": "a",')
    (added,) = bib.add(own_toy, [file]).files
    assert added.blocks == 1
    assert "this is not JSON" in added.failed[0].message


def test_a_folder_a_pattern_and_standard_input(
    own_toy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ris").write_text(RIS)
    (tmp_path / "b.bib").write_text("@book{b, title = {Boats}, author = {Bo, B.}}")
    (tmp_path / "c.txt").write_text("nothing")
    found = bib.add(own_toy, [tmp_path], dry_run=True)
    assert [Path(file.path).name for file in found.files] == ["a.ris", "b.bib"]
    found = bib.add(own_toy, [tmp_path / "*.bib"], dry_run=True)
    assert [Path(file.path).name for file in found.files] == ["b.bib"]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(RIS.encode())))
    (piped,) = bib.add(own_toy, [Path("-")], dry_run=True).files
    assert len(piped.added) == 2


def test_utf16_without_a_mark_is_read() -> None:
    text = "@book{a, title = {Größe}}"
    for encoding in ("utf-16-le", "utf-16-be"):
        reading = bib.read("x.bib", text.encode(encoding))
        assert [entry.fields["title"] for entry in reading.entries] == ["Größe"]
        assert "UTF-16 without a byte-order mark" in reading.notes[0].message


def test_the_ledger_adds_up(intlkg: Intlkg, own_toy: Workspace, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.json"
    folder = tmp_path / "mine"
    shutil.copytree(DATA / "bib", folder)
    (folder / "more.ris").write_text(RIS)
    intlkg("add", folder, "--ledger", ledger, "--workspace", own_toy.root)
    files = json.loads(ledger.read_text(encoding="utf-8"))["files"]
    assert len(files) == len(list(folder.iterdir()))
    for file in files:
        counts = file["counts"]
        parts = [counts[part] for part in ("added", "known", "failed", "others")]
        assert counts["blocks"] == sum(parts)
        assert [len(file[part]) for part in ("added", "known", "failed")] == parts[:3]


def test_a_chapter_inherits_from_its_book_wherever_that_stands() -> None:
    entries = bib.read(
        "x.bib",
        b"""
@incollection{child, crossref = {book}, title = {Chapter}, author = {Cee, C.}}
@book{book, title = {Book}, editor = {Bee, B.}, year = 2001, xdata = {house}, keywords = {k}}
@xdata{house, publisher = {House}}
@book{loop, crossref = {loop}, title = {L}}
@book{lost, crossref = {nowhere}, title = {N}}
""",
    ).entries
    child, book, _, loop, lost = (entry.fields for entry in resolved(entries))
    assert child["title"] == "Chapter"
    assert (child["booktitle"], child["year"], child["publisher"]) == ("Book", "2001", "House")
    assert child["author"] == "Cee, C."
    assert "keywords" not in child
    assert book["publisher"] == "House"
    assert (loop["title"], lost["title"]) == ("L", "N")


def test_a_mark_leads_from_a_word_to_a_concept(own_toy: Workspace) -> None:
    answer = questions.ask(
        Base(own_toy, build.store(own_toy)), "sources-of-theme", {"theme": "harbour firm"}
    )
    assert answer.rows == (("Lind 2020", "work-marked", "mentions", "about", "harbour firm"),)
    marks = own_toy.root / "bib" / "themes.tsv"
    marks.write_text("word\tconcept\tstance\nTo Read\tgrowth-goal\tdisputes\n")
    store = build.store(own_toy)
    rows = questions.ask(Base(own_toy, store), "sources-of-theme", {"theme": "growth goal"}).rows
    assert ("Lind 2020", "work-marked", "disputes", "about", "growth goal") in rows
    words = [row[0] for row in questions.ask(Base(own_toy, store), "unmapped-words").rows]
    assert words == ["Harbours", "boats", "trade"]


def test_a_publishers_keyword_is_never_mapped(own_toy: Workspace) -> None:
    (own_toy.root / "bib" / "themes.tsv").write_text("word\tconcept\nshipping\tharbour-firm\n")
    answer = questions.ask(
        Base(own_toy, build.store(own_toy)), "sources-of-theme", {"theme": "harbour firm"}
    )
    assert answer.rows == ()


@pytest.mark.parametrize(
    ("table", "line", "fault"),
    [
        ("word\tcolour\n", 1, "the first line must name the columns"),
        ("word\tconcept\nboats\t\n", 2, "the row has no concept"),
        ("word\tconcept\tstance\nboats\tdistance\tloves\n", 2, "'loves' is no stance"),
    ],
)
def test_a_faulty_table_of_marks_is_named(
    own_toy: Workspace, intlkg: Intlkg, table: str, line: int, fault: str
) -> None:
    (own_toy.root / "bib" / "themes.tsv").write_text(table)
    run = intlkg("check", "--workspace", own_toy.root)
    assert run.status == 1
    assert f"bib/themes.tsv:{line}: {fault}" in run.out


def test_a_mark_on_a_concept_that_is_not_there_is_named(own_toy: Workspace, intlkg: Intlkg) -> None:
    (own_toy.root / "bib" / "themes.tsv").write_text("word\tconcept\nboats\tno-such-thing\n")
    run = intlkg("check", "--workspace", own_toy.root)
    assert run.status == 1
    assert "bib/themes.tsv:2: no theme is called 'no such thing'" in run.out


@pytest.mark.parametrize("path", sorted((DATA / "bib").glob("*.bib")), ids=lambda path: path.stem)
def test_what_came_in_goes_out_without_loss(intlkg: Intlkg, tmp_path: Path, path: Path) -> None:
    own = workspace.create(tmp_path / "own", "Own", "https://example.org/own/")
    bib.add(own, [path])
    run = intlkg("export", "--format", "bibtex", "--keys", "minted", "--workspace", own.root)
    assert run.status == 0
    (target,) = (own.root / "bib").glob("*.bib")
    before = bib.read("a", target.read_bytes()).entries
    after = bib.read("b", run.out.encode()).entries
    assert [(e.key, e.kind, dict(e.fields)) for e in after] == [
        (e.key, e.kind, dict(e.fields)) for e in before
    ]


def test_themes_go_out_in_one_field(intlkg: Intlkg, toy: Workspace) -> None:
    run = intlkg("export", "--format", "bibtex", "--theme", "harbour firm", "--workspace", toy.root)
    (entry,) = bib.read("x", run.out.encode()).entries
    assert entry.key == "lind-2020-small"
    assert "harbour firm" in entry.fields[bib.THEMES]


def test_other_tools_read_what_goes_out(intlkg: Intlkg, own_toy: Workspace, tmp_path: Path) -> None:
    import rispy

    own = workspace.create(tmp_path / "own", "Own", "https://example.org/own/")
    (tmp_path / "a.ris").write_text(RIS)
    (tmp_path / "b.json").write_text(json.dumps(CSL))
    bib.add(own, [tmp_path / "a.ris", tmp_path / "b.json"])
    ris = rispy.loads(intlkg("export", "--format", "ris", "--workspace", own.root).out)
    assert [record["title"] for record in ris] == [
        "A title & more: 50% of C_1", "A book without an end", "Psychic distance", "B"]  # fmt: skip
    assert ris[0]["authors"] == ["Smith, John", "O'Neil, Jane {Q}"]
    assert ris[1]["authors"] == ["Doe, Jane, Jr."]
    items = json.loads(intlkg("export", "--format", "csl-json", "--workspace", own.root).out)
    assert items[2]["custom"] == {"a": 1}
    assert (items[2]["page"], items[2]["DOI"]) == ("1-9", "10.1/zz")
    assert items[0]["issued"] == {"date-parts": [[2019, 3, 1]]}
    again = workspace.create(tmp_path / "again", "Again", "https://example.org/again/")
    (tmp_path / "c.json").write_text(json.dumps(items))
    (added,) = bib.add(again, [tmp_path / "c.json"]).files
    assert (len(added.added), added.failed) == (4, ())


def test_a_question_that_needs_values_is_refused(intlkg: Intlkg, toy: Workspace) -> None:
    run = intlkg(
        "export", "--format", "ris", "--question", "sources-of-theme", "--workspace", toy.root
    )
    assert run.status == 2
    assert "needs values" in run.err
    run = intlkg("export", "--theme", "visibility", "--workspace", toy.root)
    assert run.status == 2
    assert "add --format bibtex" in run.err


def test_a_new_workspace_inherits_the_model_and_takes_papers(
    intlkg: Intlkg, tmp_path: Path
) -> None:
    run = intlkg("init", tmp_path / "my review", "--title", 'A "title" \\ é')
    assert run.status == 0
    own = workspace.read(tmp_path / "my review")
    assert own.title == 'A "title" \\ é'
    (tmp_path / "a.ris").write_text(RIS)
    assert intlkg("add", tmp_path / "a.ris", "--workspace", own.root).status == 0
    assert intlkg("check", "--workspace", own.root).status == 0
    assert "doe-2001-book" in intlkg("ask", "works", "--workspace", own.root).out
    with pytest.raises(WorkspaceError, match="is a workspace already"):
        workspace.create(own.root, "x", "https://example.org/")
    with pytest.raises(WorkspaceError, match="must end with a slash"):
        workspace.create(tmp_path / "other", "x", "https://example.org")


def test_a_copied_workspace_answers_as_the_shipped(intlkg: Intlkg, tmp_path: Path) -> None:
    assert intlkg("init", tmp_path / "copy", "--copy").status == 0
    run = intlkg("trace", "visibility", "--workspace", tmp_path / "copy")
    assert "M2, M4, M11, M17" in run.out


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("title = {Speed of internationalisation in small firms}, year = 2019", True),
        ("title = {The speed of internationalization in small firms}, year = 2020", True),
        ("title = {Speed of internationalization in small firms: part 2}, year = 2019", False),
        ("title = {Speed of internationalization in small firms}, year = 2014", False),
        ("title = {Scope of regionalization in large companies}, year = 2019", False),
        ("title = {Speed of internationalization in small firms}, edition = {2}, year = 2020", False),
        ("title = {Speed of internationalization in smaller firms}, doi = {10.1000/b}, year = 2019",
         False),
    ],
)  # fmt: skip
def test_a_likely_duplicate_is_pointed_out_and_kept(
    own_toy: Workspace, tmp_path: Path, other: str, said: bool
) -> None:
    one = "title = {Speed of internationalization in small firms}, doi = {10.1000/a}, year = 2019"
    file = tmp_path / "two.bib"
    file.write_text(
        f"@article{{one, {one}, author = {{Ase, A.}}}}\n"
        f"@article{{two, {other}, author = {{Ase, Anna and Bo, B.}}}}\n"
    )
    (added,) = bib.add(own_toy, [file]).files
    assert len(added.added) == 2
    notes = [note.message for note in added.notes]
    assert len(notes) == said
    assert not said or notes[0].startswith("'two' may be the work ase-2019-speed (for: ")
