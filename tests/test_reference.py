"""The reference pages: complete, linked, and harmless."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib

from intlkg import build, pages
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
    pages.write_reference(corpus, build.store(corpus), folder)
    (folder / "knowledge.html").write_text("the explorer")
    return folder


def _all(site: Path) -> Iterator[Path]:
    yield from sorted(site.rglob("*.html"))


def test_every_class_and_property_has_the_anchor_of_its_iri(site: Path) -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "intlkg.ttl", format="turtle")
    terms = {str(term)[len(IK) :] for term in ontology.subjects() if str(term).startswith(IK)}
    assert len(terms) > 80
    assert terms <= _Page(site / "ns.html").ids


def test_every_concept_has_a_page_of_its_name(site: Path) -> None:
    names = {path.stem for path in (site / "concept").glob("*.html")}
    assert len(names) == 295
    assert {"visibility", "uppsala-model", "technology-entry"} <= names


def test_every_link_leads_to_a_page_and_an_anchor(site: Path) -> None:
    parsed = {path: _Page(path) for path in _all(site) if path.name != "knowledge.html"}
    for path, page in parsed.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            there = (path.parent / target).resolve() if target else path
            assert there.is_file(), (path, link)
            if anchor and there.name != "knowledge.html":
                assert unquote(anchor) in parsed[there].ids, (path, link)


def test_a_concept_page_says_what_it_is_and_what_speaks_for_it(site: Path) -> None:
    html = (site / "concept" / "visibility.html").read_text(encoding="utf-8")
    for words in ("A wish to be seen", "making the name", "Motives", "1 supports"):
        assert words in html
    assert "knowledge.html#proposition%2Fvisibility-motivates-internationalization" in html


def test_no_page_runs_a_script_or_shows_an_iri(site: Path) -> None:
    for path in _all(site):
        if path.name == "knowledge.html":
            continue
        html = path.read_text(encoding="utf-8")
        assert "script" not in _Page(path).tags
        shown = re.sub(r"<style>.*?</style>|<[^>]+>|<svg.*?</svg>", " ", html, flags=re.S)
        assert "://" not in shown, path


def test_hostile_words_stay_words(own_toy: Workspace, tmp_path: Path) -> None:
    concepts = own_toy.root / "ontology" / "concepts" / "toy.ttl"
    evil = HOSTILE[0].replace('"', "'")
    concepts.write_text(concepts.read_text().replace('"being seen"@en', f'"{evil}"@en'))
    pages.write_reference(own_toy, build.store(own_toy), tmp_path / "site")
    path = tmp_path / "site" / "concept" / "visibility.html"
    assert "script" not in _Page(path).tags
    assert "&lt;/script&gt;" in path.read_text(encoding="utf-8")
