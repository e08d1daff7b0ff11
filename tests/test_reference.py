"""The reference pages: complete, linked, and harmless."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib

from intlkg import build, evidence, network, pages, questions
from intlkg.base import Base
from intlkg.errors import QueryError
from intlkg.evidence import render
from intlkg.pages import reference, traces
from intlkg.pages.entities import addresses
from intlkg.pages.explorer import ids
from intlkg.vocab import IK
from intlkg.workspace import Workspace
from networks import HOSTILE
from workspaces import ROOT


class _Page(HTMLParser):
    """The ids and links of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attrs)
        if found.get("id"):
            self.ids.add(str(found["id"]))
        if tag == "a":
            self.links.append(str(found["href"]))


@pytest.fixture(scope="module")
def site(corpus_base: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    pages.write_site(corpus_base, folder)
    return folder


EXPLORERS = {f"{path.stem}.html" for path in (ROOT / "queries" / "views").glob("*.rq")}


def _all(site: Path) -> Iterator[Path]:
    yield from sorted(site.rglob("*.html"))


def test_every_class_and_property_has_the_anchor_of_its_iri(site: Path) -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "intlkg.ttl", format="turtle")
    terms = {str(term)[len(IK) :] for term in ontology.subjects() if str(term).startswith(IK)}
    assert len(terms) > 80
    assert terms <= _Page(site / "ns.html").ids


def test_every_concept_has_a_page_of_its_name(site: Path) -> None:
    names = {path.stem for path in (site / "concept").glob("*.html")}
    assert len(names) == 498 + 1
    assert {"visibility", "uppsala-model", "technology-entry"} <= names


def test_every_link_leads_to_a_page_and_an_anchor(site: Path) -> None:
    parsed = {path: _Page(path) for path in _all(site)}
    for path, page in parsed.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            there = (path.parent / target).resolve() if target else path
            assert there.is_file(), (path, link)
            if anchor and there.name not in EXPLORERS:
                assert unquote(anchor) in parsed[there].ids, (path, link)


def test_a_concept_page_says_what_it_is_and_what_speaks_for_it(site: Path) -> None:
    html = (site / "concept" / "visibility.html").read_text(encoding="utf-8")
    for words in ("A wish to be seen", "making the name", "Motives", "4 participants"):
        assert words in html
    assert "knowledge.html#proposition%2Fvisibility-motivates-internationalization" in html


def test_no_page_runs_a_script_or_shows_an_iri(site: Path) -> None:
    for path in _all(site):
        if path.name in EXPLORERS:
            continue
        html = path.read_text(encoding="utf-8")
        assert "script" not in _Page(path).tags
        shown = re.sub(
            r"<style>.*?</style>|<pre>.*?</pre>|<[^>]+>|<svg.*?</svg>", " ", html, flags=re.S
        )
        printed = re.sub(r"&lt;https?://\S+&gt;", " ", shown)  # in entries, as printed
        assert "://" not in (printed if path.name == "audit.html" else shown), path


def test_hostile_words_stay_words(own_toy: Workspace, tmp_path: Path) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    evil = HOSTILE[0].replace('"', "'")
    concepts.write_text(concepts.read_text().replace('"being seen"@en', f'"{evil}"@en'))
    pages.write_site(Base(own_toy, build.store(own_toy)), tmp_path / "site")
    path = tmp_path / "site" / "concept" / "visibility.html"
    assert "script" not in _Page(path).tags
    assert "&lt;/script&gt;" in path.read_text(encoding="utf-8")


def test_the_first_page_leads_to_all_others_and_counts_what_there_is(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    links = set(_Page(site / "index.html").links)
    assert links >= EXPLORERS
    assert {f"{kind}/index.html" for kind in ("study", "participant", "work", "concept")} <= links
    assert "<td>Participants</td><td>20</td>" in html
    assert "<td>Statements</td><td>66</td>" in html


def test_the_first_page_says_how_to_cite(own_toy: Workspace, tmp_path: Path) -> None:
    (own_toy.root / "CITATION.cff").write_text(
        "title: A toy\nversion: 2\nlicense: MIT\nauthors:\n"
        "  - {family-names: Doe, given-names: Ann}\n  - {name: The Harbour Group}\n"
    )
    pages.write_site(Base(own_toy, build.store(own_toy)), tmp_path / "site")
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Doe, Ann; The Harbour Group: A toy, version 2" in html
    assert "<td>Licence of the code</td><td>MIT</td>" in html


def test_works_studies_and_participants_have_pages_with_words_and_places(site: Path) -> None:
    participant = (site / "participant" / "makaya-2024-M9.html").read_text(encoding="utf-8")
    assert "50-59" in participant
    assert "depends on psychic and geographical distance" in participant
    assert 'href="../concept/psychic-distance.html"' in participant
    assert "knowledge.html#makaya-2024%2FM9" in participant
    work = next((site / "work").glob("hollensen*.html")).read_text(encoding="utf-8")
    assert "Hollensen 2017" in work
    assert 'href="../work/makaya-2024' in work
    assert "<pre>@" in work
    (study,) = (site / "study").glob("makaya*.html")
    assert 'href="../participant/makaya-2024-M1.html"' in study.read_text(encoding="utf-8")
    assert len(list((site / "participant").glob("*-M*.html"))) == 20


def test_no_page_tells_more_of_a_person_than_an_age_band(site: Path) -> None:
    for path in (site / "participant").glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"divorced|widowed|bachelor|female", html), path


def test_every_link_into_an_explorer_names_an_item_of_it(site: Path, corpus_base: Base) -> None:
    known = {
        f"{view.name}.html": set(ids(network.project(corpus_base, view)).values())
        for view in questions.load(corpus_base.workspace, "views").values()
    }
    linked = 0
    for path in _all(site):
        for link in _Page(path).links:
            target, _, item = link.partition("#")
            if item and target.removeprefix("../") in known:
                assert unquote(item) in known[target.removeprefix("../")], (path, link)
                linked += 1
    assert linked > 300


# ---- one truth: pages say what a trace says

Said = tuple[str, str, str, str]


class _Said(HTMLParser):
    """Who, voice, stance and role in the rows of a page; on a page of somebody also the theme."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.said: list[Said] = []
        self.on: set[tuple[str, Said]] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if "data-who" in known:
            who, voice, stance, role = (
                known[f"data-{name}"] for name in ("who", "voice", "stance", "role")
            )
            self.said.append((who, voice, stance, role))
            self.on.add((known.get("data-theme", ""), (who, voice, stance, role)))


def _traced(base: Base, iri: str) -> set[Said]:
    rows = evidence.trace_concept(base, iri).who()
    return {(who.name, who.voice, stance, role) for who, stance, role, _ in rows}


@pytest.mark.parametrize("name", ["toy_base", "library_base", "ward_base", "corpus_base"])
def test_pages_name_the_same_who_as_a_trace(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    base: Base = request.getfixturevalue(name)
    if name == "corpus_base":
        tmp_path = request.getfixturevalue("site")
    else:
        pages.write_site(base, tmp_path)
    known = addresses(base)
    by_page = {
        said
        for folder in ("participant", "work", "study")
        for path in (tmp_path / folder).glob("*.html")
        for said in _Said(path).on
    }
    themes = list(evidence.by_theme(base))[:: 10 if name == "corpus_base" else 1]
    assert themes
    for iri in themes:
        said = _traced(base, iri)
        assert set(_Said(tmp_path / known[iri]).said) == said, iri
        html = (tmp_path / known[iri]).read_text(encoding="utf-8")
        for sentence in render.in_words(evidence.trace_concept(base, iri).tally):
            assert f"<p>{sentence[1]}.</p>" in html
        pages_of = {row for row in said if row[1] not in ("group", "unnamed")}
        assert {row for on, row in by_page if on == iri} == pages_of, iri


def test_the_explorer_is_given_the_same_who_as_a_trace(corpus_base: Base) -> None:
    shown = traces.shown(corpus_base, evidence.by_theme(corpus_base))
    for iri in list(shown)[::7]:
        trace = evidence.trace_concept(corpus_base, iri)
        assert {tuple(row) for row in shown[iri]["who"]} == _traced(corpus_base, iri)
        assert shown[iri]["tally"] == trace.tally
        order = [one.iri for one in trace.propositions]
        assert [one for one, _ in shown[iri]["propositions"]] == order


# ---- names of pages, and what they hold


def test_the_list_of_participants_and_their_network_are_two_pages(site: Path) -> None:
    assert "Who speaks of which theme" in (site / "participants.html").read_text("utf-8")
    assert "makaya-2024-M1.html" in (site / "participant" / "index.html").read_text("utf-8")


def test_no_page_is_written_twice(own_toy: Workspace, tmp_path: Path) -> None:
    view = (ROOT / "queries" / "views" / "themes.rq").read_text(encoding="utf-8")
    (own_toy.root / "queries" / "views").mkdir(parents=True)
    (own_toy.root / "queries" / "views" / "tables.rq").write_text(view, encoding="utf-8")
    with pytest.raises(QueryError, match=r"two pages are called tables\.html"):
        pages.write_site(Base(own_toy, build.store(own_toy)), tmp_path)


def test_concepts_of_one_name_in_two_namespaces_have_two_pages(own_toy: Workspace) -> None:
    path = own_toy.root / "ontology" / "concepts" / "own.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix own: <https://example.org/own#> .\n"
        'own:scheme a skos:ConceptScheme ; skos:prefLabel "Own"@en .\n'
        "own:visibility a skos:Concept ; skos:inScheme own:scheme ; "
        'skos:prefLabel "own visibility"@en .\n'
    )
    known = addresses(Base(own_toy, build.store(own_toy)))
    assert len(set(known.values())) == len(known)
    assert known["https://example.org/own#visibility"].startswith("concept/visibility")


def test_labels_in_other_languages_are_named_by_their_tags(site: Path, ward_base: Base) -> None:
    html = (site / "concept" / "psychic-distance.html").read_text(encoding="utf-8")
    assert "<dt>Label (fr)</dt>\n<dd><span>distance psychique</span></dd>" in html
    assert "translation" not in html


def test_a_work_without_an_entry_is_marked_on_pages(site: Path) -> None:
    html = (site / "concept" / "process-theory.html").read_text(encoding="utf-8")
    assert "(no entry in the list)" in html
    assert "second-hand, as Makaya 2024 reports it" in html


def test_a_table_too_wide_for_a_page_is_cut_and_says_how_to_see_all() -> None:
    head = tuple(f"c{number}" for number in range(250))
    part = reference.table_part(evidence.Table("wide", "Wide", "Counted.", head, (head,)))
    assert len(part["head"]) == len(part["rows"][0]) == 200
    assert part["note"].endswith("first 200 of 250 columns; all of them: intlkg table wide.")


def test_the_first_page_counts_as_the_evidence_does(site: Path, corpus_base: Base) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    findings = {one.iri for one in evidence.evidence(corpus_base) if one.kind == "finding"}
    assert f"<td>Findings</td><td>{len(findings)}</td>" in html
    assert f"<td>Themes with evidence</td><td>{len(evidence.by_theme(corpus_base))}</td>" in html
