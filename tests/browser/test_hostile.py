"""Words that mean harm, in every place where a user's words come in, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from intlkg import build, pages
from intlkg.base import Base
from intlkg.workspace import Workspace

pytestmark = pytest.mark.browser

EVIL = [
    "<script>window.harmed=1</script>",
    "<img src=x onerror=window.harmed=1>",
    "'><svg/onload=window.harmed=1>",
    "javascript:window.harmed=1",
    "</title><script>window.harmed=1</script>",
    "</style><script>window.harmed=1</script>",
    "<a href=javascript:window.harmed=1>href</a>",
    "<!--<script>window.harmed=1//-->",
    "<iframe srcdoc='<script>parent.harmed=1</script>'>",
    "<math><mtext><img src=x onerror=window.harmed=1></mtext></math>",
    "{{constructor.constructor('window.harmed=1')()}}",
    "&lt;script&gt;window.harmed=1&lt;/script&gt;",
]


@pytest.fixture
def hostile_site(own_toy: Workspace) -> Path:
    """The pages of a workspace whose every word tries to run a script."""
    root = own_toy.root
    entries = [
        f"@article{{k{n}, title={{{evil} visibility}}, author={{{evil}, A}}, journal={{{evil}}}, "
        f"year={{20{n:02}}}, note={{{evil}}}, keywords={{{evil}}}, url={{{evil}}}, "
        f"intlkg-theme={{supports: visibility}}}}"
        for n, evil in enumerate(EVIL)
    ]
    name = "<img src=x onerror=window.harmed=1>.bib"
    (root / "bib" / name).write_text("\n".join(entries), encoding="utf-8")
    concepts = root / "ontology" / "concepts" / "toy.ttl"
    text = concepts.read_text(encoding="utf-8")
    assert '"being seen"@en' in text
    concepts.write_text(text.replace('"being seen"@en', f'"{EVIL[1]}"@en'), encoding="utf-8")
    settings = root / "intlkg.toml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    titled = [f'title = "{EVIL[4]}"' if line.startswith("title") else line for line in lines]
    settings.write_text("\n".join(titled) + "\n", encoding="utf-8")
    from intlkg import workspace

    here = workspace.read(root)
    folder = root / "site"
    pages.write_site(Base(here, build.store(here)), folder)
    return folder


def test_no_script_of_a_user_runs_on_any_page(chromium: Browser, hostile_site: Path) -> None:
    context = chromium.new_context(offline=True)
    context.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    seen = 0
    for path in sorted(hostile_site.rglob("*.html")):
        page.goto(path.as_uri())
        if page.locator("#map").count():
            page.wait_for_timeout(300)
            page.click("#table-toggle")
            for button in page.locator("#table-view td:first-child button").all()[:15]:
                button.click()
        assert page.evaluate("window.harmed") is None, path
        assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0, path
        seen += 1
    assert seen > 25
    assert not [url for url in requests if not url.startswith("file://")]
    context.close()


def test_hostile_words_are_still_there_to_be_read(chromium: Browser, hostile_site: Path) -> None:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto((hostile_site / "work" / "index.html").as_uri())
    words = page.locator("body").inner_text()
    assert "<img src=x onerror=window.harmed=1>" in words
    context.close()
