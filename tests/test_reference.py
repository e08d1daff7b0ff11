"""The reference pages: complete, linked, and harmless."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib

from intlkg import build, network, pages, queries
from intlkg.pages.explorer import ids
from intlkg.store import Store
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
def site(corpus: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    pages.write_site(corpus, build.store(corpus), folder)
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
    assert len(names) == 498
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
    for words in ("A wish to be seen", "making the name", "Motives", "1 supports"):
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
        assert "://" not in shown, path


def test_hostile_words_stay_words(own_toy: Workspace, tmp_path: Path) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    evil = HOSTILE[0].replace('"', "'")
    concepts.write_text(concepts.read_text().replace('"being seen"@en', f'"{evil}"@en'))
    pages.write_site(own_toy, build.store(own_toy), tmp_path / "site")
    path = tmp_path / "site" / "concept" / "visibility.html"
    assert "script" not in _Page(path).tags
    assert "&lt;/script&gt;" in path.read_text(encoding="utf-8")


def test_the_first_page_leads_to_all_others_and_counts_what_there_is(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    links = set(_Page(site / "index.html").links)
    assert links >= EXPLORERS
    assert {"studies.html", "participants.html", "works.html", "concepts.html"} <= links
    assert "<td>Participants</td><td>20</td>" in html
    assert "<td>Statements</td><td>65</td>" in html


def test_the_first_page_says_how_to_cite(own_toy: Workspace, tmp_path: Path) -> None:
    (own_toy.root / "CITATION.cff").write_text(
        "title: A toy\nversion: 2\nlicense: MIT\nauthors:\n"
        "  - {family-names: Doe, given-names: Ann}\n  - {name: The Harbour Group}\n"
    )
    pages.write_site(own_toy, build.store(own_toy), tmp_path / "site")
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
    (study,) = (site / "study").glob("*.html")
    assert 'href="../participant/makaya-2024-M1.html"' in study.read_text(encoding="utf-8")
    assert len(list((site / "participant").glob("*.html"))) == 20


def test_no_page_tells_more_of_a_person_than_an_age_band(site: Path) -> None:
    for path in (site / "participant").glob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"divorced|widowed|bachelor|female", html), path


def test_every_link_into_an_explorer_names_an_item_of_it(
    site: Path, corpus: Workspace, corpus_store: Store
) -> None:
    known = {
        f"{view.name}.html": set(ids(network.project(corpus, corpus_store, view)).values())
        for view in queries.load(corpus, "views").values()
    }
    linked = 0
    for path in _all(site):
        for link in _Page(path).links:
            target, _, item = link.partition("#")
            if item and target.removeprefix("../") in known:
                assert unquote(item) in known[target.removeprefix("../")], (path, link)
                linked += 1
    assert linked > 300
