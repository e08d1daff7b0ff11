"""Works that are known already: what other entries say of them, and what changes."""

import json
from pathlib import Path

import pytest

from intlkg import bib, build, evidence, review
from intlkg.base import Base
from intlkg.bib.identifiers import arxiv_of, isbn, issn, orcid, pmid_of
from intlkg.bib.reader import Entry, read
from intlkg.store import Iri
from intlkg.vocab import TRUSTED, term
from intlkg.workspace import Workspace

MINE = """@article{piers,
  author = {Kai, Ann and Moe, Ola},
  title = {Piers and quays of small harbours},
  journal = {Harbour Studies},
  year = {2019},
  doi = {10.5555/piers},
  keywords = {piers, quays},
}
"""


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def _add(workspace: Workspace, *paths: Path) -> bib.Addition:
    addition = bib.add(workspace, paths)
    for file in json.loads(bib.ledger(addition))["files"]:
        counts = file["counts"]
        assert counts.pop("blocks") == sum(counts.values())
    return addition


def _said(workspace: Workspace, predicate: str) -> set[tuple[str, str, str]]:
    build.build(workspace)
    return {
        (q.graph_name.value.rsplit("/", 1)[-1], q.subject.value.rsplit("/", 1)[-1], q.object.value)
        for q in build.dump(workspace)
        if q.predicate == Iri(term(predicate)) and q.graph_name != Iri(TRUSTED)
    }


KEY = "kai-moe-2019-piers"


def test_what_another_library_says_more_is_kept_with_its_origin(
    own_toy: Workspace, tmp_path: Path
) -> None:
    _add(own_toy, _file(tmp_path, "mine.bib", MINE))
    other = MINE.replace("{piers,", "{Kai2019,", 1).replace("quays}", "cranes}, volume = {7}")
    theirs = _file(tmp_path, "theirs.bib", other)
    (file,) = _add(own_toy, theirs).files
    (merged,) = file.merged
    assert (merged.same_as, merged.fields) == (KEY, ("ids", "keywords", "volume"))
    assert (own_toy.root / "bib/mine.bib").read_text().count("volume") == 0
    assert _said(own_toy, "prism:volume") >= {("theirs", KEY, "7")}
    assert {word for _, key, word in _said(own_toy, "ik:keyword") if key == KEY} == {
        "piers",
        "quays",
        "cranes",
    }
    assert {("mine", KEY, "piers"), ("theirs", KEY, "Kai2019")} <= _said(
        own_toy, "dcterms:identifier"
    )
    for again in ("mine.bib", "theirs.bib"):
        (file,) = _add(own_toy, tmp_path / again).files
        assert not (file.added or file.merged or file.updated)
    store = build.opened(own_toy)
    named, made = term("dcterms:identifier"), term("dcterms:creator")
    found = store.select(f"SELECT ?p {{ ?w <{named}> 'Kai2019' ; <{made}> ?p }}")
    assert len(found.rows) == 2


def test_a_difference_is_named_and_the_first_counts(own_toy: Workspace, tmp_path: Path) -> None:
    _add(own_toy, _file(tmp_path, "mine.bib", MINE))
    other = _file(tmp_path, "theirs.bib", MINE.replace("2019", "2020"))
    (file,) = _add(own_toy, other).files
    (merged,) = file.merged
    assert (merged.same_as, merged.fields) == (KEY, ("intlkg-said-year",))
    assert {("mine", KEY, "2019")} == {
        said for said in _said(own_toy, "fabio:hasPublicationYear") if said[1] == KEY
    }
    assert [str(note) for note in file.notes] == [
        f"{other}:1: 'piers' is the work {KEY}, and says year '2020' where '2019' is known; "
        "what was known first counts"
    ]


def test_an_updated_file_updates_what_changed_and_keeps_what_a_person_decided(
    own_toy: Workspace, tmp_path: Path
) -> None:
    mine = _file(tmp_path, "mine.bib", MINE + "@book{other, title = {Other}, year = 2001}\n")
    _add(own_toy, mine)
    target = own_toy.root / "bib/mine.bib"
    target.write_text(
        target.read_text().replace("quays},", "quays},\n  intlkg-theme = {supports: visibility},")
    )
    (own_toy.root / "bib/reviewed.tsv").write_text(
        f"work\tconcept\tdecision\tby\twords\n{KEY}\tdistance\taccept\tme\tquays\n"
    )
    mine.write_text(mine.read_text().replace("quays of small", "quays of tiny"))
    (file,) = _add(own_toy, mine).files
    (updated,) = file.updated
    assert (updated.same_as, updated.fields) == (KEY, ("title",))
    assert [known.same_as for known in file.known] == ["other-2001"]
    text = target.read_text()
    assert "tiny" in text
    assert "small harbours" not in text
    assert "intlkg-theme = {supports: visibility}" in text
    assert text.count("@") == 2
    found = evidence.trace(Base(own_toy, build.store(own_toy)), "visibility")
    assert KEY not in str(found.propositions)
    marked = _said(own_toy, "ik:markedToSupportTheme") | _said(own_toy, "ik:markedToMentionTheme")
    assert sum((graph, work) == ("inferred", KEY) for graph, work, _ in marked) == 2
    (again,) = _add(own_toy, mine).files
    assert not again.updated
    assert target.read_text() == text


def test_an_entry_that_got_another_key_in_its_library_is_updated_under_the_same_key(
    own_toy: Workspace, tmp_path: Path
) -> None:
    mine = _file(tmp_path, "mine.bib", MINE)
    _add(own_toy, mine)
    mine.write_text(MINE.replace("{piers,", "{piersNew,"))
    (file,) = _add(own_toy, mine).files
    assert [one.same_as for one in file.updated] == [KEY]
    assert "ids = {piersNew, piers}" in (own_toy.root / "bib/mine.bib").read_text()


def test_an_entry_that_a_file_has_twice_is_named_with_what_only_one_of_them_says(
    own_toy: Workspace, tmp_path: Path
) -> None:
    twice = MINE + MINE.replace("{piers,", "{piers2,").replace("year", "volume = 3, year")
    mine = _file(tmp_path, "mine.bib", twice)
    for _ in range(2):
        (file,) = _add(own_toy, mine).files
        assert len(file.known) == 2 - len(file.added)
        assert not (file.updated or file.merged)
        assert ["has volume" in str(note) for note in file.notes] == [True]


def test_a_library_gives_its_facts_to_a_work_that_a_study_only_lists(
    own_toy: Workspace, tmp_path: Path
) -> None:
    build.build(own_toy)
    listed = read("h", (own_toy.root / "bib/harbour-2020.bib").read_bytes()).entries
    first = next(e for e in listed if "intlkg-printed" in e.fields and e.fields.get("author"))
    same = [f"{name} = {{{first.fields[name]}}}" for name in ("author", "title", "year")]
    entry = f"@article{{x, {', '.join(same)}, abstract = {{All of it}}}}"
    (file,) = _add(own_toy, _file(tmp_path, "mine.bib", entry)).files
    (merged,) = file.merged
    assert merged.same_as == first.key
    assert "author" not in merged.fields
    assert {"title", "year", "abstract"} <= set(merged.fields)


DISTINCT = {
    "preprint and article": (
        "@article{a, author={Kai, Ann}, title={Born global ports of the north}, year=2020, "
        "eprint={2001.01234v2}, archiveprefix={arXiv}}",
        "@article{b, author={Kai, Ann}, title={Born global ports of the north}, year=2020, "
        "journal={Ports}, doi={10.5555/ports}}",
    ),
    "two editions": (
        "@book{a, author={Kai, Ann}, title={Born global ports of the north}, year=2020, edition=1}",
        "@book{b, author={Kai, Ann}, title={Born global ports of the north}, year=2020, "
        "edition={2nd}}",
    ),
    "two parts": (
        "@article{a, author={Kai, Ann}, title={Ports of the north, part 1}, year=2020}",
        "@article{b, author={Kai, Ann}, title={Ports of the north, part 2}, year=2020}",
    ),
    "two volumes of one ISBN": (
        "@book{a, title={Ports: East}, volume=1, isbn={978-0-471-11709-4}}",
        "@book{b, title={Ports: West}, volume=2, isbn={978-0-471-11709-4}}",
    ),
    "two chapters of a book": (
        "@incollection{a, author={Kai, Ann}, title={Ports}, isbn={978-0-471-11709-4}}",
        "@incollection{b, author={Moe, Ola}, title={Quays}, isbn={978-0-471-11709-4}}",
    ),
    "author and year alone": (
        "@article{a, author={Kai, Ann}, title={Ports}, year=2020}",
        "@article{b, author={Kai, Ann}, title={Quays}, year=2020}",
    ),
}
SAME = {
    "PubMed number": (
        "@article{a, title={Ports}, pmid={12345678}}",
        "@article{b, title={Ports!}, url={https://pubmed.ncbi.nlm.nih.gov/12345678/}}",
    ),
    "ISBN": (
        "@book{a, title={Ports}, isbn={0-471-11709-9}}",
        "@book{b, title={Ports and more}, isbn={978-0-471-11709-4}}",
    ),
    "DOI": (
        "@misc{a, title={Ports}, eprint={2001.01234}, eprinttype={arxiv}}",
        "@article{b, title={Ports}, journal={arXiv preprint arXiv:2001.01234}}",
    ),
}


@pytest.mark.parametrize("case", DISTINCT)
def test_works_that_only_look_alike_stay_apart(
    own_toy: Workspace, tmp_path: Path, case: str
) -> None:
    (file,) = _add(own_toy, _file(tmp_path, "mine.bib", "\n".join(DISTINCT[case]))).files
    assert len(file.added) == 2


@pytest.mark.parametrize("case", SAME)
def test_an_identifier_makes_two_entries_one_work(
    own_toy: Workspace, tmp_path: Path, case: str
) -> None:
    one, other = (
        _file(tmp_path, name, text)
        for name, text in zip(("a.bib", "b.bib"), SAME[case], strict=True)
    )
    _, file = _add(own_toy, one, other).files
    (merged,) = file.merged
    assert merged.reason == f"same {case}"


@pytest.mark.parametrize(
    ("function", "written", "meant"),
    [
        (isbn, "ISBN 0-471-11709-9 (pbk.)", "9780471117094"),
        (isbn, "978–0–471–11709–4", "9780471117094"),
        (isbn, "0-471-11709-8", ""),
        (issn, "0047 2506, 1478-6990", "1478-6990"),
        (issn, "00472506", "0047-2506"),
        (issn, "1234-5678", ""),
        (orcid, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        (orcid, "0000-0002-1825-0098", ""),
    ],
)
def test_identifiers_are_read_as_people_paste_them(function, written: str, meant: str) -> None:
    assert function(written) == meant


@pytest.mark.parametrize(
    ("field", "written", "arxiv", "pmid"),
    [
        ("url", "https://arxiv.org/pdf/2001.01234v3.pdf", "2001.01234", ""),
        ("journal", "CoRR abs/1", "", ""),
        ("note", "arXiv:math.GT/0309136", "math.gt/0309136", ""),
        ("doi", "10.48550/arXiv.2001.01234", "2001.01234", ""),
        ("eprint", "2001.01234", "", ""),
        ("pmid", "PMID: 00123", "", "123"),
        ("pmid", "none", "", ""),
    ],
)
def test_arxiv_and_pubmed_numbers_are_found_where_people_put_them(
    field: str, written: str, arxiv: str, pmid: str
) -> None:
    entry = Entry("k", "article", {field: written}, 1, "")
    assert (arxiv_of(entry), pmid_of(entry)) == (arxiv, pmid)


NEW_TREE = r"""
@Comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Motives\;0\;1\;\;\;\;;
2 StaticGroup:Inner\;0\;1\;\;\;\;;
1 StaticGroup:Barriers\;0\;1\;\;\;\;;
2 StaticGroup:Money\;0\;1\;\;\;\;;
2 StaticGroup:Inner\;0\;1\;\;\;\;;
1 KeywordGroup:Harbours\;0\;keywords\;quays\;0\;0\;1\;\;\;\;;
}
"""
OLD_TREE = r"""
@comment{jabref-meta: groupsversion:3;}
@comment{jabref-meta: groupstree:
0 AllEntriesGroup:;
1 ExplicitGroup:Barriers\;0\;someone\;pie
rs\;;
2 ExplicitGroup:Money\;0\;piers\;;
}
"""


def test_groups_are_resolved_through_the_tree_and_doubtful_ones_are_named(
    own_toy: Workspace, tmp_path: Path
) -> None:
    grouped = MINE.replace("doi =", "groups = {Money, Inner, Loose},\n  doi =")
    mine = _file(tmp_path, "mine.bib", grouped + NEW_TREE)
    (file,) = _add(own_toy, mine).files
    assert [str(note) for note in file.notes] == [
        f"{mine}:1: the group 'Inner' stands at several places of the tree; rename one of them"
    ]
    groups = {word for _, key, word in _said(own_toy, "ik:group") if key == KEY}
    assert groups == {"Money", "Barriers > Money", "Inner", "Loose", "Harbours"}


def test_the_old_tree_names_its_members_itself(own_toy: Workspace, tmp_path: Path) -> None:
    _add(own_toy, _file(tmp_path, "mine.bib", MINE + OLD_TREE))
    groups = {word for _, key, word in _said(own_toy, "ik:group") if key == KEY}
    assert groups == {"Barriers", "Money", "Barriers > Money"}


def test_a_changed_tree_takes_the_place_of_the_old_one(own_toy: Workspace, tmp_path: Path) -> None:
    mine = _file(tmp_path, "mine.bib", MINE + OLD_TREE)
    _add(own_toy, mine)
    mine.write_text(MINE + OLD_TREE.replace("Money", "Finance"))
    _add(own_toy, mine)
    text = (own_toy.root / "bib/mine.bib").read_text()
    assert text.count("groupstree") == 1
    assert {"Barriers > Finance"} <= {word for _, _, word in _said(own_toy, "ik:group")}


def test_links_between_entries_become_citations(own_toy: Workspace, tmp_path: Path) -> None:
    other = "@article{quays, title={Quays of the world}, cites={piers, nobody}, related={piers}}"
    _add(own_toy, _file(tmp_path, "mine.bib", MINE + other))
    work = f"{own_toy.base}work/{KEY}"
    assert ("mine", "quays-nd-world", work) in _said(own_toy, "cito:cites")
    assert ("mine", "quays-nd-world", work) in _said(own_toy, "dcterms:relation")


def test_an_author_with_an_orcid_is_one_person_in_all_libraries(
    own_toy: Workspace, tmp_path: Path
) -> None:
    ids = "orcid-numbers = {Kai, Ann/0000-0002-1825-0097\n Nobody, X/0000-0000-0000-0000},"
    one = _file(tmp_path, "a.bib", MINE.replace("doi =", f"{ids} doi ="))
    other = "@book{b, author = {Kai, A.}, orcid = {0000-0002-1825-0097}, title = {Cranes}}"
    _add(own_toy, one, _file(tmp_path, "b.bib", other))
    held = _said(own_toy, "pro:isHeldBy")
    person = f"{own_toy.base}person/orcid-0000-0002-1825-0097"
    assert {graph for graph, _, who in held if who == person} == {"a", "b"}
    assert any(who.endswith("a-moe-ola") for _, _, who in held)


def test_merged_facts_go_out_in_one_entry(own_toy: Workspace, tmp_path: Path) -> None:
    other = MINE.replace("{piers,", "{Kai2019,", 1).replace("quays}", "cranes}, volume = {7}")
    _add(own_toy, _file(tmp_path, "mine.bib", MINE), _file(tmp_path, "theirs.bib", other))
    text = evidence.bibliography(Base(own_toy, build.store(own_toy)), "bibtex")
    (entry,) = [e for e in read("out", text.encode()).entries if e.key == KEY]
    assert entry.fields["ids"] == "piers, Kai2019"
    assert entry.fields["keywords"] == "piers, quays, cranes"
    assert entry.fields["volume"] == "7"


def test_biblatex_has_its_own_names_for_types_and_fields(
    own_toy: Workspace, tmp_path: Path
) -> None:
    thesis = (
        '@string{uni = "Harbour University"}\n@phdthesis{t, author={Kai, Ann}, title={Ports}, '
        "school=uni, year=2020, month=mar, address={Oslo}, custom={kept {A}}}"
    )
    _add(own_toy, _file(tmp_path, "mine.bib", thesis + MINE))
    text = evidence.bibliography(Base(own_toy, build.store(own_toy)), "biblatex")
    entries = {e.key: e for e in read("out", text.encode()).entries}
    thesis_out = entries["kai-2020-ports"]
    assert thesis_out.kind == "thesis"
    assert thesis_out.fields["type"] == "phdthesis"
    assert thesis_out.fields["institution"] == "Harbour University"
    assert thesis_out.fields["date"] == "2020-03"
    assert thesis_out.fields["location"] == "Oslo"
    assert thesis_out.fields["custom"] == "kept {A}"
    assert entries[KEY].fields["journaltitle"] == "Harbour Studies"


def test_a_dry_run_says_what_would_be_and_leaves_no_trace(
    own_toy: Workspace, tmp_path: Path
) -> None:
    mine = _file(tmp_path, "mine.bib", MINE)
    other = _file(tmp_path, "theirs.bib", MINE.replace("year", "volume = 7, year"))
    dry = bib.add(own_toy, [mine, other], dry_run=True)
    wet = bib.add(own_toy, [mine, other])
    assert dry.files == wet.files
    assert [len(file.merged) for file in dry.files] == [0, 1]


TWINS = (
    "@article{one, author={Kai, Ann}, title={Small ports in a wide world}, year=2020}\n",
    "@article{two, author={Kai, Ann}, title={Small port in a wide world}, year=2021, volume=7,"
    " keywords={ports}}\n",
)


def _pairs(workspace: Workspace) -> list[str]:
    pending = review.suggestions(Base(workspace, build.store(workspace)))
    return [f"{one.work}/{one.concept}" for one in pending if "same-as:" in one.concept]


@pytest.mark.parametrize("files", [1, 2])
def test_likely_duplicates_become_one_work_when_a_person_says_so(
    own_toy: Workspace, tmp_path: Path, files: int
) -> None:
    texts = TWINS if files == 2 else ("".join(TWINS),)
    paths = [_file(tmp_path, f"lib{n}.bib", text) for n, text in enumerate(texts)]
    _add(own_toy, *paths)
    first, second = "kai-2020-small", "kai-2021-small"
    assert _pairs(own_toy) == [f"{second}/same-as:{first}"]
    earlier = bib.Decision(second, "visibility", "accept", "me", "ports")
    bib.decide(own_toy, [earlier])
    bib.decide(own_toy, [bib.Decision(second, f"same-as:{first}", "accept", "me", "")])
    assert _pairs(own_toy) == []
    assert {key for _, key, _ in _said(own_toy, "prism:volume")} >= {first}
    named = {word for _, key, word in _said(own_toy, "dcterms:identifier") if key == first}
    assert named >= {first, second, "one", "two"}
    assert not {key for _, key, _ in _said(own_toy, "dcterms:title")} & {second}
    coded = _said(own_toy, "ik:onWork")
    assert f"{own_toy.base}work/{first}" in {target for _, _, target in coded}
    for path in paths:
        (file,) = _add(own_toy, path).files
        assert not file.added


def test_a_pair_that_a_person_rejected_is_not_suggested_again(
    own_toy: Workspace, tmp_path: Path
) -> None:
    _add(own_toy, _file(tmp_path, "lib.bib", "".join(TWINS)))
    pair = bib.Decision("kai-2021-small", "same-as:kai-2020-small", "reject", "me", "")
    bib.decide(own_toy, [pair])
    assert _pairs(own_toy) == []
    assert len(read("", (own_toy.root / "bib/lib.bib").read_bytes()).entries) == 2


def test_a_title_that_is_mended_without_a_doi_stays_the_same_work(
    own_toy: Workspace, tmp_path: Path
) -> None:
    mine = _file(tmp_path, "lib.bib", TWINS[0])
    _add(own_toy, mine)
    mine.write_text(TWINS[0].replace("Small ports", "Smaller ports").replace("2020", "2022"))
    (file,) = _add(own_toy, mine).files
    assert [(one.same_as, one.reason) for one in file.updated] == [
        ("kai-2020-small", "same key in this library")
    ]


def test_adding_again_what_was_merged_under_a_known_key_changes_nothing(
    own_toy: Workspace, tmp_path: Path
) -> None:
    more = _file(tmp_path, "theirs.bib", MINE.replace("year", "volume = {7}, year"))
    _add(own_toy, _file(tmp_path, "mine.bib", MINE), more)
    before = (own_toy.root / "bib/theirs.bib").read_bytes()
    (file,) = _add(own_toy, more).files
    assert [one.same_as for one in file.known] == [KEY]
    assert (own_toy.root / "bib/theirs.bib").read_bytes() == before
