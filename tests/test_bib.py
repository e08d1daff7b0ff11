import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg import bib, build, workspace
from intlkg.bib.identifiers import doi, doi_of
from intlkg.bib.latex import decode
from intlkg.check import check
from intlkg.errors import WorkspaceError
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


def test_each_mishap_is_named_with_its_line() -> None:
    reading = _read("mishaps.bib")
    assert [entry.key for entry in reading.entries] == ["Smith 2020", "kept"]
    assert [str(problem) for problem in reading.failed] == [
        "mishaps.bib:4: the macro 'jir' is defined before with another text; rename one of them",
        "mishaps.bib:15: the block '@article nobrace, title = {No brace after the type}}' has no "
        "brace after its type; put it there",
        "mishaps.bib:17: the entry is empty; fill it in or delete it",
    ]
    assert [str(problem) for problem in reading.notes] == [
        "mishaps.bib:7: a comma is missing between 'title' and 'year'; put one there",
        "mishaps.bib:10: the entry has 'author' twice and both count; join them by 'and'",
        "mishaps.bib:12: 'nowhere' in 'note' is no macro that is defined; put it in braces or "
        "define it with @string",
        "mishaps.bib:23: the entry has 'publisher' twice and the first counts; keep one of them",
    ]


def test_what_a_mishap_leaves_readable_is_read() -> None:
    fields = _read("mishaps.bib").entries[0].fields
    assert fields == {
        "title": "No comma after this",
        "year": "2020",
        "author": "Smith, A. and Jones, B.",
        "journal": r"Journal of Invented Results Online (B{\"u}cher)",
        "note": "nowherex",
    }


def test_a_printed_entry_without_its_place_is_named() -> None:
    content = b"@book{a,\n title = {T},\n intlkg-printed = {T.},\n intlkg-number = {0},\n}\n"
    assert [str(note) for note in bib.read("x.bib", content).notes] == [
        "x.bib:1: 'intlkg-number' must be the entry's number in print; count from 1",
        "x.bib:1: 'intlkg-start' must be where the entry begins; count characters from 0",
    ]


def test_utf16_is_read_by_its_byte_order_mark() -> None:
    reading = bib.read("x.bib", "@book{a, title = {Ünlü}}".encode("utf-16"))
    assert reading.entries[0].fields == {"title": "Ünlü"}
    assert "was read as UTF-16" in reading.notes[0].message


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
        (r"G.\,W., co\-op, \textasciitilde 3", "G. W., coop, ~3"),
        (r"\href{https://example.org/a_b}{here}", "here"),
        (r"$n=3$ and \unknown stays", r"n=3 and \unknown stays"),
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
        (r"{\'A}lvarez, Jos{\'e}", "Álvarez", "José"),
        (r"{\"O}zg{\"u}r {\"U}nl{\"u}", "Ünlü", "Özgür"),
        ("family=Dijk, given=Marten, prefix=van", "van Dijk", "Marten"),
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
     "DOI DOI 10.1057/jibs.2009.24", "http://dx.doi.org/10.1057/jibs.2009.24",
     "(10.1057/jibs.2009.24)", "10.1057/jibs.2009.24,10.1057/other", "10.1057%2Fjibs.2009.24"],
)  # fmt: skip
def test_a_doi_is_known_in_all_its_forms(written: str) -> None:
    assert doi(written) == "10.1057/jibs.2009.24"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10.1002/(SICI)10(19)18:5<303::AID>3.0.CO;2-G", "10.1002/(sici)10(19)18:5<303::aid>3.0.co;2-g"),
        (r"10.1002/(SICI)10(19)18:5{$<$}303::AID{$>$}3.0.CO;2-G", "10.1002/(sici)10(19)18:5<303::aid>3.0.co;2-g"),
        ("10.1016/0022-1996(95)", "10.1016/0022-1996(95)"),
        (r"10.1007/978-3_1{\_}2\_3", "10.1007/978-3_1_2_3"),
        ("10.1/short", ""),
    ],
)  # fmt: skip
def test_a_doi_keeps_all_its_characters(written: str, meant: str) -> None:
    assert doi(written) == meant


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("https://doi.org/10.1057/x?from=list", "10.1057/x"),
        ("https://doi-org.proxy.example:2443/10.1057/x", "10.1057/x"),
        ("https://example.org/doi/10.1057/x/full", ""),
    ],
)
def test_only_a_resolvers_address_stands_for_a_doi(url: str, meant: str) -> None:
    (entry,) = bib.read("x.bib", f"@misc{{a, url = {{{url}}}}}".encode()).entries
    assert doi_of(entry) == meant


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


def test_the_shipped_files_are_read_without_a_problem() -> None:
    paths = sorted((ROOT / "bib").glob("*.bib"))
    assert paths
    for path in paths:
        reading = bib.read(path.name, path.read_bytes())
        assert (reading.failed, reading.notes) == ((), ())


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


def test_of_two_fields_for_one_fact_one_is_taken() -> None:
    said = _said("betterbibtex.bib")
    work = "https://b/work/alvarezOldDistances1997"
    facts = [(p, v) for subject, p, v in said if subject == work]
    assert [v for p, v in facts if p == term("prism:issueIdentifier")] == ["5"]
    assert {v for p, v in facts if p == term("ik:keyword")} == {
        "barriers",
        "distance, psychic",
        "firms",
    }


def test_names_in_other_scripts_stay_apart() -> None:
    said = _said("betterbibtex.bib")
    people = {s for s, p, _ in said if p == term("foaf:name")}
    venues = {s for s, p, v in said if v == term("fabio:Journal")}
    assert (len(people), len(venues)) == (4, 3)
    assert "https://b/person/betterbibtex-alvarez-jose" in people


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [("S1-S10", "S1", "S10"), ("A-1--A-9", "A-1", "A-9"), ("1--3, 7--9", "1", "9"), ("52", "52", "")],
)  # fmt: skip
def test_pages_have_a_first_and_a_last(pages: str, first: str, last: str) -> None:
    entries = bib.read("x.bib", f"@misc{{a, pages = {{{pages}}}}}".encode()).entries
    quads = bib.quads("x.bib", entries, base="https://b/", graph="https://g")
    said = {predicate: value for _, predicate, value in map(_plain, quads)}
    assert said[term("prism:startingPage")] == first
    assert said.get(term("prism:endingPage"), "") == last


def test_keys_that_differ_name_different_works() -> None:
    content = "".join(f"@misc{{{k}, title = {{{k}}}}}\n" for k in ("Müller", "Möller", "", "a:b/c"))
    entries = bib.read("x.bib", content.encode()).entries
    quads = bib.quads("My own.bib", entries, base="https://b/", graph="https://g")
    assert sorted({subject for subject, *_ in map(_plain, quads)}) == [
        "https://b/work/M%C3%B6ller",
        "https://b/work/M%C3%BCller",
        "https://b/work/a-b-c",
        "https://b/work/anonymous-nd",
    ]


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


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_numbers_add_up_and_a_second_time_adds_nothing(own_toy: Workspace, path: Path) -> None:
    (first,) = bib.add(own_toy, [path]).files
    target = own_toy.root / first.target
    before = target.read_bytes()
    (second,) = bib.add(own_toy, [path]).files
    for file in (first, second):
        taken = (file.added, file.updated, file.merged, file.known, file.failed)
        parts = sum(map(len, taken)) + file.others
        assert file.blocks == parts
    assert not second.added
    assert target.read_bytes() == before
    written = bib.read("x", before)
    assert [entry.key for entry in written.entries] == [work.key for work in first.added]
    assert not written.failed


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


def test_the_same_work_in_other_words_is_known(own_toy: Workspace, tmp_path: Path) -> None:
    (file,) = bib.add(own_toy, [DATA / "bib" / "handwritten.bib"]).files
    assert [work.key for work in file.added] == [
        "knight-cavusgil-1996-born",
        "lindqvist-nd-infant",
        "knight-1996-born",
    ]
    assert "against: type article and misc" in file.notes[0].message
    other = tmp_path / "other.bib"
    other.write_text(
        "@article{same, author={Knight, G. A.}, year={1996}, title={The born global firm: "
        "a challenge to traditional internationalization theory}}"
    )
    (known,) = bib.add(own_toy, [other]).files[0].merged
    assert (known.key, known.same_as) == ("same", "knight-cavusgil-1996-born")
    assert known.reason == "same title, year and first author"


def test_works_are_not_taken_for_one_by_half(own_toy: Workspace) -> None:
    (file,) = bib.add(own_toy, [DATA / "bib" / "betterbibtex.bib"]).files
    assert [work.title for work in file.added] == [
        "Old Distances",
        "Old Distances",
        "Экспорт 2020",
        "Рост 2020",
    ]


def test_a_title_alone_makes_no_work_known(own_toy: Workspace, tmp_path: Path) -> None:
    mine = tmp_path / "mine.bib"
    mine.write_text(
        "@misc{a, title = {Editorial}, year = 2020, note = {in X}}\n"
        "@misc{b, title = {Editorial}, year = 2020, note = {in Y}}\n"
        "@misc{c, title = {Editorial}, year = 2020, note = {in Y}}\n"
    )
    (file,) = bib.add(own_toy, [mine]).files
    assert [work.key for work in file.added] == ["editorial-2020", "editorial-2020-2"]
    assert [(known.key, known.reason) for known in file.known] == [("c", "same text")]


def test_a_key_with_a_space_leaves_a_block_that_can_be_read(own_toy: Workspace) -> None:
    (file,) = bib.add(own_toy, [DATA / "bib" / "mishaps.bib"]).files
    written = bib.read("x", (own_toy.root / file.target).read_bytes())
    assert (written.entries[0].key, written.entries[0].fields["ids"]) == (
        "smith-jones-2020-no",
        "Smith 2020",
    )


def test_aliases_that_are_there_are_kept(own_toy: Workspace, tmp_path: Path) -> None:
    mine = tmp_path / "mine.bib"
    mine.write_text('@misc{B1, title = {One}, IDS = "old1, old2"}\n')
    (file,) = bib.add(own_toy, [mine]).files
    assert (
        '@misc{one-nd, title = {One}, IDS = "B1, old1, old2"}'
        in (own_toy.root / file.target).read_text()
    )


@pytest.mark.parametrize(
    "there",
    [
        b'@string{jir = "Another Journal"}\n@misc{z, title = {Z}, journal = jir}\n',
        "@misc{z, title = {Café}}\n".encode("cp1252"),
    ],
    ids=["the same macro with another text", "not UTF-8"],
)
def test_a_file_that_cannot_take_the_works_is_left_and_another_written(
    own_toy: Workspace, there: bytes, tmp_path: Path
) -> None:
    taken = own_toy.root / "bib" / "mine.bib"
    taken.write_bytes(there)
    mine = tmp_path / "mine.bib"
    mine.write_text('@string{jir = "A Journal"}\n@misc{a, title = {One}, journal = jir}\n')
    (file,) = bib.add(own_toy, [mine]).files
    assert file.target == "bib/mine-2.bib"
    assert taken.read_bytes() == there


def test_old_bytes_of_a_file_are_kept_when_works_are_appended(
    own_toy: Workspace, tmp_path: Path
) -> None:
    taken = own_toy.root / "bib" / "mine.bib"
    taken.write_bytes(b"@misc{z,\r\n title = {Z},\r\n}")
    mine = tmp_path / "mine.bib"
    mine.write_text("@misc{a, title = {One}}\n")
    bib.add(own_toy, [mine])
    assert taken.read_bytes() == (
        b"@misc{z,\r\n title = {Z},\r\n}\n\n@misc{one-nd,\n  ids = {a}, title = {One}}\n"
    )


def test_an_inherited_file_is_never_hidden(tmp_path: Path) -> None:
    (tmp_path / "intlkg.toml").write_text('inherit = ["bib/*.bib"]\n')
    own = workspace.read(tmp_path)
    before = set(own.files("bib/*.bib"))
    mine = tmp_path / "makaya-2024.bib"
    mine.write_text("@misc{a, title = {One}}\n")
    (file,) = bib.add(own, [mine]).files
    assert file.target == "bib/makaya-2024-2.bib"
    assert set(own.files("bib/*.bib")) == before | {"bib/makaya-2024-2.bib"}


def test_a_file_without_bibtex_is_named(own_toy: Workspace, tmp_path: Path) -> None:
    mine = tmp_path / "mine.bib"
    mine.write_text("nothing to read")
    assert [str(problem) for problem in bib.add(own_toy, [mine]).files[0].failed] == [
        f"{mine}:1: there is no BibTeX, RIS or CSL-JSON in it; name a file that has some"
    ]


def test_a_workspace_that_cannot_be_written_is_said_to_be_so(own_toy: Workspace) -> None:
    (own_toy.root / "bib" / "zotero.bib").mkdir()
    with pytest.raises(WorkspaceError, match=r"zotero\.bib cannot be written \(Is a directory\)"):
        bib.add(own_toy, [DATA / "bib" / "zotero.bib"])


def test_a_dry_run_writes_nothing(own_toy: Workspace, intlkg: Callable[..., Run]) -> None:
    path = DATA / "bib" / "zotero.bib"
    run = intlkg("add", "--dry-run", path, "--workspace", own_toy.root)
    assert run.status == 0
    assert "3 would be added" in run.out
    assert not (own_toy.root / "bib" / "zotero.bib").exists()


def test_a_missing_file_is_named_and_the_others_are_added(own_toy: Workspace) -> None:
    addition = bib.add(own_toy, [Path("nowhere.bib"), DATA / "bib" / "zotero.bib"])
    assert [str(p) for p in addition.files[0].failed] == [
        "nowhere.bib:1: it cannot be read (No such file or directory); name a file with a bibliography"
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


def test_a_file_that_can_be_read_is_built_and_what_is_odd_is_checked(own_toy: Workspace) -> None:
    odd = "@book{a-2001-boats,\n  title = {Boats},\n  year = {2001},\n  year = {2002},\n}\n"
    (own_toy.root / "bib" / "odd.bib").write_text(odd)
    assert build.build(own_toy).fresh
    (problem,) = check(own_toy).problems
    assert (problem.path, problem.line) == ("bib/odd.bib", 4)
    assert problem.message.startswith("the entry has 'year' twice and the first counts")


def test_a_long_report_names_the_first_entries_and_says_how_many_more(
    own_toy: Workspace, intlkg: Callable[..., Run], tmp_path: Path
) -> None:
    path = tmp_path / "long.bib"
    entries = [
        f"@book{{k{n}, title={{Boats {n}}}, author={{Doe, A}}, year={{1900}}}}" for n in range(100)
    ]
    path.write_text("\n".join([*entries, "@book{broken, title={never ends"]))
    run = intlkg("add", path, "--ledger", tmp_path / "l.json", "--workspace", own_toy.root)
    assert "101 blocks = 100 added + 0 known already + 1 failed" in run.out
    assert run.out.count("  added: ") == 30
    assert "… and 70 more; --ledger FILE has them all" in run.out
    assert "  failed: " in run.out
    assert len(json.loads((tmp_path / "l.json").read_text())["files"][0]["added"]) == 100
