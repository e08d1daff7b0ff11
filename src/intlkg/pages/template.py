"""Templates of the pages, and the policy under which a browser runs them."""

import base64
import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from intlkg.pages import kinds
from intlkg.workspace import Workspace

if TYPE_CHECKING:
    import jinja2

_FOLDER: Final = Path(__file__).parent / "templates"


def environment() -> "jinja2.Environment":
    """Return an environment whose templates escape all that they are given."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, keep_trailing_newline=True
    )


@functools.cache
def compiled(name: str) -> "jinja2.Template":
    """Return a template, read once."""
    return environment().get_template(name)


@functools.cache
def source(name: str) -> str:
    """Return the text of a script, style or drawing that a template takes in as it is."""
    return (_FOLDER / name).read_text(encoding="utf-8")


def page(
    workspace: Workspace,
    heading: str,
    *,
    groups: Iterable[Mapping[str, Any]],
    up: str = "",
    intro: str = "",
    diagram: str = "",
    explore: str = "",
) -> str:
    """Return a page without scripts.

    Args:
        workspace: whose title the page has.
        heading: of the page.
        groups: parts, each with `heading`, and `sentences`, `links`, `entries`, `evidence` (as
            `words.items` makes it), or `head` and `rows`; a cell is text, or has `label` and `href`
            and may have `data`.
        up: what leads from the page to the folder of the site.
        intro: a first line.
        diagram: SVG of ours.
        explore: address in an explorer of what the page is about.
    """
    style = source("reference.css") + kinds.style(by_button=False)
    return compiled("reference.html").render(
        title=workspace.title,
        heading=heading,
        groups=list(groups),
        up=up,
        intro=intro,
        diagram=diagram,
        explore=explore,
        style=style,
        policy=policy(styles=[style]),
    )


def policy(*, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """Return a Content-Security-Policy that admits these inline texts and nothing else."""
    admitted = [
        f"{kind} {' '.join(map(_hash, texts))}"
        for kind, texts in (("script-src", list(scripts)), ("style-src", list(styles)))
        if texts
    ]
    fixed = ["img-src data:", "base-uri 'none'", "form-action 'none'"]
    return "; ".join(["default-src 'none'", *admitted, *fixed])


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest())
    return f"'sha256-{digest.decode('ascii')}'"
