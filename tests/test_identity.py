"""Which entries are one work: reasons for and against, and every union undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg import bib, build, evidence, review
from intlkg.base import Base
from intlkg.bib.ledger import FileAddition
from intlkg.bib.merge import split
from intlkg.errors import WorkspaceError
from intlkg.vocab import term
from intlkg.workspace import Workspace
from workspaces import Run

LONG = "title = {Export barriers of small firms in the north}, author = {Doe, Ann}"


def _add(workspace: Workspace, folder: Path, name: str, *entries: str) -> FileAddition:
    path = folder / name
    path.write_text("\n".join(entries))
    (file,) = bib.add(workspace, [path]).files
    taken = (file.added, file.updated, file.merged, file.known, file.failed)
    assert file.blocks == sum(map(len, taken)) + file.others
    return file


def _entries(workspace: Workspace, name: str) -> dict[str, bib.Entry]:
    content = (workspace.root / "bib" / name).read_bytes()
    return {entry.key: entry for entry in bib.read(name, content).entries}


@pytest.mark.parametrize(
    ("one", "other", "against"),
    [
        ("pages = {6--7}", "pages = {147--150}", "pages from 6 and 147"),
        ("volume = {1}", "volume = {2}", "volume 1 and 2"),
        ("number = {1}", "number = {2}", "number 1 and 2"),
        ("journal = {T}", "journal = {Reviews of Ports}", "in 't' and 'reviews of ports'"),
        ("author = {Doe, Bob}", "author = {Doe, Jane}", "given names bob and jane"),
        ("edition = {1}", "edition = {2nd}", "edition 1 and 2"),
        ("journal = {J}", "eprint = {2001.01234}, archiveprefix = {arXiv}", "one is a preprint"),
        ("author = {Doe, Ann and Lu, Jane}", "author = {Doe, Ann and Li, Wei}", "by 'doe, lu'"),
    ],
)
def test_what_speaks_against_it_makes_two_works_that_a_person_looks_at(
    own_toy: Workspace, tmp_path: Path, one: str, other: str, against: str
) -> None:
    common = LONG.split(", author")[0] if "author" in one else LONG
    first = f"@article{{a, {common}, year = 2001, {one}}}"
    second = f"@article{{b, {common}, year = 2001, {other}}}"
    file = _add(own_toy, tmp_path, "mine.bib", first, second)
    assert len(file.added) == 2
    assert against in file.notes[0].message
    assert "same title" in file.notes[0].message
    (pair,) = [
        s
        for s in review.suggestions(Base(own_toy, build.store(own_toy)))
        if "same-as:" in s.concept
    ]
    assert against in pair.context
    again = _add(own_toy, tmp_path, "mine.bib", first, second)
    assert (len(again.known), again.notes) == (2, ())


def test_another_type_is_looked_at(own_toy: Workspace, tmp_path: Path) -> None:
    entries = [f"@{kind}{{{kind}, {LONG}, year = 2001}}" for kind in ("article", "incollection")]
    file = _add(own_toy, tmp_path, "mine.bib", *entries)
    assert len(file.added) == 2
    assert "type article and chapter" in file.notes[0].message


def test_a_column_of_editorials_loses_none(own_toy: Workspace, tmp_path: Path) -> None:
    column = [
        f"@article{{e{n}, title = {{Editorial comments}}, author = {{Beeton, Barbara}}, "
        f"journal = {{T}}, year = {{{1980 + n // 12}}}, number = {{{n % 12}}}, "
        f"pages = {{{n * 3}--{n * 3 + 1}}}}}"
        for n in range(500)
    ]
    file = _add(own_toy, tmp_path, "mine.bib", *column)
    assert (len(file.added), file.notes) == (500, ())
    assert len(_add(own_toy, tmp_path, "mine.bib", *column).known) == 500


@pytest.mark.parametrize(
    "given", ["number = 1", "booktitle = {Handbook of Ports}", "journal = {J}, year = 1989", ""]
)
def test_a_title_that_recurs_needs_more_than_a_year_and_an_author(
    own_toy: Workspace, tmp_path: Path, given: str
) -> None:
    head = "title = {Introduction}, author = {Doe, Ann}, year = 1989"
    first = f"@incollection{{a, {head}, booktitle = {{Handbook of Boats}}, note = {{x}}}}"
    file = _add(own_toy, tmp_path, "mine.bib", first, f"@incollection{{b, {head}, {given}}}")
    assert len(file.added) == 2


def test_namesakes_with_one_title_are_two(own_toy: Workspace, tmp_path: Path) -> None:
    reviews = [
        f"@article{{{key}, title = {{Book review}}, author = {{{who}}}, journal = {{{where}}}, "
        "year = 2003}"
        for key, who, where in (("r1", "Lu, Jane", "J"), ("r2", "Lu, Wei", "K"))
    ]
    assert len(_add(own_toy, tmp_path, "mine.bib", *reviews).added) == 2


def test_the_doi_of_a_book_does_not_make_one_of_its_chapters(
    own_toy: Workspace, tmp_path: Path
) -> None:
    first = (
        "@incollection{c1, author = {Doe, Ann}, title = {Networks of exporters}, "
        "doi = {10.1000/book}}"
    )
    second = (
        "@incollection{c2, author = {Roe, Bob}, title = {Banks and their clients}, "
        "doi = {10.1000/book}, abstract = {Banks.}, keywords = {money}}"
    )
    _add(own_toy, tmp_path, "mine.bib", first)
    file = _add(own_toy, tmp_path, "theirs.bib", second)
    assert [work.key for work in file.added] == ["roe-nd-banks"]
    assert "for: same DOI; against: titles 'networks of" in file.notes[0].message
    (pair,) = bib.duplicates(own_toy)
    assert pair.reasons == ("same DOI",)


SAME = {
    "another form of the name": ("Hosseinzadeh Lotfi, F.", "Lotfi, F. Hosseinzadeh", "", ""),
    "an umlaut": (r"M{\"u}ller, J{\"o}rg", "Mueller, J.", "", ""),
    "no year": ("Doe, Ann", "Doe, Ann", "year = 2019", "volume = 3"),
    "a subtitle": ("Doe, Ann", "Doe, Ann", "year = 2019", "year = 2019"),
    "math": ("Doe, Ann", "Doe, Ann", "year = 2019, volume = 3", "year = 2019, volume = 4"),
}


@pytest.mark.parametrize("case", SAME)
def test_what_may_be_one_work_is_pointed_out(own_toy: Workspace, tmp_path: Path, case: str) -> None:
    first, second, more, other = SAME[case]
    title, again = "Storage of H2O in small harbours", "Storage of H2O in small harbours"
    if case == "a subtitle":
        again += ": Evidence from the north"
    if case == "math":
        again = again.replace("H2O", "H$_2$O")
    a = f"@article{{a, author = {{{first}}}, title = {{{title}}}, {more}}}"
    b = f"@article{{b, author = {{{second}}}, title = {{{again}}}, {other}}}"
    file = _add(own_toy, tmp_path, "mine.bib", a, b)
    assert len(file.added) == 2
    assert "may be the work" in file.notes[0].message
    assert len(bib.duplicates(own_toy)) == 1


def test_journals_may_be_abbreviated_and_given_names_too(
    own_toy: Workspace, tmp_path: Path
) -> None:
    first = f"@article{{a, {LONG}, year = 2001, journal = {{Journal of World Business}}}}"
    second = (
        first.replace("{a,", "{b,")
        .replace("Ann", "A.")
        .replace("Journal of World Business", "J. World Bus.")
    )
    _add(own_toy, tmp_path, "mine.bib", first)
    file = _add(own_toy, tmp_path, "theirs.bib", second)
    assert [one.reason for one in file.merged] == ["same title, year and first author"]


def test_a_key_that_looks_like_ours_identifies_nothing(own_toy: Workspace, tmp_path: Path) -> None:
    first = (
        "@article{doe2001a, author={Doe, Ann}, title={Networks of small exporters in Norway}, "
        "journal={J}, year={2001}, pages={1--9}}"
    )
    second = (
        "@article{doe-2001-networks, author={Doe, Ann}, title={Networks of small exporters in "
        "Sweden}, journal={K}, year={2001}, pages={55--70}}"
    )
    for _ in range(2):
        file = _add(own_toy, tmp_path, "mine.bib", first, second)
    assert len(_entries(own_toy, "mine.bib")) == 2
    assert [one.same_as for one in file.known] == ["doe-2001-networks", "doe-2001-networks-2"]


@pytest.mark.parametrize("target", ["a-2001", "nobody-1999-nothing"])
def test_same_as_takes_only_another_works_key(
    own_toy: Workspace, tmp_path: Path, target: str
) -> None:
    _add(own_toy, tmp_path, "mine.bib", "@misc{a, title = {A}, year = 2001}")
    before = (own_toy.root / "bib/mine.bib").read_bytes()
    with pytest.raises(WorkspaceError, match=r"is no work's key|is the same work as itself"):
        bib.decide(own_toy, [bib.Decision("a-2001", f"same-as:{target}", "accept", "me")])
    assert (own_toy.root / "bib/mine.bib").read_bytes() == before
    assert (
        not (own_toy.root / "bib/reviewed.tsv").exists()
        or target not in (own_toy.root / "bib/reviewed.tsv").read_text()
    )


FIRST = f"@article{{k, {LONG}, year = 2001, journal = {{J}}, doi = {{10.1234/abc}}}}"
SECOND = f"@misc{{k2, {LONG}, year = 2002, doi = {{10.1234/abc}}, abstract = {{We look.}}}}"


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_the_type_is_that_of_the_first_known(own_toy: Workspace, tmp_path: Path, form: str) -> None:
    _add(own_toy, tmp_path, "z.bib", FIRST)
    _add(own_toy, tmp_path, "a.bib", SECOND)
    text = evidence.bibliography(Base(own_toy, build.store(own_toy)), form)
    (entry,) = [e for e in bib.read_any("out", text.encode()).entries if "export" in e.key]
    assert (entry.kind, entry.fields["abstract"]) == ("article", "We look.")
    assert "intlkg-said" not in text
    kinds = {
        quad.object.value.rsplit("/", 1)[-1]
        for quad in build.dump(own_toy)
        if quad.subject.value.endswith("doe-2001-export")
        and quad.predicate.value == term("rdf:type")
    }
    assert "JournalArticle" in kinds
    assert "Expression" not in kinds - {"JournalArticle"} or "JournalArticle" in kinds


def test_a_union_by_an_identifier_is_undone(own_toy: Workspace, tmp_path: Path) -> None:
    _add(own_toy, tmp_path, "z.bib", FIRST)
    _add(own_toy, tmp_path, "a.bib", SECOND)
    first, second = split(own_toy, "doe-2001-export")
    assert (first.file, first.key) == ("bib/z.bib", "doe-2001-export")
    assert (second.file, second.key) == ("bib/a.bib", "doe-2002-export")
    entry = _entries(own_toy, "a.bib")["doe-2002-export"]
    fields = dict(entry.fields)
    assert fields.pop("ids") == "k2"
    assert entry.kind == "misc"
    assert fields == dict(bib.read("x", SECOND.encode()).entries[0].fields)
    for name, text in (("z.bib", FIRST), ("a.bib", SECOND)):
        file = _add(own_toy, tmp_path, name, text)
        assert not (file.added or file.updated or file.merged)
    with pytest.raises(WorkspaceError, match="nothing to split"):
        split(own_toy, "doe-2001-export")
    with pytest.raises(WorkspaceError, match="is no work"):
        split(own_toy, "nobody")


@pytest.mark.parametrize("names", [("z.bib", "a.bib"), ("z.bib", "z.bib")])
def test_a_union_by_a_person_is_undone(
    own_toy: Workspace, tmp_path: Path, names: tuple[str, str]
) -> None:
    one = f"@article{{k, {LONG}, year = 2001, volume = 3, pages = {{1--9}}}}"
    other = f"@article{{k2, {LONG}, year = 2001, volume = 4, number = 7}}"
    if names[0] == names[1]:
        _add(own_toy, tmp_path, "z.bib", one, other)
    else:
        for name, text in zip(names, (one, other), strict=True):
            _add(own_toy, tmp_path, name, text)
    work, same = "doe-2001-export", "doe-2001-export-2"
    bib.decide(own_toy, [bib.Decision(same, f"same-as:{work}", "accept", "me")])
    assert [pair.other for pair in bib.duplicates(own_toy)] == []
    build.build(own_toy)
    _, parted = split(own_toy, work)
    entry = next(
        entry
        for path in sorted((own_toy.root / "bib").glob("*.bib"))
        for entry in bib.read("x", path.read_bytes()).entries
        if entry.key == parted.key
    )
    assert (entry.fields["volume"], entry.fields["number"]) == ("4", "7")
    assert "pages" not in entry.fields
    assert "k2" in entry.fields["ids"]


def test_an_entry_that_is_retitled_is_asked_about(own_toy: Workspace, tmp_path: Path) -> None:
    old = f"@incollection{{madsen, {LONG}, year = 2002}}"
    new = old.replace("Export barriers of small firms in the north", "Quite another thing")
    _add(own_toy, tmp_path, "mine.bib", old)
    file = _add(own_toy, tmp_path, "mine.bib", new)
    assert [one.reason for one in file.known] == ["same key in this library, other title"]
    assert "add again with --same madsen, else give it another key" in file.notes[0].message
    assert len(_entries(own_toy, "mine.bib")) == 1
    (file,) = bib.add(own_toy, [tmp_path / "mine.bib"], same=["madsen"]).files
    assert [one.fields for one in file.updated] == [("title",)]
    assert _add(own_toy, tmp_path, "mine.bib", new).known


def test_another_persons_library_of_the_same_name_keeps_its_works(
    own_toy: Workspace, tmp_path: Path
) -> None:
    _add(own_toy, tmp_path, "library.bib", f"@article{{ref1, {LONG}, year = 2002}}")
    other = "@article{ref1, title = {Banks and their clients}, author = {Roe, Bob}, year = 2002}"
    assert len(_add(own_toy, tmp_path, "library.bib", other).added) == 1


def test_what_vanished_from_a_library_is_named_and_pruned_on_demand(
    own_toy: Workspace, tmp_path: Path
) -> None:
    books = [f"@book{{b{n}, title = {{Boats of {n} oars}}, author = {{Doe, A}}}}" for n in range(4)]
    _add(own_toy, tmp_path, "mine.bib", *books)
    file = _add(own_toy, tmp_path, "mine.bib", *books[1:])
    assert [(one.key, one.pruned) for one in file.gone] == [("doe-nd-boats", False)]
    assert len(_entries(own_toy, "mine.bib")) == 4
    report = bib.report(bib.Addition((file,)))
    assert "gone: doe-nd-boats (boats of 0 oars) is no longer in the file; kept here" in report
    (dry,) = bib.add(own_toy, [tmp_path / "mine.bib"], prune=True, dry_run=True).files
    assert [one.pruned for one in dry.gone] == [True]
    assert len(_entries(own_toy, "mine.bib")) == 4
    (file,) = bib.add(own_toy, [tmp_path / "mine.bib"], prune=True).files
    assert [one.pruned for one in file.gone] == [True]
    assert len(_entries(own_toy, "mine.bib")) == 3
    assert not _add(own_toy, tmp_path, "mine.bib", *books[1:]).gone


def test_another_library_of_the_same_name_prunes_nothing(
    own_toy: Workspace, tmp_path: Path
) -> None:
    books = [f"@book{{b{n}, title = {{Boats of {n} oars}}, author = {{Doe, A}}}}" for n in range(4)]
    _add(own_toy, tmp_path, "mine.bib", *books)
    (tmp_path / "mine.bib").write_text(books[0])
    (file,) = bib.add(own_toy, [tmp_path / "mine.bib"], prune=True).files
    assert file.gone == ()
    assert len(_entries(own_toy, "mine.bib")) == 4


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("Иванов, Пётр", "Экспорт малых фирм", "ivanov-2020-eksport"),
        ("Παπαδόπουλος, Νίκος", "Εξαγωγές", "papadopoylos-2020-exagoges"),
        ("李明", "中国企业国际化", "liming-2020-zhongguoqiye"),
    ],
)
def test_keys_in_other_scripts_are_telling(author: str, title: str, key: str) -> None:
    text = f"@article{{x, author = {{{author}}}, title = {{{title}}}, year = 2020}}"
    (entry,) = bib.read("x", text.encode()).entries
    assert bib.mint(entry) == key


def test_what_each_library_brought_is_counted(
    own_toy: Workspace, tmp_path: Path, intlkg: Callable[..., Run]
) -> None:
    books = [f"@book{{b{n}, title = {{Boats of {n} oars}}, author = {{Doe, A}}}}" for n in range(4)]
    _add(own_toy, tmp_path, "one.bib", *books[:3], books[0].replace("b0", "again"), "@book{x, t={")
    for _ in range(2):
        _add(own_toy, tmp_path, "two.bib", books[2], books[3], "@comment{no work}")
    assert bib.sources(own_toy) == [
        bib.Source("one.bib", 5, 1, 1, 0, 3),
        bib.Source("two.bib", 2, 0, 0, 1, 1),
    ]
    run = intlkg("table", "sources-found", "--format", "csv", "--workspace", own_toy.root)
    assert run.out.splitlines() == [
        "source,found,failed,repeated,known already,new",
        "one.bib,5,1,1,0,3", "two.bib,2,0,0,1,1", "all,7,1,1,1,4",
    ]  # fmt: skip


def test_a_union_is_undone_at_the_command_line(
    own_toy: Workspace, tmp_path: Path, intlkg: Callable[..., Run]
) -> None:
    _add(own_toy, tmp_path, "z.bib", FIRST)
    _add(own_toy, tmp_path, "a.bib", SECOND)
    where = ("--workspace", own_toy.root)
    run = intlkg("review", "--split", "doe-2001-export", *where)
    assert (run.status, "add --by NAME" in run.err) == (2, True)
    run = intlkg("review", "--split", "doe-2001-export", "--by", "Ada", *where)
    assert run.status == 0
    assert run.out.splitlines() == [
        "doe-2001-export (bib/z.bib): ids, title, author, year, journal, doi",
        "doe-2002-export (bib/a.bib): title, author, doi, ids, abstract, year",
    ]
    table = (own_toy.root / "bib/reviewed.tsv").read_text()
    assert "doe-2002-export\tsame-as:doe-2001-export\treject\tAda" in table
    assert intlkg("review", "--split", "nobody", "--by", "Ada", *where).status == 2


def test_a_title_that_its_author_gave_to_several_works_needs_its_place(
    own_toy: Workspace, tmp_path: Path
) -> None:
    column = [
        f"@article{{e{n}, title = {{Letters from the harbour}}, author = {{Doe, Ann}}, "
        f"journal = {{T}}, year = {{{1990 + n}}}, volume = {{{n + 1}}}, pages = {{{n + 3}}}}}"
        for n in range(3)
    ]
    _add(own_toy, tmp_path, "mine.bib", *column)
    bare = "@article{x, title = {Letters from the harbour}, author = {Doe, Ann}, year = 1991"
    file = _add(own_toy, tmp_path, "theirs.bib", f"{bare}}}")
    assert len(file.added) == 1
    assert "several works have this title and author" in file.notes[0].message
    placed = _add(own_toy, tmp_path, "others.bib", f"{bare}, volume = 2, pages = {{4}}}}")
    assert [one.same_as for one in (*placed.merged, *placed.known)] == ["doe-1991-letters"]


def test_numbers_in_titles_at_one_place_are_looked_at(own_toy: Workspace, tmp_path: Path) -> None:
    head = "author = {Doe, Ann}, year = 2013, volume = 3, pages = {15--19}"
    a = f"@article{{a, title = {{Hidden surface states at non-polar GaN (10-10) facets}}, {head}}}"
    b = f"@article{{b, title = {{Hidden surface states at non-polar GaN 1010 facets}}, {head}}}"
    file = _add(own_toy, tmp_path, "mine.bib", a, b)
    assert len(file.added) == 2
    assert "titles alike" in file.notes[0].message


def test_columns_of_two_years_in_other_pages_are_not_asked_about(
    own_toy: Workspace, tmp_path: Path
) -> None:
    column = [
        f"@article{{e{n}, title = {{Letters from the harbour}}, author = {{Doe, Ann}}, "
        f"journal = {{T}}, year = {{{1990 + n}}}, pages = {{{10 * n + 3}}}}}"
        for n in range(5)
    ]
    assert _add(own_toy, tmp_path, "mine.bib", *column).notes == ()
    assert bib.duplicates(own_toy) == []
