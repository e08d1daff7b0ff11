"""The explorer page in a real browser with the network cut off."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

import networks
from intlkg import evidence, network, pages, questions
from intlkg import open as open_base
from intlkg.base import Base
from intlkg.evidence import render
from intlkg.pages import traces
from intlkg.pages.explorer import ids
from intlkg.workspace import Workspace

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
ABOUT = pages.About(
    "Why firms go abroad",
    "All of it",
    queries={"view": "SELECT ?from { }"},
    said=networks.said(),
)


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a network's page; in the end, no request was made and no error was logged."""
    requests: list[str] = []
    errors: list[str] = []
    contexts = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            errors.append(message.text)

    def note_request(request: Request) -> None:
        requests.append(request.url)

    def opened(
        graph,
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        at: str = "",
        about: pages.About = ABOUT,
        bypass_csp: bool = False,
    ) -> Page:
        target = tmp_path / "page.html"
        pages.write(graph, target, about)
        scheme = "dark" if dark else "light"
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            offline=True,
            bypass_csp=bypass_csp,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", note_console)
        page.on("request", note_request)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"file://{target}{at}")
        _until(page, "window.intlkg")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
    assert [url for url in requests if not url.startswith(f"file://{tmp_path}/page.html")] == []


@pytest.fixture(scope="module")
def corpus_graph(corpus_base: Base):
    return network.project(
        corpus_base, questions.named(corpus_base.workspace, "knowledge", "views")
    )


@pytest.fixture(scope="module")
def corpus_about(corpus_base: Base, corpus_graph) -> pages.About:
    said = traces.shown(corpus_base, corpus_graph)
    return pages.About("t", "n", queries=ABOUT.queries, said=said)


def _until(page: Page, expression: str) -> None:
    """Wait until an expression is true; the page's policy forbids evaluating text inside it."""
    for _ in range(100):
        if page.evaluate(f"Boolean({expression})"):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def _click(page: Page, item: str) -> None:
    place = page.evaluate("id => window.intlkg.position(id)", item)
    page.mouse.click(place["x"], place["y"])


def test_the_shipped_page_is_searched_clicked_and_read(open_page: Open, corpus_graph) -> None:
    page = open_page(corpus_graph)
    page.fill("#search", "geographical distance does not")
    page.wait_for_selector("#results button")
    page.press("#search", "Enter")
    _until(page, "window.intlkg.selected() === 'makaya-2024/q31481'")
    details = page.locator("#details")
    assert "psychic distance and geographical distance does not impact" in details.inner_text()
    page.click("#zoom-fit")
    page.wait_for_timeout(600)
    _click(page, "makaya-2024/q29104")
    _until(page, "window.intlkg.selected() === 'makaya-2024/q29104'")
    words = details.inner_text()
    assert "For sure money, also visibility, and being well known around the world" in words
    assert "M2, M4, M11, M17" in words
    assert "section 4-2 Demographic profile of the participants, characters 29104-29197" in words
    assert "Makaya 2024" in words
    assert "question 2: What was the motivation ?" in words


def test_no_iri_is_shown_anywhere(open_page: Open, corpus_graph, corpus_about) -> None:
    page = open_page(corpus_graph, about=corpus_about)
    page.click("#table-toggle")
    for item in ("concept/visibility", "makaya-2024/M9", "work/ferraris-etal-2019-rd"):
        page.evaluate("id => { location.hash = encodeURIComponent(id) }", item)
        _until(page, f"window.intlkg.selected() === '{item}'")
        shown = page.locator("body").inner_text()
        assert not re.search(r"https?://|w3id\.org", shown)


def test_other_voices_are_shown(open_page: Open) -> None:
    page = open_page(networks.study(), at="#s%2Fq1")
    shown = page.locator("#details").inner_text()
    assert "Other voices" in shown
    assert "disputes “psychic distance does not impact that much”" in shown


def test_the_legend_hides_and_shows_a_kind(open_page: Open) -> None:
    page = open_page(networks.study())
    button = page.locator("#legend button", has_text="statements 3")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.evaluate("window.intlkg.visible('s/q1')") is False
    assert page.evaluate("window.intlkg.visible('s/M9')") is True
    button.click()
    assert page.evaluate("window.intlkg.visible('s/q1')") is True


def test_a_theme_shows_its_evidence_and_the_address_keeps_it(open_page: Open) -> None:
    page = open_page(networks.study())
    page.locator("#themes button", has_text="psychic distance").click()
    _until(page, "window.intlkg.selected() === 'concept/distance'")
    assert (
        "1 participant supports it; 1 participant disputes it."
        in page.locator("#details").inner_text()
    )
    assert page.url.endswith("#concept%2Fdistance")
    page.locator("#trail button", has_text="does not impact").click()
    _until(page, "window.intlkg.selected() === 's/q2'")
    page.go_back()
    _until(page, "window.intlkg.selected() === 'concept/distance'")
    page.reload()
    _until(page, "window.intlkg && window.intlkg.selected() === 'concept/distance'")


def test_the_keyboard_alone_is_enough(open_page: Open) -> None:
    page = open_page(networks.study())
    page.keyboard.press("/")
    page.keyboard.type("money")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _until(page, "window.intlkg.selected() === 's/q3'")
    assert "statement: For sure money" in page.locator("#announcer").inner_text()


def test_a_search_without_result_says_so(open_page: Open) -> None:
    page = open_page(networks.study())
    page.fill("#search", "zzz")
    assert page.locator("#results").inner_text() == "Nothing found"
    assert page.locator("#announcer").inner_text() == "0 found"


def test_the_table_lists_all_items_and_sorts(open_page: Open) -> None:
    page = open_page(networks.study())
    page.click("#table-toggle")
    rows = page.locator("#table-view tbody tr")
    assert rows.count() == 12
    page.locator("th button", has_text="Links").click()
    links = [int(text) for text in page.locator("#table-view td:nth-child(4)").all_inner_texts()]
    assert links == sorted(links, reverse=True)
    rows.first.locator("td:first-child button").click()
    _until(page, "window.intlkg.selected()")


@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark_follow_the_system_and_the_button(open_page: Open, dark: bool) -> None:
    page = open_page(networks.study(), dark=dark)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    assert before == ("rgb(13, 17, 23)" if dark else "rgb(255, 255, 255)")
    page.click("#scheme-toggle")
    assert page.evaluate(paper) != before


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_nothing_scrolls_sideways(open_page: Open, corpus_graph, corpus_about, width: int) -> None:
    page = open_page(
        corpus_graph, about=corpus_about, width=width, height=844, at="#makaya-2024%2Fq33098"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_words_run_nothing_and_are_shown_as_text(open_page: Open) -> None:
    page = open_page(networks.hostile())
    page.click("#table-toggle")
    page.fill("#search", "window")
    for button in page.locator("#themes button").all():
        button.click()
    assert page.evaluate("window.harmed") is None
    assert networks.HOSTILE[1] in page.locator("body").inner_text()


# ---- tasks, in few steps


def test_which_sources_support_a_theme_takes_one_click(
    open_page: Open, corpus_graph, corpus_about
) -> None:
    page = open_page(corpus_graph, about=corpus_about)
    page.locator("#themes button", has_text="lack of funding").first.click()
    _until(page, "window.intlkg.selected() === 'concept/lack-of-funding'")
    trail = page.locator("#trail").inner_text()
    assert "supports" in trail
    assert "Who says so" in trail
    assert page.locator("#trail-lines path.supports").count() >= 3


def test_who_disagrees_in_which_words_takes_six_keys(
    open_page: Open, corpus_graph, corpus_about
) -> None:
    page = open_page(corpus_graph, about=corpus_about)
    for key in ("/", "p", "s", "y", "c", "Enter"):
        page.keyboard.press(key)
    _until(page, "window.intlkg.selected() === 'concept/psychic-distance'")
    disputing = page.locator("#trail button.disputes").all_inner_texts()
    assert any("does not impact that much" in words and "M1" in words for words in disputing)


def test_where_in_the_paper_takes_two_clicks(open_page: Open, corpus_graph, corpus_about) -> None:
    page = open_page(corpus_graph, about=corpus_about)
    page.locator("#themes button", has_text="psychic distance").first.click()
    page.locator("#trail button.disputes", has_text="does not impact").first.click()
    details = page.locator("#details")
    assert "characters 31481-" in details.inner_text()
    assert "Other voices" in details.inner_text()


def test_a_claim_shows_its_own_words_and_their_place(
    open_page: Open, corpus_graph, corpus_about
) -> None:
    page = open_page(corpus_graph, about=corpus_about, at="#work%2Fferraris-etal-2019-rd")
    card = page.locator("#trail .wide button").first
    assert "supports" in card.inner_text()
    assert "characters" in card.inner_text()
    assert len(card.locator(".said").inner_text()) > 40


# ---- one truth: the page says what a trace says


def _said(page: Page) -> set[tuple[str, ...]]:
    """Return (who, voice, stance, role) as the details list them."""
    rows = page.locator("#details [data-who]").all()
    names = ("who", "voice", "stance", "role")
    return {tuple(str(row.get_attribute(f"data-{name}")) for name in names) for row in rows}


def _check(page: Page, base: Base, iri: str) -> None:
    trace = evidence.trace_concept(base, iri)
    wanted = {(who.name, who.voice, stance, role) for who, stance, role, _ in trace.who()}
    assert _said(page) == wanted, iri
    sentences = [f"{words}." for _, words in render.in_words(trace.tally)]
    assert page.locator("#tally p").all_inner_texts() == sentences, iri


@pytest.mark.parametrize("name", ["corpus_base", "library_base"])
def test_the_page_names_the_same_who_and_tally_as_a_trace(
    request: pytest.FixtureRequest, open_page: Open, name: str
) -> None:
    base: Base = request.getfixturevalue(name)
    graph = network.project(base, questions.named(base.workspace, "knowledge", "views"))
    page = open_page(graph, about=pages.About("t", "n", said=traces.shown(base, graph)))
    names, themes = ids(graph.nodes), list(evidence.by_theme(base))
    assert set(themes) <= set(graph)
    for iri in themes[::9] if name == "corpus_base" else themes:
        page.evaluate("id => { location.hash = encodeURIComponent(id) }", names[iri])
        _until(page, f"window.intlkg.selected() === '{names[iri]}'")
        _check(page, base, iri)


def test_a_card_has_the_stance_of_its_link(open_page: Open, corpus_graph, corpus_about) -> None:
    page = open_page(corpus_graph, about=corpus_about, at="#makaya-2024%2Fq31481")
    cards = page.locator("#trail .wide button")
    assert cards.count() == 2
    assert {cards.nth(number).get_attribute("class") for number in (0, 1)} == {
        "supports",
        "disputes",
    }
    drawn = {
        stance: len(
            {
                b
                for a, b, d in corpus_graph.edges(data=True)
                if a.endswith("q31481") and d["stance"] == stance
            }
        )
        for stance in ("supports", "disputes")
    }
    assert min(drawn.values()) > 0
    for stance, number in drawn.items():
        assert page.locator(f"#trail-lines path.{stance}").count() == number


def test_disputes_of_works_count_in_tally_and_bar(
    open_page: Open, corpus_graph, corpus_about
) -> None:
    page = open_page(corpus_graph, about=corpus_about)
    theme = page.locator("#themes button[data-id='concept/lack-of-resources']")
    assert "1 disputes" in theme.inner_text()
    assert theme.locator(".bar .disputes").evaluate("part => part.offsetWidth") > 0


def test_a_filter_says_how_many_of_the_tally_are_shown(open_page: Open) -> None:
    page = open_page(networks.study(), at="#concept%2Fdistance")
    page.locator("#legend button[data-stance=disputes]").click()
    details = page.locator("#details").inner_text()
    assert "1 participant supports it; 1 participant disputes it." in details
    assert "1 of 2 shown" in details
    assert page.locator("#trail button.disputes").count() == 0
    assert page.locator("#trail button.supports").count() == 1


def test_a_library_alone_can_be_browsed(open_page: Open, library_base: Base) -> None:
    view = questions.named(library_base.workspace, "knowledge", "views")
    graph = network.project(library_base, view)
    about = pages.About("t", "n", said=traces.shown(library_base, graph))
    page = open_page(graph, about=about)
    page.locator("#themes button", has_text="psychic distance").click()
    trail = page.locator("#trail").inner_text()
    assert "marked by a reader, no words" in trail
    assert "Far markets frighten small firms." in trail


# ---- filters, addresses, report


def test_stances_and_years_filter_and_the_address_keeps_them(open_page: Open) -> None:
    page = open_page(networks.study())
    page.locator("#legend button[data-stance=disputes]").click()
    assert not page.evaluate("window.intlkg.visible('s/q2')")
    assert page.evaluate("window.intlkg.visible('s/q1')")
    assert "showing 11 of 12" in page.locator("#hidden-note").inner_text()
    address = page.url
    assert address.endswith("#?without=disputes")
    page.reload()
    _until(page, "window.intlkg && !window.intlkg.visible('s/q2')")
    page.click("#clear")
    assert page.evaluate("window.intlkg.visible('s/q2')")


def test_years_filter_sources(open_page: Open) -> None:
    page = open_page(networks.large(200, 400))
    page.fill("#year-from", "2000")
    page.press("#year-from", "Enter")
    _until(page, "location.hash.includes('from=2000')")
    page.click("#table-toggle")
    years = page.locator("#table-view td:nth-child(3)").all_inner_texts()
    assert years
    assert all(not year or int(year) >= 2000 for year in years)
    assert page.locator("#years .bars i.out").count() == 23


def test_size_follows_a_measure(open_page: Open) -> None:
    graph = networks.study()
    about = pages.About("t", "n", measures={"degree": network.measured(graph, "degree")})
    page = open_page(graph, about=about)
    page.select_option("#size", "degree")
    _until(page, "location.hash === '#?size=degree'")
    assert "In this network" not in page.locator("#details").inner_text()
    page.locator("#themes button", has_text="visibility").click()
    assert "Degree\n1" in page.locator("#details").inner_text()


def test_what_is_pinned_is_a_report(open_page: Open) -> None:
    page = open_page(networks.study(), at="#s%2Fq2")
    page.locator("#details button", has_text="Pin to report").click()
    assert "Report (1 pinned)" in page.locator("#report").inner_text()
    with page.expect_download() as saved:
        page.click("#report-save")
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "psychic distance does not impact that much" in text
    assert "disputes: psychic distance determines entry" in text
    page.reload()
    _until(page, "window.intlkg && document.getElementById('report').hidden === false")


def test_the_query_behind_the_view_is_that_of_the_theme(open_page: Open) -> None:
    asked = {"view": "SELECT ?from { }", "theme": "SELECT ?x { VALUES ?theme { ikc:any } }"}
    page = open_page(networks.study(), about=pages.About("t", "n", queries=asked))
    page.locator("#details summary").click()
    assert "SELECT ?from" in page.locator("#details pre").inner_text()
    page.locator("#themes button", has_text="visibility").click()
    page.locator("#details summary").click()
    assert (
        "VALUES ?theme { <https://example.org/concept/seen> }"
        in page.locator("#details pre").inner_text()
    )


# ---- files of what is visible


@pytest.fixture
def files(open_page: Open, corpus_graph) -> Callable[[str], bytes]:
    known = {iri: "@article{x, title={T}}" for iri in corpus_graph if "/work/" in iri}
    page = open_page(corpus_graph, about=pages.About("t", "n", citations=known))

    def content(label: str) -> bytes:
        if page.locator(".menu").get_attribute("open") is None:
            page.click(".menu summary")
        with page.expect_download() as saved:
            page.locator("#exports button", has_text=label).first.click()
        return Path(saved.value.path()).read_bytes()

    return content


def test_what_is_visible_opens_in_other_tools(files, corpus_graph) -> None:
    assert files("PNG").startswith(b"\x89PNG")
    svg = ElementTree.fromstring(files("SVG"))  # noqa: S314
    assert len(svg.findall("{http://www.w3.org/2000/svg}path")) == len(corpus_graph)
    lines = svg.findall("{http://www.w3.org/2000/svg}line")
    disputes = [d for _, _, d in corpus_graph.edges(data=True) if d["stance"] == "disputes"]
    assert len([line for line in lines if line.get("stroke-dasharray")]) == len(disputes)
    rows = list(csv.reader(io.StringIO(files("CSV").decode())))
    assert rows[0] == ["from", "relation", "to", "stance", "weight", "words"]
    assert len(rows) >= corpus_graph.number_of_edges()
    for label, read in (("GraphML", nx.read_graphml), ("GEXF", nx.read_gexf)):
        graph = read(io.BytesIO(files(label)))
        assert set(graph) == set(corpus_graph), label
        assert graph.number_of_edges() == corpus_graph.number_of_edges(), label
    turtle = rdflib.Graph().parse(data=files("Turtle"), format="turtle")
    line = rdflib.URIRef("https://w3id.org/intlkg/ns#EvidenceLine")
    stances = [d["stance"] for _, _, d in corpus_graph.edges(data=True) if d["stance"]]
    assert len(set(turtle.subjects(rdflib.RDF.type, line))) == len(stances)
    said = rdflib.URIRef("https://w3id.org/intlkg/ns#statedBy")
    spoken = [d for *_, d in corpus_graph.edges(data=True) if d["property"] == str(said)]
    assert len(set(turtle.subject_objects(said))) == len(spoken) > 80
    sources = [data for _, data in corpus_graph.nodes(data=True) if data["kind"] == "source"]
    assert files("BibTeX").count(b"@article{x") == len(sources) >= 40


def test_hostile_words_stay_words_in_every_file(open_page: Open) -> None:
    page = open_page(networks.hostile())
    for ending in ("svg", "graphml", "gexf"):
        ElementTree.fromstring(page.evaluate("e => window.intlkg.file(e)", ending))  # noqa: S314
    rdflib.Graph().parse(data=page.evaluate("() => window.intlkg.file('ttl')"), format="turtle")
    assert page.evaluate("window.harmed") is None


# ---- large networks


def test_a_large_network_says_what_it_shows_and_opens_on_demand(open_page: Open) -> None:
    page = open_page(networks.large(3_000, 7_500))
    assert "showing 300 of 3,000" in page.locator("#hidden-note").inner_text()
    assert page.evaluate("!window.intlkg.visible('source/n8')")
    page.evaluate("location.hash = 'source%2Fn8'")
    _until(page, "window.intlkg.selected() === 'source/n8'")
    assert page.evaluate("window.intlkg.visible('source/n8')")
    page.fill("#search", "knowledge")
    page.wait_for_selector("#results button")
    assert "more: type more letters" in page.locator("#results").inner_text()


def test_no_label_is_small_or_covers_another(open_page: Open, corpus_graph, corpus_about) -> None:
    page = open_page(corpus_graph, about=corpus_about)
    for step in range(3):
        labels = page.evaluate("window.intlkg.labels()")
        assert len(labels) > 10
        boxes = [label["box"] for label in labels]
        for number, (left, top, right, bottom) in enumerate(boxes):
            for u, v, w, x in boxes[number + 1 :]:
                assert left >= w or u >= right or top >= x or v >= bottom, step
        sizes = [int(re.search(r"(\d+)px", label["face"])[1]) for label in labels]
        assert min(sizes) >= 11
        page.click("#zoom-in")
        page.wait_for_timeout(500)


# ---- for everybody


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_rule_of_accessibility_is_broken(
    open_page: Open, corpus_graph, corpus_about, width: int, dark: bool
) -> None:
    page = open_page(
        corpus_graph,
        width=width,
        dark=dark,
        at="#concept%2Fpsychic-distance",
        about=corpus_about,
        bypass_csp=True,
    )
    _no_violations(page)
    page.click("#table-toggle")
    page.click(".menu summary")
    page.locator("#details summary").click()
    _no_violations(page)


def _no_violations(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


@pytest.fixture(scope="module")
def toy_site(toy_base: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    pages.write_site(toy_base, folder)
    return folder


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "name",
    ["index", "concept/visibility", "tables", "work/index", "study/*", "participant/*-P1", "ns"],
)
def test_pages_without_scripts_are_accessible_too(
    chromium: Browser, toy_site: Path, name: str, dark: bool
) -> None:
    path = next(toy_site.glob(f"{name}.html"))
    scheme = "dark" if dark else "light"
    context = chromium.new_context(offline=True, bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(path.as_uri())
    _no_violations(page)
    context.close()


def test_all_links_of_an_item_can_be_reached(open_page: Open, corpus_graph) -> None:
    page = open_page(corpus_graph, at="#makaya-2024%2Fstudy")
    before = page.locator("#details .links button").count()
    page.locator("#details button", has_text="Show all").first.click()
    assert page.locator("#details .links button").count() > before


def test_the_plain_page_draws_and_runs_nothing_of_the_data(
    chromium: Browser, tmp_path: Path
) -> None:
    html = pages.plain(networks.hostile(), networks.HOSTILE[0])
    (tmp_path / "plain.html").write_text(html, encoding="utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"file://{tmp_path}/plain.html")
    page.wait_for_selector("#map canvas")
    box = page.locator("#map").bounding_box()
    assert box
    for step in range(12):
        page.mouse.move(box["x"] + box["width"] * step / 12, box["y"] + box["height"] / 2)
    assert page.evaluate("window.harmed") is None
    assert errors == []
    context.close()


def test_every_item_and_link_is_in_the_words_of_the_page(open_page: Open) -> None:
    page = open_page(networks.study(), at="#?view=table")
    words = page.locator("#table-view").inner_text()
    for label in ("lonely theme", "psychic distance determines entry", "M9", "Makaya 2024"):
        assert label in words
    assert page.locator("#table-view button.near").count() >= 11


def test_a_drawing_shows_in_a_notebook(chromium: Browser, toy: Workspace, tmp_path: Path) -> None:
    drawing = open_base(toy.root).draw("knowledge", focus="visibility", depth=2)
    (tmp_path / "cell.html").write_text(f"<body>{drawing._repr_html_()}", encoding="utf-8")
    page = chromium.new_context(offline=True).new_page()
    page.goto(f"file://{tmp_path}/cell.html")
    frame = page.frame_locator("iframe")
    frame.locator("#themes button", has_text="visibility").first.click()
    frame.locator("#trail button.supports").first.wait_for()
    page.context.close()
    drawing.write(tmp_path / "own.html")
    assert (tmp_path / "own.html").read_text(encoding="utf-8") == drawing.html
