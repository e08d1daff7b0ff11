"""What RIS, CSL-JSON and the formats of databases say, in and out again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from intlkg import bib, build, evidence
from intlkg.base import Base
from intlkg.bib.formats import csl, ris
from intlkg.bib.work import Work
from intlkg.workspace import Workspace
from workspaces import Run

Intlkg = Callable[..., Run]


def _read(name: str, text: str) -> list[bib.Entry]:
    reading = bib.read_any(name, text.encode())
    assert reading.blocks == len(reading.entries) + len(reading.failed) + reading.others
    return list(reading.entries)


def _one(name: str, text: str) -> Work:
    (entry,) = _read(name, text)
    return Work(entry)


def _csl(**item: object) -> Work:
    return _one("x.json", json.dumps([{"id": "k", "title": "T", **item}]))


# ---- RIS


@pytest.mark.parametrize(
    "text",
    [
        "TY  - JOUR\n\nTI  - A title\n\nER  - \n",
        "TY  - JOUR\nno tag here\nTI  - A title\nER  - \n",
        "TY - JOUR\nTI - A title\nER -\n",
        "Provider: someone\n\nTY  - JOUR\nTI  - A title\nER  -\n",
        "TI  - A title\nTY  - JOUR\nER  -\n",
        "ty  - JOUR\nti  - A title\ner  - \n",
        "\ufeffTY  - JOUR\r\nTI  - A\r\n   title\r\nER  - \r\n",
        "  TY  - JOUR\n  TI  - A title\n  ER  - \n",
        "TY  - JOUR\nTI  - A title",
    ],
)
def test_no_line_of_ris_stops_the_reading(text: str) -> None:
    work = _one("x.ris", text)
    assert (work.kind, work.title) == ("article", "A title")
    if "no tag here" in text:
        assert work.text("note") == "no tag here"


def test_text_outside_of_records_is_accounted_for() -> None:
    text = "Provider: x\nDatabase: y\n\nTY  - JOUR\nTI  - T\nER  -\n\nstray\n"
    reading = bib.read_any("x.ris", text.encode())
    assert (reading.blocks, reading.others) == (3, 2)
    assert [(note.line, note.message[:40]) for note in reading.notes] == [
        (1, "2 lines of text outside of records, 'Pro"),
        (8, "1 line of text outside of records, 'stra"),
    ]


def test_words_of_text_are_no_tags() -> None:
    work = _one("x.ris", "TY  - JOUR\nTI  - T\nAB  - Long and\nin - depth words\nER  -\n")
    assert work.text("abstract") == "Long and in - depth words"


def test_ris_takes_the_full_journal_and_the_fullest_date() -> None:
    work = _one(
        "x.ris",
        "TY  - JOUR\nTI  - T\nJA  - J Int Bus\nJO  - J. Int. Bus.\nJF  - Journal of Business\n"
        "PY  - 2014\nDA  - 2014/05/03\nY1  - 2014\nKW  - a, b\nKW  - c; d\n"
        "UR  - https://x.org/a;b=1\nDO  - https://doi.org/10.1000/ABC\nER  -\n",
    )
    assert work.venue == "Journal of Business"
    assert (work.year, work.text("date")) == ("2014", "2014-05-03")
    assert work.words("keywords") == ["a, b", "c; d"]
    assert work.fields["url"] == "https://x.org/a;b=1"
    assert work.fields["doi"] == "10.1000/ABC"


def test_a_date_alone_gives_the_year() -> None:
    assert _one("x.ris", "TY  - JOUR\nTI  - T\nDA  - 2014/05/03\nER  -\n").year == "2014"


def test_unknown_tags_come_back_out() -> None:
    given = "TY  - EJOUR\nTI  - T\nXX  - odd; one\nXX  - two\nC1  - custom\nER  -\n"
    text, lost = ris.write(_read("x.ris", given))
    assert not lost
    for line in given.splitlines()[:-1]:
        assert f"{line}\n" in text


def test_an_organisation_with_a_comma_stays_one() -> None:
    entry = bib.read("x", b"@book{k, author = {{Body, Department}}, title = {T}}").entries
    text, _ = ris.write(entry)
    assert "AU  - Body,, Department\n" in text
    assert [(who.family, who.given) for who in _one("x.ris", text).makers] == [
        ("Body, Department", "")
    ]


# ---- CSL-JSON and other JSON


def test_csl_values_are_read_by_their_kind() -> None:
    work = _csl(
        type="article-journal", abstract=None, volume=3, keyword=["a", "b, c"], language=[],
        note=True, **{"container-title": ["Full", "Short"], "ISSN": ["0047-2506", "1478-6990"]},
    )  # fmt: skip
    assert "None" not in work.entry.raw
    assert "[" not in work.text("journal")
    assert (work.text("journal"), work.text("volume")) == ("Full", "3")
    assert work.words("keywords") == ["a", "b, c"]
    assert work.fields["issn"] == "0047-2506, 1478-6990"


@pytest.mark.parametrize(
    ("issued", "year", "date"),
    [
        ({"date-parts": [["2020", "05"]]}, "2020", "2020-05"),
        ({"date-parts": [[2020, 5, 1], [2020, 6]]}, "2020", "2020-05-01/2020-06"),
        ({"date-parts": [[2020]], "season": 2}, "2020", "2020-22"),
        ({"date-parts": [[2020, 13]]}, "2020", "2020-21"),
        ({"date-parts": [[2020]], "season": "Winter"}, "2020", "2020-24"),
        ({"date-parts": [[2020]], "circa": True}, "2020", "2020~"),
        ({"date-parts": [["-12"]]}, "0012", ""),
        ({"date-parts": [[None]]}, "", ""),
        ({"raw": "2020-05-01"}, "2020", "2020-05-01"),
        ({"literal": "in press"}, "", ""),
        ("2020-05-01T00:00:00Z", "2020", "2020-05-01"),
        (2020, "2020", ""),
        ([[2020, 1]], "2020", "2020-01"),
    ],
)
def test_all_dates_of_csl_are_read_and_come_back(issued: object, year: str, date: str) -> None:
    work = _csl(type="book", issued=issued)
    assert (work.year, work.fields.get("date", "")) == (year, date)
    text, _ = csl.write([work.entry])
    again = _one("x.json", text)
    assert again.fields == {**work.fields}


def test_names_of_csl_may_be_bodies() -> None:
    work = _csl(
        type="book",
        author=[
            {"literal": "World Bank, Washington"}, {"name": "Team and Others Inc."},
            {"family": "Berg", "given": "Ann", "non-dropping-particle": "van den", "suffix": "Jr"},
            {"family": "others"},
        ],
    )  # fmt: skip
    assert [who.full for who in work.makers] == [
        "World Bank, Washington", "Team and Others Inc.", "Ann van den Berg Jr",
    ]  # fmt: skip
    text, _ = csl.write([work.entry])
    assert json.loads(text)[0]["author"][-1] == {"literal": "others"}


CROSSREF = {
    "status": "ok", "message-type": "work", "message": {
        "type": "journal-article", "title": ["Born global"], "subtitle": ["firms"],
        "container-title": ["Journal of Ports"], "short-container-title": ["J Ports"],
        "author": [{"given": "Ann", "family": "Doe", "ORCID": "http://orcid.org/0000-0002-1825-0097"},
                   {"name": "The Team"}],
        "issued": {"date-parts": [[2019, 3]]}, "DOI": "10.1000/x", "ISSN": ["0047-2506"],
        "reference": [{"key": "1", "DOI": "10.1000/cited", "unstructured": "Cited, 2001."}],
        "indexed": {"timestamp": 1}, "score": 1,
    },
}  # fmt: skip
OPENALEX = {
    "meta": {}, "results": [{
        "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/x", "type": "article",
        "type_crossref": "journal-article", "title": "Born global: firms",
        "publication_date": "2019-03-01", "publication_year": 2019,
        "authorships": [{"author": {"display_name": "Ann Doe"}, "raw_author_name": "Ann Doe"}],
        "primary_location": {"source": {"display_name": "Journal of Ports", "issn": ["0047-2506"]}},
        "biblio": {"volume": "1", "issue": None, "first_page": "1", "last_page": "9"},
        "abstract_inverted_index": {"We": [0], "look.": [1]},
        "referenced_works": ["https://openalex.org/W2"],
    }],
}  # fmt: skip
ZOTERO = [{
    "key": "ABCD", "version": 1, "data": {
        "key": "ABCD", "itemType": "journalArticle", "title": "Born global: firms",
        "creators": [{"creatorType": "author", "firstName": "Ann", "lastName": "Doe"}],
        "publicationTitle": "Journal of Ports", "date": "2019-03", "DOI": "10.1000/x",
        "ISSN": "0047-2506", "tags": [{"tag": "ports"}],
    },
}]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [CROSSREF, OPENALEX, ZOTERO, {"config": {}, "items": [ZOTERO[0]["data"]]}],
    ids=["crossref", "openalex", "zotero", "better-bibtex"],
)
def test_json_of_other_sources_is_recognised(data: object) -> None:
    work = _one("download.json", json.dumps(data))
    assert (work.kind, work.title, work.year) == ("article", "Born global: firms", "2019")
    assert work.venue == "Journal of Ports"
    assert (work.makers[0].family, work.makers[0].given) == ("Doe", "Ann")
    assert (work.doi, work.issn) == ("10.1000/x", "0047-2506")


@pytest.mark.parametrize("data", [{"name": "x", "version": "1", "type": "module"}, [1, 2], "x", 5])
def test_other_json_is_refused_by_name(data: object) -> None:
    reading = bib.read_any("package.json", json.dumps(data).encode())
    assert (reading.blocks, reading.entries) == (
        (1, ()) if isinstance(data, (dict, list)) else (0, ())
    )
    if isinstance(data, dict):
        assert "no bibliography (it has name, version, type)" in reading.failed[0].message


def test_the_content_tells_the_format_not_the_first_letter_or_the_name() -> None:
    bibtex = "{ a note }\n@misc{a, title = {T}, abstract = {x\nTY  - no record}}\n"
    assert _one("x.txt", bibtex).title == "T"
    assert _one("x.bib", "TY  - JOUR\nTI  - T\nER  -\n").kind == "article"
    assert _one("x.bib", json.dumps(ZOTERO)).kind == "article"


# ---- databases

NBIB = """
PMID- 12345678
TI  - Born global firms
      of the north.
FAU - Doe, Ann
AU  - Doe A
CN  - The Team
JT  - Journal of ports
TA  - J Ports
DP  - 2019 Mar 5
VI  - 3
PG  - 1-9
LID - 10.1000/x [doi]
IS  - 0047-2506 (Print)
OT  - ports
MH  - *Ships
GR  - R01
"""
WOS = """\ufeffFN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Doe, A
   Roe, B
AF Doe, Ann
   Roe, Bob
TI Born global firms
   of the north
SO JOURNAL OF PORTS
DE born globals; psychic
   distance
ID SMES
CR Cited A, 2001, J X, V1, P2, DOI 10.1000/cited
   Other B, 2002, J Y
PY 2019
VL 3
BP 1
EP 9
DI 10.1000/x
UT WOS:1
ZZ odd
ER

EF
"""
ENW = """%0 Journal Article
%A Doe, Ann
%A Roe, Bob
%T Born global firms of the north
%J Journal of Ports
%D 2019
%V 3
%P 1-9
%R 10.1000/x
%K born globals
psychic distance
%@ 0047-2506
"""
XML = """<?xml version="1.0"?><xml><records><record><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Doe, Ann</style></author></authors></contributors>
<titles><title><style>Born global firms of the north</style></title><secondary-title>Journal of Ports
</secondary-title></titles><pages>1-9</pages><volume>3</volume><keywords><keyword>ports</keyword>
</keywords><dates><year>2019</year></dates><electronic-resource-num>10.1000/x</electronic-resource-num>
</record></records></xml>"""
SCOPUS = (
    '\ufeff"Authors","Author full names","Title","Year","Source title","Volume","Page start",'
    '"Page end","DOI","Author Keywords","References","Document Type","EID"\n'
    '"Doe A.; Roe B.","Doe, Ann (57190000001); Roe, Bob (57190000002)","Born global firms of the '
    'north","2019","Journal of Ports","3","1","9","10.1000/x","born globals; psychic distance",'
    '"Cited A., A work, (2001); Other B., Another, (2002)","Article","2-s2.0-1"\n'
)
YAML = """---
references:
- id: doe2019
  type: article-journal
  title: Born global firms of the north
  author:
  - family: Doe
    given: Ann
  container-title: Journal of Ports
  issued: 2019-03-05
  volume: 3
  page: 1-9
  DOI: 10.1000/x
...
"""


@pytest.mark.parametrize("text", [NBIB, WOS, ENW, XML, SCOPUS, YAML])
def test_what_databases_give_is_read(text: str) -> None:
    work = _one("download.txt", text)
    assert work.kind == "article"
    assert work.title.rstrip(".") == "Born global firms of the north"
    assert work.venue.lower() == "journal of ports"
    assert (work.year, work.doi, work.text("volume")) == ("2019", "10.1000/x", "3")
    assert work.pages == ("1", "9")
    assert (work.makers[0].family, work.makers[0].given) == ("Doe", "Ann")


def test_databases_say_more() -> None:
    nbib, wos, scopus = (_one("x.txt", text) for text in (NBIB, WOS, SCOPUS))
    assert (nbib.pmid, nbib.issn, nbib.text("date")) == ("12345678", "0047-2506", "2019-03-05")
    assert nbib.fields["nbib-gr"] == "R01"
    assert [who.family for who in nbib.makers] == ["Doe", "The Team"]
    assert wos.words("keywords") == ["born globals", "psychic distance"]
    assert wos.words("keywords-plus") == ["SMES"]
    assert len(wos.fields["cited-references"].split("\n")) == 2
    assert wos.fields["wos-zz"] == "odd"
    assert [who.given for who in scopus.makers] == ["Ann", "Bob"]
    assert len(scopus.fields["cited-references"].split("\n")) == 2
    assert _one("x.txt", ENW).words("keywords") == ["born globals", "psychic distance"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04rest", "an archive (REFI-QDA"),
        (b"SQLite format 3\0", "a database (as Taguette"),
        (b'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0">', "REFI-QDA"),
        (b"<html><body>", "a web page"),
    ],
)
def test_files_of_other_programs_say_what_they_are(
    own_toy: Workspace, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    (file,) = bib.add(own_toy, [path]).files
    assert said in file.failed[0].message
    assert file.blocks == 1


# ---- out

FULL = r"""@techreport{doe2019, author = {Doe, Ann and others}, title = {{Ports}}, year = {{2019}},
  month = mar, day = 5, institution = {Harbour University}, address = {Oslo}, number = {7},
  type = {Working paper}, doi = {{10.1234/X}}, issn = {{0047-2506}}, pmid = {12345678},
  url = {https://x.org/a\_b}, urldate = {2020-01-02}, langid = {english}, series = {Papers},
  edition = {2}, chapter = {3}, translator = {Roe, Bob}, keywords = {{a; b}}, eprint = {2001.01234},
  archiveprefix = {arXiv}, isbn = {978-0-306-40615-7}, eventtitle = {Meeting}, file = {/home/me}}
"""


@pytest.mark.parametrize("form", ["ris", "csl-json"])
def test_all_that_a_format_can_hold_goes_out(own_toy: Workspace, tmp_path: Path, form: str) -> None:
    (tmp_path / "mine.bib").write_text(FULL)
    bib.add(own_toy, [tmp_path / "mine.bib"])
    out = evidence.exported(Base(own_toy, build.store(own_toy)), form, keys="own")
    work = next(Work(e) for e in _read("out", out.text) if e.key == "doe2019")
    fields = work.fields
    assert "{" not in "".join(fields[n] for n in ("doi", "issn", "isbn", "url"))
    assert (work.year, fields["date"]) == ("2019", "2019-03-05")
    assert fields["institution"] == "Harbour University"
    assert (fields["address"], fields["series"], fields["type"]) == (
        "Oslo",
        "Papers",
        "Working paper",
    )
    assert (work.doi, work.issn, work.isbn) == ("10.1234/x", "0047-2506", "9780306406157")
    assert (work.pmid, work.arxiv) == ("12345678", "2001.01234")
    assert (fields["url"], fields["urldate"]) == ("https://x.org/a_b", "2020-01-02")
    assert (fields["edition"], fields["chapter"], fields["number"]) == ("2", "3", "7")
    assert (fields["language"], fields["translator"]) == ("english", "Roe, Bob")
    assert work.words("keywords") == ["a", "b"]
    assert fields["author"].endswith("others")
    assert "/home/me" not in out.text
    assert "file" in out.lost["doe2019"]
    assert ("eventtitle" in out.lost["doe2019"]) == (form == "ris")


def test_works_go_out_under_the_keys_of_their_owner(
    own_toy: Workspace, intlkg: Intlkg, tmp_path: Path
) -> None:
    (tmp_path / "mine.bib").write_text(FULL + "@misc{Smith 2020, title = {No key to cite}}\n")
    bib.add(own_toy, [tmp_path / "mine.bib"])
    minted = "doe-2019-ports"
    where = ("--workspace", own_toy.root)
    for form in ("bibtex", "biblatex", "ris", "csl-json"):
        for keys, key in (("own", "doe2019"), ("minted", minted)):
            out = intlkg("export", "--format", form, "--keys", keys, *where).out
            found = {entry.key: entry for entry in bib.read_any("x", out.encode()).entries}
            assert key in found
            assert (
                "key-nd" in found
                or "no-nd-key" in found
                or any("cite" in k or "key" in k for k in found)
            )
            if form in ("bibtex", "biblatex"):
                assert found[key].fields["ids"] == (minted if keys == "own" else "doe2019")
    assert intlkg("export", "--format", "bibtex", *where).out.count("@techreport{doe2019,") == 1
    items = json.loads(intlkg("export", "--format", "csl-json", *where).out)
    assert "doe2019" in [item["citation-key"] for item in items]
    run = intlkg("export", "--keys", "own", *where)
    assert (run.status, "add --format bibtex" in run.err) == (2, True)


def test_what_a_format_cannot_hold_is_named(
    own_toy: Workspace, intlkg: Intlkg, tmp_path: Path
) -> None:
    (tmp_path / "mine.bib").write_text(FULL)
    bib.add(own_toy, [tmp_path / "mine.bib"])
    ledger = tmp_path / "left.json"
    where = ("--workspace", own_toy.root)
    run = intlkg("export", "--format", "ris", "--ledger", ledger, *where)
    assert "ris has no place for author_keywords, eventtitle, file" in run.err
    assert json.loads(ledger.read_text())["lost"]["doe2019"] == ["eventtitle", "file"]


def test_biblatex_overwrites_nothing_and_names_what_it_leaves_out(
    own_toy: Workspace, tmp_path: Path
) -> None:
    text = (
        "@book{k, title = {T}, address = {Oslo}, location = {Bergen}, early access date = {MAY},"
        " editor = {Dabija A.-M., Decky M., Drusa M.}, author = {A, B, C, D and Doe, Ann},"
        " year = {{2019}}, keywords = {{a; b, {c, d}}}, doi = {{10.1000/x}},"
        ' note = "a lone \\{ brace"}\n@misc{K, title = {Another}}'
    )
    (tmp_path / "mine.bib").write_text(text)
    bib.add(own_toy, [tmp_path / "mine.bib"])
    out = evidence.exported(Base(own_toy, build.store(own_toy)), "biblatex", keys="own")
    entry = next(e for e in _read("out.bib", out.text) if e.key == "k")
    assert entry.fields["location"] == "Bergen"
    assert out.lost["k"] == ["address"]
    assert entry.fields["early-access-date"] == "MAY"
    assert entry.fields["editor"] == "Dabija, A.-M. and Decky, M. and Drusa, M."
    assert " " not in "".join(entry.fields)
    assert entry.fields["note"] == r"a lone {\textbraceleft} brace"
    assert "{another-nd," in out.text
    assert (entry.fields["date"], entry.fields["doi"]) == ("2019", "10.1000/x")
    assert Work(entry).words("keywords") == ["a", "b", "c, d"]
    assert entry.fields["keywords"] == "a, b, {c, d}"


# ---- cited references

CITED = r"""@article{old, author = {Cited, Ann}, title = {Export barriers of small firms abroad},
  year = 2001, volume = 5, pages = {22--30}, journal = {J X}, doi = {10.1000/old}}
@article{older, author = {Other, Bob}, title = {Ports}, year = 1990, volume = 2, pages = {7--9}}
@article{twin, author = {Other, Bob}, title = {Quays}, year = 1990, volume = 3, pages = {7--9}}
"""


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("cited-references = {{Nobody A, 1999, J, V1, P1.\n   Cited B, 2009, J, V9, P9, DOI 10.1000/OLD.}}",
         {"old"}),
        ("Cited-References = {{Other B, 1990, J Y, V2, P7.\n   Cited A, 2001, J X, V5, P22.}}",
         {"older", "old"}),
        ("references = {Cited A., Export barriers of small firms abroad, J X, 5, pp. 22-30, (2001); "
         "Other B., Ports, J Y, (1990)}", {"old"}),
        ("references = {Cited, A. (2002). Export barriers of small firms abroad; Other B, 1990}", set()),
    ],
)  # fmt: skip
def test_cited_references_become_citations_within_a_library(said: str, cited: set[str]) -> None:
    text = CITED + f"@article{{new, author = {{New, Eve}}, title = {{N}}, year = 2020, {said}}}"
    entries = bib.read("x.bib", text.encode()).entries
    quads = bib.quads("bib/x.bib", entries, base="https://b/", graph="https://g")
    found = {
        quad.object.value.rsplit("/", 1)[-1]
        for quad in quads
        if quad.predicate.value.endswith("/cites") and quad.subject.value.endswith("/new")
    }
    assert found == cited


def test_what_openalex_and_crossref_cite_is_found() -> None:
    works = [
        *OPENALEX["results"],
        {**OPENALEX["results"][0], "id": "https://openalex.org/W2", "doi": None},
    ]
    entries = _read("x.json", json.dumps({"meta": {}, "results": works}))
    named = [bib.Entry(f"k{n}", e.kind, e.fields, e.line, e.raw) for n, e in enumerate(entries)]
    quads = bib.quads("bib/x.bib", named, base="https://b/", graph="https://g")
    assert [str(q.object.value) for q in quads if q.predicate.value.endswith("/cites")] == [
        "https://b/work/k1"
    ]
    cited = _one("x.json", json.dumps(CROSSREF)).fields["cited-references"]
    assert cited == "Cited, 2001., DOI 10.1000/cited"


# ---- formatted references


def test_references_are_formatted_once_and_kept(
    own_toy: Workspace, intlkg: Intlkg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.json").write_text(json.dumps([
        {"id": "a", "type": "article-journal", "title": "Born global", "volume": "3", "page": "1-9",
         "author": [{"family": "Doe", "given": "Ann"}], "container-title": "Journal of Ports",
         "issued": {"date-parts": [[2019, 3]]}, "DOI": "10.1000/x"},
        {"id": "b", "type": "book", "title": "Ports", "issued": {"literal": "in press"}},
        {"id": "c", "type": "webpage", "title": "Quays", "issued": {"date-parts": [[2020]], "season": 2}},
    ]))  # fmt: skip
    bib.add(own_toy, [tmp_path / "mine.json"])
    where = ("--workspace", own_toy.root)
    run = intlkg("export", "--format", "bibliography", *where)
    assert run.status == 0
    assert (
        "Doe, A. (2019). Born global. Journal of Ports, 3, 1–9. https://doi.org/10.1000/x"
        in run.out.splitlines()
    )
    assert len(run.out.splitlines()) == len(bib.exported(own_toy, "bibtex", {}).text.split("\n@"))
    monkeypatch.setattr("intlkg.bib.formats.bibliography._Printer.text", lambda *_: 1 / 0)
    assert intlkg("export", "--format", "bibliography", *where).out == run.out
    assert (
        "no style 'nobody'"
        in intlkg("export", "--format", "bibliography", "--style", "nobody", *where).err
    )
