"""The explorer page in a real browser with the network cut off."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

import networks
from intlkg import network, pages, queries
from intlkg.store import Store
from intlkg.workspace import Workspace

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


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
        graph, *, width: int = 1440, height: int = 900, dark: bool = False, at: str = ""
    ) -> Page:
        target = tmp_path / "page.html"
        pages.write(graph, target, title="Why firms go abroad", note="All of it")
        scheme = "dark" if dark else "light"
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
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
def corpus_graph(corpus: Workspace, corpus_store: Store):
    return network.project(corpus, corpus_store, queries.named(corpus, "knowledge", "views"))


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
    assert page.locator("#results button").count() == 1
    page.press("#search", "Enter")
    _until(page, "window.intlkg.selected() === 'makaya-2024/q31481'")
    details = page.locator("#details")
    assert "psychic distance and geographical distance does not impact" in details.inner_text()
    _click(page, "makaya-2024/q29104")
    _until(page, "window.intlkg.selected() === 'makaya-2024/q29104'")
    words = details.inner_text()
    assert "For sure money, also visibility, and being well known around the world" in words
    assert "M2, M4, M11, M17" in words
    assert "section 4-2 Demographic profile of the participants, characters 29104-29197" in words
    assert "Makaya 2024" in words
    assert "question 2: What was the motivation ?" in words


def test_no_iri_is_shown_anywhere(open_page: Open, corpus_graph) -> None:
    page = open_page(corpus_graph)
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
    assert "1 supporting, 1 disputing" in page.locator("#details").inner_text()
    assert page.url.endswith("#concept%2Fdistance")
    page.locator("#details button", has_text="does not impact").click()
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
    links = [int(text) for text in page.locator("#table-view td:last-child").all_inner_texts()]
    assert links == sorted(links, reverse=True)
    rows.first.locator("button").click()
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
def test_nothing_scrolls_sideways(open_page: Open, corpus_graph, width: int) -> None:
    page = open_page(corpus_graph, width=width, height=844, at="#makaya-2024%2Fq33098")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_words_run_nothing_and_are_shown_as_text(open_page: Open) -> None:
    page = open_page(networks.hostile())
    page.click("#table-toggle")
    page.fill("#search", "window")
    for button in page.locator("#themes button").all():
        button.click()
    assert page.evaluate("window.harmed") is None
    assert networks.HOSTILE[1] in page.locator("body").inner_text()
