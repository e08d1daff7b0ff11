import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg import bib, build
from intlkg.bib.latex import decode
from intlkg.bib.records import doi
from intlkg.store import Quad
from intlkg.vocab import term
from intlkg.workspace import Workspace
from workspaces import DATA, ROOT, Run

FILES = sorted((DATA / "bib").glob("*.bib"))


def _read(name: str) -> bib.Reading:
    return bib.read(name, (DATA / "bib" / name).read_bytes())


def _said(name: str) -> set[tuple[str, str, str]]:
    quads = bib.quads(f"bib/{name}", _read(name).entries, base="https://b/", graph="https://g")
    return {_plain(quad) for quad in quads}


def _plain(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject)[1:-1], str(quad.predicate)[1:-1], getattr(quad.object, "value", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_block_is_accounted_for(path: Path) -> None:
    reading = bib.read(path.name, path.read_bytes())
    assert reading.blocks == len(reading.entries) + len(reading.failed) + reading.others
    assert path.read_bytes().count(b"@") == reading.blocks
    assert reading.entries


def test_a_repeated_field_loses_neither_the_entry_nor_the_second_value() -> None:
    entry = _read("zotero.bib").entries[0]
    assert entry.fields["annote"] == "<p>first note</p>\n\n<p>second note</p>"
    assert entry.fields["doi"] == "10.1057/jibs.2009.24"
    assert entry.line == 2


def test_a_repeated_key_keeps_both_entries_and_names_both_lines() -> None:
    reading = _read("jabref.bib")
    assert [entry.fields["year"] for entry in reading.entries] == ["2003", "2004"]
    assert [str(note) for note in reading.notes] == [
        "jabref.bib:14: key 'Bell2003' is used twice (first at line 5); rename one of them"
    ]


def test_macros_and_concatenation_are_resolved() -> None:
    entry = _read("jabref.bib").entries[0]
    assert entry.fields["journal"] == "Journal of International Business Studies (Online)"
    assert entry.fields["month"] == "jan"


def test_a_broken_entry_is_named_with_its_line_and_spoils_no_other() -> None:
    reading = _read("broken.bib")
    assert [entry.key for entry in reading.entries] == ["first-2001-good", "last-2003-good", ""]
    (failed,) = reading.failed
    assert str(failed).startswith("broken.bib:7: the block '@article{broken,' cannot be read (")
    assert failed.message.endswith("; mend it and add again")


def test_a_file_that_is_not_utf8_is_read_and_said_to_be_so() -> None:
    reading = _read("windows-1252.bib")
    assert reading.entries[0].fields["title"] == "Café exports"
    assert str(reading.notes[0]) == (
        "windows-1252.bib:2: this is not UTF-8 and was read as Windows-1252; save it as UTF-8"
    )


def test_a_byte_order_mark_and_old_line_ends_do_no_harm() -> None:
    content = "\ufeff@book{a,\r\n title = {T},\r\n}\r\n".encode()
    (entry,) = bib.read("x.bib", content).entries
    assert (entry.key, entry.line, entry.fields) == ("a", 1, {"title": "T"})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"M{\"u}ller \& S{\o}n", "Müller & Søn"),
        (r"Taylor & Francis", "Taylor & Francis"),
        (r"\'{e}t\'e, {\'\i}, \v{S}koda, \c{C}a, Erd\H{o}s", "été, í, Škoda, Ça, Erdős"),
        (r"{\AA}se {\ss} \aa ngstr\"om \L{}\'od\'z", "Åse ß ångström Łódź"),
        (r"the \emph{new} {SME} \textbf{way}", "the new SME way"),
        (r"100\% of \$5, a\_b, \{x\}", "100% of $5, a_b, {x}"),
        ("pp. 1--2 --- ``quoted''", "pp. 1–2 — “quoted”"),
        ("A~B\n  C", "A B C"),
        (r"$n=3$ and \unknown stays", r"$n=3$ and \unknown stays"),
    ],
)
def test_latex_becomes_unicode(written: str, meant: str) -> None:
    assert decode(written) == meant


@pytest.mark.parametrize(
    ("field", "family", "given"),
    [
        ("Johanson, Jan", "Johanson", "Jan"),
        ("van der Berg, Mikkel", "van der Berg", "Mikkel"),
        ("Jean-Luc de la Croix", "de la Croix", "Jean-Luc"),
        ("{U.S. Bureau of the Census}", "U.S. Bureau of the Census", ""),
        (r"Nu{\~n}ez, J{\'a}n", "Nuñez", "Ján"),
        ("Winch, G.W.", "Winch", "G.W."),
    ],
)
def test_a_name_is_split_before_it_is_decoded(field: str, family: str, given: str) -> None:
    (name,) = bib.split(field)
    assert (name.family, name.given) == (family, given)


def test_and_others_is_nobody() -> None:
    assert [name.family for name in bib.split("Jim Bell and others")] == ["Bell"]


def test_a_suffix_is_kept() -> None:
    (name,) = bib.split("Smith, Jr, John")
    assert name.full == "John Smith Jr"


@pytest.mark.parametrize(
    "written",
    ["10.1057/JIBS.2009.24", "https://doi.org/10.1057/jibs.2009.24", "doi:10.1057/jibs.2009.24.",
     "DOI DOI 10.1057/jibs.2009.24", "http://dx.doi.org/10.1057/jibs.2009.24"],
)  # fmt: skip
def test_a_doi_is_known_in_all_its_forms(written: str) -> None:
    assert doi(written) == "10.1057/jibs.2009.24"


def test_keys_are_minted_from_authors_year_and_title() -> None:
    minted = [
        bib.mint(entry) for name in ("zotero.bib", "jabref.bib") for entry in _read(name).entries
    ]
    assert minted == [
        "johanson-vahlne-2009-uppsala",
        "van-der-berg-etal-2015-export",
        "oecd-nd-sme",
        "bell-etal-2003-integrative",
        "nunez-muller-2004-born",
    ]


def test_a_key_that_is_taken_gets_a_number() -> None:
    entry = _read("zotero.bib").entries[0]
    taken = {"johanson-vahlne-2009-uppsala", "johanson-vahlne-2009-uppsala-2"}
    assert bib.mint(entry, taken) == "johanson-vahlne-2009-uppsala-3"


def test_the_keys_of_the_shipped_files_are_what_would_be_minted() -> None:
    for path in sorted((ROOT / "bib").glob("*.bib")):
        taken: set[str] = set()
        for entry in bib.read(path.name, path.read_bytes()).entries:
            assert bib.mint(entry, taken) == entry.key
            taken.add(entry.key)


def test_an_entry_says_what_it_holds_of_its_work() -> None:
    said = _said("zotero.bib")
    work = "https://b/work/johanson_uppsala_2009"
    for prefixed, value in [
        ("rdf:type", term("fabio:JournalArticle")),
        ("dcterms:identifier", "johanson_uppsala_2009"),
        ("fabio:hasPublicationYear", "2009"),
        ("prism:doi", "10.1057/jibs.2009.24"),
        ("prism:volume", "40"),
        ("prism:issueIdentifier", "9"),
        ("prism:startingPage", "1411"),
        ("prism:endingPage", "1431"),
        ("ik:keyword", "psychic distance"),
        ("frbr:partOf", "https://b/venue/journal-of-international-business-studies"),
    ]:
        assert (work, term(prefixed), value) in said
    role = "https://b/role/johanson_uppsala_2009-a2"
    assert (role, term("ik:position"), "2") in said
    assert (role, term("pro:isHeldBy"), "https://b/person/zotero-vahlne-jan-erik") in said


def test_no_path_of_a_persons_computer_enters_the_graph() -> None:
    assert not [value for *_, value in _said("zotero.bib") if "/home/" in value]


def test_a_transcribed_entry_leaves_its_printed_facts_on_the_reference(toy: Workspace) -> None:
    content = (toy.root / "bib" / "harbour-2020.bib").read_bytes()
    reading = bib.read("harbour-2020.bib", content)
    quads = bib.quads("bib/harbour-2020.bib", reading.entries, base="https://b/", graph="https://g")
    said = {_plain(quad) for quad in quads}
    reference = "https://b/data/harbour-2020/ref1"
    assert (reference, term("ik:yearAsPrinted"), "2017") in said
    assert (reference, term("ik:pagesAsPrinted"), "11–19") in said
    work = "https://b/work/berg-moe-2017-seen"
    assert {predicate for subject, predicate, _ in said if subject == work} == {
        term("rdf:type"),
        term("dcterms:identifier"),
    }


# ---- adding to a workspace


def test_adding_says_what_was_added_known_and_failed(
    own_toy: Workspace, intlkg: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory
) -> None:
    mine = tmp_path_factory.mktemp("mine") / "My Library.bib"
    shutil.copy(DATA / "bib" / "broken.bib", mine)
    before = mine.read_bytes()
    run = intlkg("add", mine, "--workspace", own_toy.root)
    assert run.status == 1
    assert run.out.splitlines()[:4] == [
        f"{mine}: 4 blocks = 3 added + 0 known already + 1 failed + 0 comments and strings",
        "  added: first-2001-good (A good one before)",
        "  added: last-2003-good (A good one after)",
        "  added: keyless-2004-no (No key at all)",
    ]
    assert f"  failed: {mine}:7: the block '@article{{broken,' cannot be read" in run.out
    assert run.out.splitlines()[-1] == "  written to bib/my-library.bib"
    assert mine.read_bytes() == before
    build.build(own_toy)


def test_adding_the_same_file_twice_changes_nothing(own_toy: Workspace) -> None:
    path = DATA / "bib" / "zotero.bib"
    first = bib.add(own_toy, [path])
    assert [work.key for work in first.files[0].added] == [
        "johanson-vahlne-2009-uppsala",
        "van-der-berg-etal-2015-export",
        "oecd-nd-sme",
    ]
    target = own_toy.root / "bib" / "zotero.bib"
    before = target.read_bytes()
    second = bib.add(own_toy, [path])
    assert (len(second.files[0].added), len(second.files[0].known)) == (0, 3)
    assert target.read_bytes() == before


def test_a_persons_own_key_is_kept_as_an_alias(own_toy: Workspace) -> None:
    bib.add(own_toy, [DATA / "bib" / "zotero.bib"])
    entry = bib.read("z", (own_toy.root / "bib" / "zotero.bib").read_bytes()).entries[0]
    assert (entry.key, entry.fields["ids"]) == (
        "johanson-vahlne-2009-uppsala",
        "johanson_uppsala_2009",
    )
    build.build(own_toy)
    identifiers = {
        quad.object.value
        for quad in build.dump(own_toy)
        if quad.predicate.value == term("dcterms:identifier")
    }
    assert {"johanson-vahlne-2009-uppsala", "johanson_uppsala_2009"} <= identifiers


def test_what_is_added_keeps_its_text_but_for_the_key(own_toy: Workspace) -> None:
    bib.add(own_toy, [DATA / "bib" / "zotero.bib"])
    added = (own_toy.root / "bib" / "zotero.bib").read_text()
    given = (DATA / "bib" / "zotero.bib").read_text()
    for line in given.splitlines():
        if line.startswith("\t"):
            assert line in added


def test_macros_come_along(own_toy: Workspace) -> None:
    bib.add(own_toy, [DATA / "bib" / "jabref.bib"])
    entries = bib.read("j", (own_toy.root / "bib" / "jabref.bib").read_bytes()).entries
    assert entries[0].fields["journal"] == "Journal of International Business Studies (Online)"


def test_the_same_work_in_other_words_is_known(own_toy: Workspace) -> None:
    (file,) = bib.add(own_toy, [DATA / "bib" / "handwritten.bib"]).files
    assert [work.key for work in file.added] == ["knight-cavusgil-1996-born", "lindqvist-nd-infant"]
    (known,) = file.known
    assert (known.key, known.same_as) == ("same", "knight-cavusgil-1996-born")
    assert known.reason == "same title, year and first author"


def test_a_dry_run_writes_nothing(own_toy: Workspace, intlkg: Callable[..., Run]) -> None:
    path = DATA / "bib" / "zotero.bib"
    run = intlkg("add", "--dry-run", path, "--workspace", own_toy.root)
    assert run.status == 0
    assert "3 would be added" in run.out
    assert not (own_toy.root / "bib" / "zotero.bib").exists()


def test_a_missing_file_is_named_and_the_others_are_added(own_toy: Workspace) -> None:
    addition = bib.add(own_toy, [Path("nowhere.bib"), DATA / "bib" / "zotero.bib"])
    assert [str(p) for p in addition.files[0].failed] == [
        "nowhere.bib:1: it cannot be read (No such file or directory); name a BibTeX file"
    ]
    assert len(addition.files[1].added) == 3


def test_a_file_of_the_workspace_is_left_alone(own_toy: Workspace) -> None:
    path = own_toy.root / "bib" / "harbour-2020.bib"
    before = path.read_bytes()
    (file,) = bib.add(own_toy, [path]).files
    assert "part of the workspace already" in file.notes[0].message
    assert path.read_bytes() == before


def test_defects_in_a_file_of_the_workspace_stop_the_build(
    own_toy: Workspace, intlkg: Callable[..., Run]
) -> None:
    shutil.copy(DATA / "bib" / "jabref.bib", own_toy.root / "bib" / "mine.bib")
    run = intlkg("build", "--workspace", own_toy.root)
    assert (run.status, run.err) == (
        1,
        "bib/mine.bib:14: key 'Bell2003' is used twice (first at line 5); rename one of them\n",
    )
