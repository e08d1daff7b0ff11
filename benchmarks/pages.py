"""Our page beside plain pyvis, on the same networks, in headless Chromium.

    python benchmarks/pages.py [--plain SECONDS]

The networks: the shipped knowledge view, and made-up ones of 100/250, 500/1,250, 10,000/25,000 and
50,000/125,000 items and links. Plain pyvis is `Network(cdn_resources="in_line")` with `add_node`,
`add_edge` and `generate_html`, as its documentation shows; it gets up to 1,000 items, and at most
so many seconds to come to rest. CPU is what Chromium's main thread did (Performance.getMetrics,
TaskDuration). `view`: from opening to a labelled picture that stands still. `longest`: the longest
single task. `frame`: CPU of a frame while the map is dragged, `fps`: how many there were a second.
`click`: from choosing an item to the first picture with its surroundings lit.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import networks
from intlkg import build, network, pages, questions, workspace
from intlkg.base import Base

SIZES = ((100, 250), (500, 1_250), (10_000, 25_000), (50_000, 125_000))
PLAIN = 1_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
OBSERVE = (
    "window.longest = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries())"
    " window.longest = Math.max(window.longest, entry.duration); })"
    ".observe({ type: 'longtask', buffered: true });"
)
FRAMES = (
    "() => new Promise((done) => { let count = 0; const start = performance.now();"
    " const step = () => { count += 1; performance.now() - start < 1500"
    " ? requestAnimationFrame(step) : done(count / 1.5); }; requestAnimationFrame(step); })"
)
CHOOSE = (
    "(id) => new Promise((done) => { window.addEventListener('hashchange', () =>"
    " requestAnimationFrame(() => requestAnimationFrame(done)));"
    " location.hash = encodeURIComponent(id); })"
)


def pyvis_page(graph: "nx.MultiDiGraph[str]") -> str:
    """Return what a user of pyvis would make of the network."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for iri, data in graph.nodes(data=True):
        net.add_node(iri, label=data["label"], title=data["text"])
    for one, other in graph.edges():
        net.add_edge(one, other)
    html: str = net.generate_html()
    return html


def opened(browser: Browser, path: Path) -> tuple[Page, list[str]]:
    """Return a page that was just opened, and the requests that it makes besides itself."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(OBSERVE)
    page.goto(f"file://{path}", wait_until="commit")
    return page, requests


class Clock:
    """What the main thread of a page has done so far."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable")

    def seconds(self) -> float:
        """Return the CPU seconds of the page's main thread."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def until(page: Page, expression: str, limit: float) -> bool:
    """Wait until an expression is true, and return whether it became so in time."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if page.evaluate(f"Boolean({expression})"):
            return True
        page.wait_for_timeout(20)
    return False


def dragged(page: Page, clock: Clock) -> tuple[float, float]:
    """Return milliseconds of CPU for a frame, and frames a second, while the map is dragged."""
    box = page.locator("canvas").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2 + 7, box["y"] + 25
    page.mouse.move(x, y)
    page.mouse.down()
    before = clock.seconds()
    handle = page.evaluate_handle(f"() => ({{ done: ({FRAMES})() }})")
    for step in range(90):
        page.mouse.move(x + step % 45, y + step % 30)
        page.wait_for_timeout(12)
    fps = float(handle.evaluate("(held) => held.done"))
    spent = clock.seconds() - before
    page.mouse.up()
    return 1000 * spent / (fps * 1.5), fps


def ours(browser: Browser, path: Path, chosen: str) -> str:
    """Return the measures of our page as text."""
    page, requests = opened(browser, path)
    clock = Clock(page)
    until(page, "window.intlkg && window.intlkg.labels().length", 60)
    page.wait_for_timeout(400)
    view, longest = clock.seconds(), page.evaluate("window.longest")
    frame, fps = dragged(page, clock)
    before = clock.seconds()
    page.evaluate(CHOOSE, chosen)
    click = clock.seconds() - before
    page.context.close()
    return (
        f"view {view:.2f} CPU-s, longest {longest / 1000:.2f} s, frame {frame:.1f} ms,"
        f" {fps:.0f} fps, click {1000 * click:.0f} ms, {len(requests) - 1} requests"
    )


def theirs(browser: Browser, path: Path, limit: float) -> tuple[float, bool]:
    """Return the CPU seconds of plain pyvis until it stands still, and whether it did in time."""
    page, _ = opened(browser, path)
    clock = Clock(page)
    still = "typeof network !== 'undefined' && network.physics && network.physics.stabilized"
    done = until(page, still, limit)
    spent = clock.seconds()
    page.context.close()
    return spent, done


def main() -> None:
    """Print the measures of each network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plain", type=float, default=120, metavar="SECONDS")
    limit = parser.parse_args().plain
    here = workspace.find()
    base = Base(here, build.store(here))
    knowledge = questions.named(here, "knowledge", "views")
    made = {"knowledge view": network.project(base, knowledge)}
    made |= {f"{n:,}/{e:,}": networks.large(n, e) for n, e in SIZES}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for name, graph in made.items():
            start = time.process_time()
            html = (
                pages.drawing(base, graph, knowledge)
                if name == "knowledge view"
                else pages.page(graph, pages.About(name, "made up"))
            )
            spent = time.process_time() - start
            path = Path(folder) / "page.html"
            path.write_text(html, encoding="utf-8")
            chosen = next(
                "/".join(i.rsplit("/", 2)[-2:]) for i in graph if "/concept/" in i or "/theme/" in i
            )
            print(
                f"{name}: written in {spent:.2f} CPU-s, {len(html.encode()) / 1e6:.2f} MB", end="; "
            )
            print(ours(browser, path, chosen), flush=True)
            if len(graph) <= PLAIN:
                path.write_text(pyvis_page(graph), encoding="utf-8")
                cpu, done = theirs(browser, path, limit)
                print(f"  plain pyvis: {'' if done else 'more than '}{cpu:.2f} CPU-s", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
